/**
 * Photographs an executed notebook as JupyterLab shows it, light and dark.
 *
 * ```sh
 * deno run -A tests/notebooks/picture.ts examples/first_job.ipynb --out pictures
 * deno run -A tests/notebooks/picture.ts examples/first_job.ipynb --out pictures --cell 3
 * ```
 *
 * Writes `light.png` and `dark.png` into the folder; with `--cell`, only what that cell shows.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as z from "zod/mini";
import { type Box, openPage, type Page } from "./chromium.ts";
import { type Jupyter, nbconvert, openJupyter } from "./jupyter.ts";
import { codeCells, parseNotebook } from "./notebook.ts";

/** The themes of JupyterLab and of the desktop. */
export const SCHEMES = ["light", "dark"] as const;
/** The space around a single cell's output, in CSS pixels. */
const MARGIN = 16;

const boxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string", default: "." },
      cell: { type: "string" },
      width: { type: "string", default: "1000" },
    },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new Error("Name one notebook");
  const width = Number(values.width);
  if (!Number.isInteger(width) || width < 100) {
    throw new Error(`Cannot make a window ${values.width} pixels wide`);
  }
  const cell = values.cell === undefined
    ? undefined
    : await cellPosition(path, Number(values.cell));

  await Deno.mkdir(values.out, { recursive: true });
  const directory = await Deno.makeTempDir({ prefix: "pictures-" });
  try {
    const jupyter = await openJupyter(directory, { env: Deno.env.toObject(), cellTimeout: 1 });
    for (const scheme of SCHEMES) {
      const url = await toHtml(path, jupyter, scheme);
      await using page = await openPage(url, {
        directory: join(directory, scheme),
        scheme,
        width,
      });
      const box = cell === undefined ? await wholePage(page) : await outputBox(page, cell);
      const file = join(values.out, `${scheme}.png`);
      await Deno.writeFile(file, await page.photograph(box));
      console.log(`${file} (${box.width * 2} × ${box.height * 2} pixels)`);
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** At which place among all cells the code cell with this number stands. */
async function cellPosition(path: string, number: number): Promise<number> {
  const notebook = parseNotebook(await Deno.readTextFile(path));
  const found = codeCells(notebook).find((cell) => cell.number === number);
  if (found === undefined) throw new Error(`Cannot find code cell [${number}] in ${path}`);
  return notebook.cells.indexOf(found.cell);
}

/** Turns a notebook into a page as JupyterLab shows it, and answers its address. */
export async function toHtml(
  path: string,
  jupyter: Jupyter,
  scheme: (typeof SCHEMES)[number],
): Promise<string> {
  const { success, stderr } = await nbconvert([
    "--to=html",
    "--template=lab",
    `--HTMLExporter.theme=${scheme}`,
    `--output-dir=${jupyter.directory}`,
    `--output=${scheme}.html`,
    path,
  ], jupyter);
  if (!success) throw new Error(`Cannot turn ${path} into HTML: ${stderr.trim()}`);
  return pathToFileURL(resolve(jupyter.directory, `${scheme}.html`)).href;
}

async function wholePage(page: Page): Promise<Box> {
  return boxSchema.parse(
    await page.evaluate(`({
      x: 0,
      y: 0,
      width: document.documentElement.clientWidth,
      height: Math.ceil(document.body.scrollHeight),
    })`),
  );
}

/** The box around what a cell shows, made as narrow as that is, with nothing else left to see. */
export async function outputBox(page: Page, position: number): Promise<Box> {
  const found = boxSchema.safeParse(
    await page.evaluate(`(() => {
      const cell = document.querySelectorAll(".jp-Cell")[${position}];
      const outputs = [...cell?.querySelectorAll(".jp-OutputArea-output") ?? []];
      if (outputs.length === 0) return null;
      document.body.style.visibility = "hidden";
      for (const output of outputs) {
        output.style.cssText =
          "visibility: visible; display: inline-block; width: auto; max-width: 100%; padding: 0";
      }
      const boxes = outputs.map((output) => output.getBoundingClientRect());
      const left = Math.min(...boxes.map((box) => box.left)) + scrollX - ${MARGIN};
      const top = Math.min(...boxes.map((box) => box.top)) + scrollY - ${MARGIN};
      return {
        x: Math.floor(left),
        y: Math.floor(top),
        width: Math.ceil(Math.max(...boxes.map((box) => box.right)) + scrollX + ${MARGIN} - left),
        height: Math.ceil(Math.max(...boxes.map((box) => box.bottom)) + scrollY + ${MARGIN} - top),
      };
    })()`),
  );
  if (!found.success) throw new Error("Cannot photograph the cell: it shows nothing");
  return found.data;
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
