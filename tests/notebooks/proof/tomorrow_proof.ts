// The notebook "tomorrow", its kernel killed in the middle of the batch, and run again from the top: everything once.
import { join, resolve } from "node:path";
import { openLedger } from "../../../src/ledger/mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { executeNotebook, openJupyter } from "../jupyter.ts";
import {
  type Cell,
  codeCells,
  formatNotebook,
  joinText,
  type Notebook,
  outputText,
  parseNotebook,
} from "../notebook.ts";
import { notebookConfig } from "../typecheck.ts";

const ROOT = resolve(import.meta.dirname ?? ".", "../../..");
const NOTEBOOK = join(ROOT, "examples", "tomorrow.ipynb");

/** How many requests the notebook's batch has, and how many of its jobs fail at first. */
const REQUESTS = 12, FAILED = 3;

/** The cell whose kernel is killed, and what it has shown by then. */
const BATCH = "batch", SHOWN = `of ${REQUESTS} jobs made`;

/** What was there after the notebook was run, killed and run again. */
export interface Tomorrow {
  /** The executed notebook: its first run until it was killed, and its second one from the top. */
  readonly notebook: Notebook;
  /** The titles of all jobs that the platform has made in the end. */
  readonly jobs: readonly string[];
  /** The numbers in the ledger. */
  readonly ids: readonly (number | undefined)[];
}

/**
 * A notebook that loses its kernel in its batch and is then run again from the top. Nobody sits there who could be asked,
 * so that its cells ask nobody.
 */
export function runTwice({ cells, ...notebook }: Notebook): Notebook {
  const asked = cells.map((cell): Cell => ({
    ...cell,
    source: joinText(cell.source).replaceAll("sandbox && {", "{")
      .replaceAll("sandbox ? { interval", "true ? { interval"),
  }));
  const batch = asked.findIndex(({ id }) => id === BATCH);
  if (batch < 0) throw new Error(`Cannot find the cell "${BATCH}"`);
  const first = asked.slice(0, batch + 1).map((cell, index): Cell => ({
    ...cell,
    id: `first-${cell.id}`,
    metadata: index === batch
      ? { ...cell.metadata, restart_when: SHOWN, restart_after: 0.25 }
      : cell.metadata,
  }));
  return { ...notebook, cells: [...first, ...asked] };
}

/** Runs the notebook against a service that outlives its kernels. */
export async function proveTomorrow(
  directory: string,
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly cellTimeout: number;
    readonly signal?: AbortSignal;
  },
): Promise<Tomorrow> {
  const { env, cellTimeout, signal } = options;
  await using sandbox = startSandbox({
    lenient: true,
    pace: { created: 0, queued: 0, running: 300 },
    outcome: ({ id }) => id % 4 === 0 && id <= REQUESTS ? "failed" : "finished",
  });
  // The kernel is killed while an answer is on its way: what never arrived would be waited for for minutes.
  sandbox.faults.set("unitJobs.create", { latency: 500 });
  const folder = await Deno.makeTempDir({ dir: directory, prefix: "tomorrow-" });
  const path = join(folder, "tomorrow.ipynb");
  const twice = runTwice(parseNotebook(await Deno.readTextFile(NOTEBOOK)));
  await Deno.writeTextFile(path, formatNotebook(twice));
  const config = await notebookConfig(join(ROOT, "deno.json"));
  await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
  const jupyter = await openJupyter(await Deno.makeTempDir({ dir: directory }), {
    env: { ...env, APEX_DISPATCH_URL: sandbox.url, APEX_DISPATCH_TOKEN: sandbox.token },
    cellTimeout,
  });
  const execution = await executeNotebook(path, jupyter, signal);
  if (!execution.ok) {
    const { cell, message } = execution.failure;
    throw new Error(`Cannot run the notebook twice, cell ${cell}: ${message}`);
  }
  const { entries } = await openLedger(join(folder, "fields.jsonl"));
  return {
    notebook: execution.notebook,
    jobs: sandbox.platformJobs.map(({ title }) => title ?? ""),
    ids: entries.map(({ id }) => id),
  };
}

/** One sentence for each way in which the notebook did not make everything once. */
export function notOnce({ notebook, jobs, ids }: Tomorrow): string[] {
  const textOf = (id: string) =>
    codeCells(notebook).filter(({ cell }) => cell.id === id)
      .flatMap(({ cell }) => cell.outputs ?? [])
      .map((output) => outputText(output, "text/plain") ?? "").join("\n");
  const cutOff = /(\d+) of 12 jobs made/.exec(textOf(`first-${BATCH}`))?.[1];
  const all = REQUESTS + FAILED;
  const titles = new Map<string, number>();
  for (const title of jobs) {
    const plain = title.replace(/ \[#\w+\]$/, "");
    titles.set(plain, (titles.get(plain) ?? 0) + 1);
  }
  const again = [...titles.values()].filter((amount) => amount === 2).length;
  return [
    ...(cutOff !== undefined && Number(cutOff) < REQUESTS
      ? []
      : ["The kernel was not killed in the middle of the batch"]),
    ...(/Already there +\d+ jobs?, not sent again|Answer lost +1 job/.test(textOf(BATCH))
      ? []
      : ["The second run does not say what was there already"]),
    ...(jobs.length === all && titles.size === REQUESTS && again === FAILED
      ? []
      : [`Expected ${all} jobs, ${FAILED} of them made again, found ${jobs.length}: ${jobs}`]),
    ...(new Set(ids).size === all && ids.every((id) => id !== undefined)
      ? []
      : [`Expected ${all} numbers in the ledger, each once, found ${ids}`]),
  ];
}
