import { dirname, join, posix, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod/mini";
import { codeCells, type Notebook } from "./notebook.ts";

const configSchema = z.looseObject({
  name: z.string(),
  exports: z.record(z.string(), z.string()),
  imports: z.record(z.string(), z.string()),
  compilerOptions: z.record(z.string(), z.unknown()),
});

/** Options of {@linkcode checkTypes}. */
export interface CheckTypesOptions {
  /** The package's deno.json. */
  readonly config: string;
  /** A folder to write in. */
  readonly directory: string;
}

/**
 * Type checks a notebook as one module, cell after cell: the kernel runs cells unchecked. Answers
 * what the compiler says, `undefined` where it has nothing to say.
 */
export async function checkTypes(
  notebook: Notebook,
  { config, directory }: CheckTypesOptions,
): Promise<string | undefined> {
  const folder = await Deno.makeTempDir({ dir: directory, prefix: "types-" });
  const module = join(folder, "notebook.ts");
  const { text, locate } = joinCells(notebook);
  await Deno.writeTextFile(module, text);
  const copy = join(folder, "deno.json");
  await Deno.writeTextFile(copy, JSON.stringify(await notebookConfig(config)));
  // The lock file's versions, without a change to the lock file.
  await Deno.copyFile(join(dirname(config), "deno.lock"), join(folder, "deno.lock"));

  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--config", copy, module],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return undefined;

  const url = pathToFileURL(await Deno.realPath(module)).href;
  return new TextDecoder().decode(stderr)
    .replace(/\n+Stack backtrace:[^]*$/, "")
    .split(`${url}:`)
    .map((part, index) => index === 0 ? part : part.replace(/^\d+/, (line) => locate(+line)))
    .join("")
    .trim();
}

/** The cells as one module, and what a line of it is called in the notebook. */
export function joinCells(
  notebook: Notebook,
): { text: string; locate: (line: number) => string } {
  const names: string[] = [];
  const cells = codeCells(notebook).map(({ number, source }) => {
    const lines = source.trimEnd().split("\n");
    names.push(...lines.map((_, index) => `cell [${number}], line ${index + 1}`));
    return lines.join("\n");
  });
  return { text: cells.join("\n") + "\n", locate: (line) => names[line - 1] ?? `line ${line}` };
}

/** The package's settings for a module outside of it, which knows the package by its name. */
export async function notebookConfig(path: string): Promise<unknown> {
  const { name, exports, imports, compilerOptions } = configSchema.parse(
    JSON.parse(await Deno.readTextFile(path)),
  );
  const entrypoints = Object.entries(exports).map(([key, file]) => [
    posix.join(name, key),
    pathToFileURL(resolve(dirname(path), file)).href,
  ]);
  return { imports: { ...imports, ...Object.fromEntries(entrypoints) }, compilerOptions };
}
