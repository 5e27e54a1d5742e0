/**
 * Executes the example notebooks in a real Deno kernel and looks at what they show; then a notebook of our own that
 * shows what following work does to a kernel, and one whose kernel is killed in the middle of a batch.
 *
 * ```sh
 * deno task notebooks                        # all of examples/, and the proof
 * deno task notebooks examples/first_job.ipynb
 * deno task notebooks --out executed         # and keeps the executed notebooks in this folder
 * deno task notebooks --write                # and puts the outputs into the notebooks themselves
 * deno task notebooks --live                 # against APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN
 * ```
 *
 * @module
 */
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { forbiddenTexts, staleCells } from "./outputs/committed.ts";
import { expectedOutputs, missingOutputs } from "./outputs/expectations.ts";
import { executeNotebook, type Execution, type Jupyter, openJupyter } from "./jupyter.ts";
import { unproven } from "./proof/kernel_proof.ts";
import { notOnce, proveTomorrow } from "./proof/tomorrow_proof.ts";
import {
  codeCells,
  formatNotebook,
  type Notebook,
  parseNotebook,
  withOutputs,
} from "./notebook.ts";
import { checkTypes } from "./typecheck.ts";

const ROOT = resolve(import.meta.dirname ?? ".", "../..");
const PROOF = join(import.meta.dirname ?? ".", "proof", "kernel_proof.ipynb");
const SERVICE_VARIABLES = ["APEX_DISPATCH_URL", "APEX_DISPATCH_TOKEN"] as const;

interface Options {
  readonly write: boolean;
  readonly live: boolean;
  readonly out: string | undefined;
  readonly signal: AbortSignal;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      write: { type: "boolean", default: false },
      live: { type: "boolean", default: false },
      timeout: { type: "string", default: "60" },
      out: { type: "string" },
    },
  });
  const { write, live, out } = values;
  const cellTimeout = Number(values.timeout);
  if (!Number.isInteger(cellTimeout) || cellTimeout <= 0) {
    throw new Error(
      `Cannot wait ${values.timeout} seconds for a cell: give a whole number above 0`,
    );
  }
  if (write && live) {
    throw new Error(
      "Cannot write what a live service answered into the examples: leave out --live",
    );
  }

  const examples = positionals.length > 0 ? positionals : await exampleNotebooks();
  if (examples.length === 0) throw new Error("Cannot find a notebook in examples/");
  // The proof needs a service that it can shake.
  const paths = positionals.length > 0 || live
    ? examples
    : [...examples, relative(Deno.cwd(), PROOF)];

  if (out !== undefined) await Deno.mkdir(out, { recursive: true });
  const directory = await Deno.makeTempDir({ prefix: "notebooks-" });
  // Long enough for every cell of a long notebook, and an end for a Jupyter that hangs.
  const signal = AbortSignal.timeout(paths.length * 10 * cellTimeout * 1000);
  const problems: string[] = [];
  try {
    const jupyter = await openJupyter(directory, { env: environment(live), cellTimeout });
    for (const path of paths) {
      const found = await examine(path, jupyter, { write, live, out, signal });
      problems.push(...found.map((problem) => `${path}: ${problem}`));
    }
    if (paths.length > examples.length) {
      problems.push(...await examineTomorrow(directory, { out, cellTimeout, signal }));
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }

  for (const problem of problems) console.error(`\n${problem}`);
  console.log(
    `\n${problems.length === 0 ? "ok" : "FAILED"} | ${paths.length} notebook${
      paths.length === 1 ? "" : "s"
    } | ${problems.length} problem${problems.length === 1 ? "" : "s"}`,
  );
  return problems.length === 0 ? 0 : 1;
}

/** Runs "tomorrow", kills its kernel, runs it again, and answers what was not made exactly once. */
async function examineTomorrow(
  directory: string,
  { out, cellTimeout, signal }: {
    readonly out: string | undefined;
    readonly cellTimeout: number;
    readonly signal: AbortSignal;
  },
): Promise<string[]> {
  const name = "tomorrow.ipynb, its kernel killed, run again";
  const run = await proveTomorrow(directory, { env: environment(false), cellTimeout, signal });
  if (out !== undefined) {
    await Deno.writeTextFile(join(out, "tomorrow_twice.ipynb"), formatNotebook(run.notebook));
  }
  const problems = notOnce(run);
  console.log(`${name} ... ${problems.length === 0 ? "ok" : "FAILED"}`);
  return problems.map((problem) => `${name}: ${problem}`);
}

/** Executes one notebook and answers what is wrong with it. */
async function examine(path: string, jupyter: Jupyter, options: Options): Promise<string[]> {
  const started = performance.now();
  const committed = parseNotebook(await Deno.readTextFile(path));
  const problems = await judge(path, committed, jupyter, options);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const count = codeCells(committed).length;
  console.log(
    `${path} (${count} code cells) ... ${problems.length === 0 ? "ok" : "FAILED"} (${seconds}s)`,
  );
  return problems;
}

async function judge(
  path: string,
  committed: Notebook,
  jupyter: Jupyter,
  { write, live, out, signal }: Options,
): Promise<string[]> {
  const name = basename(path);
  const types = await checkTypes(committed, {
    config: join(ROOT, "deno.json"),
    directory: jupyter.directory,
  });
  if (types !== undefined) return [`the type check fails\n${types}`];

  const execution = await executeNotebook(path, jupyter, signal);
  if (!execution.ok) return [failed(execution)];

  const executed = withOutputs(committed, execution.notebook);
  if (out !== undefined) await Deno.writeTextFile(join(out, name), formatNotebook(executed));
  if (resolve(path) === PROOF) return unproven(execution.notebook);
  const problems = [
    ...missingOutputs(executed, expectedOutputs(name)),
    ...forbiddenTexts(executed, privateTexts()),
  ];
  if (live || problems.length > 0) return problems;

  if (write) {
    await Deno.writeTextFile(path, formatNotebook(executed));
    return [];
  }
  const stale = [
    ...staleCells(committed, executed),
    ...missingOutputs(committed, expectedOutputs(name)),
    ...forbiddenTexts(committed, privateTexts()),
  ];
  return stale.map((problem) =>
    `${problem} (as committed; renew with deno task notebooks --write)`
  );
}

function failed({ failure: { cell, message } }: Extract<Execution, { ok: false }>): string {
  return `${cell === undefined ? "execution" : `cell [${cell}]`} failed\n${message}`;
}

async function exampleNotebooks(): Promise<string[]> {
  const folder = join(ROOT, "examples");
  const paths: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && name.endsWith(".ipynb")) paths.push(relative(Deno.cwd(), join(folder, name)));
  }
  return paths.sort();
}

/** The environment without the service's variables, so that the notebooks run on the sandbox. */
function environment(live: boolean): Record<string, string> {
  const env = Deno.env.toObject();
  for (const name of SERVICE_VARIABLES) {
    if (live && !env[name]) throw new Error(`Cannot run live: set ${name}`);
    if (!live) delete env[name];
  }
  return env;
}

/** What may stand in no output, and how to name it without showing it. */
function privateTexts(): Map<string, string> {
  const texts = new Map([[`${ROOT}/`, "a path of this machine"]]);
  const token = Deno.env.get("APEX_DISPATCH_TOKEN");
  if (token) texts.set(token, "the token");
  return texts;
}

if (import.meta.main) {
  try {
    Deno.exit(await main());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
