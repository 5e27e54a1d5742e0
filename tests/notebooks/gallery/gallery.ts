/**
 * Photographs what people look at: executes `gallery.ipynb` in a real Deno kernel, and takes a picture of the output
 * of every cell as JupyterLab shows it, light and dark, in a wide window and in a narrow one.
 *
 * ```sh
 * deno run -A --import-map tests/import_map.npm.json tests/notebooks/gallery/gallery.ts --out pictures
 * deno run -A --import-map tests/import_map.npm.json tests/notebooks/gallery/gallery.ts --out pictures --only middle
 * ```
 *
 * Writes `1280-light-middle.png` and the like, and the executed notebook to open in JupyterLab: there it is untrusted,
 * as one that came by mail is. The program is `chromium`, or what `CHROMIUM` names.
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openPage } from "../chromium.ts";
import { executeNotebook, type Jupyter, openJupyter } from "../jupyter.ts";
import { formatNotebook, type Notebook } from "../notebook.ts";
import { outputBox, SCHEMES, toHtml } from "../picture.ts";

const NOTEBOOK = join(import.meta.dirname ?? ".", "gallery.ipynb");
const WIDTHS = [1280, 900];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: "string", default: "pictures" }, only: { type: "string" } },
  });
  const program = Deno.env.get("CHROMIUM") ?? "chromium";
  if (!await isThere(program)) {
    return console.log(
      `Skipped: there is no ${program} to photograph with; CHROMIUM names another`,
    );
  }
  await Deno.mkdir(values.out, { recursive: true });
  const directory = await Deno.makeTempDir({ prefix: "gallery-" });
  try {
    const jupyter = await openJupyter(directory, { env: Deno.env.toObject(), cellTimeout: 60 });
    const execution = await executeNotebook(NOTEBOOK, jupyter);
    if (!execution.ok) throw new Error(`Cannot execute the gallery: ${execution.failure.message}`);
    const { notebook } = execution;
    const path = join(values.out, "gallery.ipynb");
    await Deno.writeTextFile(path, formatNotebook(notebook));
    await photograph(path, notebook, { jupyter, program, out: values.out, only: values.only });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

interface Studio {
  readonly jupyter: Jupyter;
  readonly program: string;
  readonly out: string;
  /** The one cell to photograph, if not all. */
  readonly only: string | undefined;
}

async function photograph(path: string, { cells }: Notebook, studio: Studio): Promise<void> {
  const { jupyter, program, out, only } = studio;
  const shown = cells.flatMap(({ id = "", outputs = [] }, position) =>
    outputs.some(({ output_type, data }) =>
        output_type === "error" || Object.keys(data ?? {}).length > 0
      ) && (only === undefined || id === only)
      ? [{ id, position }]
      : []
  );
  if (shown.length === 0) throw new Error(`Cannot find a cell ${only ?? ""} that shows something`);
  for (const scheme of SCHEMES) {
    const url = await toHtml(path, jupyter, scheme);
    for (const width of WIDTHS) {
      const directory = join(jupyter.directory, `${scheme}-${width}`);
      await using page = await openPage(url, { directory, scheme, width, program });
      for (const { id, position } of shown) {
        const file = join(out, `${width}-${scheme}-${id}.png`);
        await Deno.writeFile(file, await page.photograph(await outputBox(page, position)));
        console.log(file);
      }
    }
  }
}

async function isThere(program: string): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, { args: ["--version"] }).output();
    return success;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
