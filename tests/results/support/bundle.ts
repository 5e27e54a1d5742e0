import { jupyterDisplay } from "../../../src/display/render/displayable.ts";

/** What a kernel shows of a value. */
export function bundleOf(value: object): Readonly<Record<string, string>> {
  const show: unknown = Reflect.get(value, jupyterDisplay);
  return typeof show === "function" ? show.call(value) : {};
}
