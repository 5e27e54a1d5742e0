import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import * as z from "zod/mini";
import { type Notebook, parseNotebook } from "./notebook.ts";

/** What to tell someone who has no Jupyter. */
export const INSTALL_JUPYTER =
  "install it with `apt-get install jupyter-nbconvert python3-nbclient` on Debian or Ubuntu, or with " +
  "`pip install nbconvert nbclient` elsewhere";

/** A Jupyter that knows one kernel, the Deno that runs this, and nothing of the user's own set-up. */
export interface Jupyter {
  /** Where everything that it writes goes. */
  readonly directory: string;
  /** The environment of its processes. */
  readonly env: Readonly<Record<string, string>>;
}

const failureSchema = z.object({ cell: z.int(), message: z.string() });

/** Why Jupyter could not execute a notebook. */
export interface Failure {
  /** The number of the code cell at fault, where a cell was at fault. */
  readonly cell?: number;
  /** What happened, in the error's own words. */
  readonly message: string;
}

/** What an execution came to. */
export type Execution =
  | { readonly ok: true; readonly notebook: Notebook }
  | { readonly ok: false; readonly failure: Failure };

/** Options of {@linkcode openJupyter}. */
export interface JupyterOptions {
  /** The environment of its processes, and so of the notebooks. */
  readonly env: Readonly<Record<string, string>>;
  /** How many seconds one cell may take. */
  readonly cellTimeout: number;
}

/**
 * Sets up Jupyter in `directory`. The kernelspec is what `deno jupyter --install` writes, at a place
 * of its own: that command knows no other place than the user's, and would overwrite or lack theirs.
 */
export async function openJupyter(
  directory: string,
  { env, cellTimeout }: JupyterOptions,
): Promise<Jupyter> {
  const paths = {
    JUPYTER_PATH: join(directory, "share"),
    JUPYTER_DATA_DIR: join(directory, "data"),
    JUPYTER_CONFIG_DIR: join(directory, "config"),
    JUPYTER_RUNTIME_DIR: join(directory, "runtime"),
    TMPDIR: join(directory, "tmp"),
  };
  const kernel = join(paths.JUPYTER_PATH, "kernels", "deno");
  for (const path of [kernel, ...Object.values(paths)]) await Deno.mkdir(path, { recursive: true });
  await writeJson(join(kernel, "kernel.json"), {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  });
  await writeJson(join(paths.JUPYTER_CONFIG_DIR, "jupyter_nbconvert_config.json"), {
    NotebookExporter: { preprocessors: ["patient_execution.PatientExecution"] },
    PatientExecution: { kernel_name: "deno", record_timing: false, timeout: cellTimeout },
  });
  const jupyter: Jupyter = {
    directory,
    env: {
      ...env,
      ...paths,
      PYTHONPATH: import.meta.dirname ?? ".",
      PYTHONDONTWRITEBYTECODE: "1",
      // Colours in plain text are noise in a file.
      NO_COLOR: "1",
    },
  };
  const { success, stderr } = await nbconvert(["--version"], jupyter);
  if (!success) {
    throw new Error(`Cannot run jupyter nbconvert: ${stderr.trim()}; ${INSTALL_JUPYTER}`);
  }
  return jupyter;
}

/** Executes a notebook in its own folder, as someone who opens it there does. */
export async function executeNotebook(
  path: string,
  jupyter: Jupyter,
  signal?: AbortSignal,
): Promise<Execution> {
  const output = await Deno.makeTempDir({ dir: jupyter.directory, prefix: "executed-" });
  const { success, stderr } = await nbconvert(
    ["--to=notebook", `--output-dir=${output}`, "--output=notebook.ipynb", path],
    jupyter,
    signal,
  );
  if (!success) return { ok: false, failure: readFailure(stderr) };
  const json = await Deno.readTextFile(join(output, "notebook.ipynb"));
  return { ok: true, notebook: parseNotebook(json) };
}

/** Reads what an execution leaves on stderr when it fails: a line of JSON where a cell failed. */
export function readFailure(stderr: string): Failure {
  const lines = stripVTControlCharacters(stderr).trimEnd().split("\n");
  const told = lines.at(-1) ?? "";
  try {
    const { cell, message } = failureSchema.parse(JSON.parse(told));
    return { cell, message: stripVTControlCharacters(message) };
  } catch {
    return { message: lines.slice(-5).join("\n") };
  }
}

/** Runs `jupyter nbconvert`, and says what to install where there is none. */
export async function nbconvert(
  args: readonly string[],
  { env }: Jupyter,
  signal?: AbortSignal,
): Promise<{ success: boolean; stderr: string }> {
  const command = new Deno.Command("jupyter", {
    args: ["nbconvert", ...args],
    clearEnv: true,
    env: { ...env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    ...(signal && { signal }),
  });
  try {
    const { success, stderr } = await command.output();
    return { success, stderr: new TextDecoder().decode(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot find Jupyter: ${INSTALL_JUPYTER}`, { cause: error });
  }
}

function writeJson(path: string, value: unknown): Promise<void> {
  return Deno.writeTextFile(path, JSON.stringify(value));
}
