import { type Displayable, jupyterDisplay } from "../render/displayable.ts";
import { kernelAtHand } from "./kernel.ts";

/** Shows something at once, before the cell or the script goes on. */
export async function showNow(value: Displayable): Promise<void> {
  const kernel = kernelAtHand();
  if (kernel === undefined) return console.log(String(value));
  await kernel.broadcast("display_data", {
    data: value[jupyterDisplay](),
    metadata: {},
    transient: {},
  });
}
