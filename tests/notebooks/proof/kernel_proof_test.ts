import { assertEquals, assertMatch } from "@std/assert";
import { test } from "../../support/test.ts";
import { unproven } from "./kernel_proof.ts";
import { type Notebook, type Output, parseNotebook } from "../notebook.ts";

const proof = parseNotebook(
  await Deno.readTextFile(new URL("kernel_proof.ipynb", import.meta.url)),
);

const shown = (text: string): Output => ({
  output_type: "display_data",
  data: { "text/plain": text },
});

const FOLLOWED = shown(
  "Task 1  ✓ finished  Polders\n████  12 of 12 jobs finished · took 3 s\n\n" +
    "12 tiles: 12 finished; 3.2°E to 3.8°E, 50.9°N to 51.2°N\n\n" +
    "vegetation_index on openeo.example.test · last asked 2026-11-23 21:08:45 UTC",
);

const GOOD: Readonly<Record<string, readonly Output[]>> = {
  "one": [FOLLOWED],
  "bare": [FOLLOWED, { output_type: "execute_result", data: {} }],
  "typed": [FOLLOWED],
  "job": [shown("Job 13  ✓ finished  Fields\ntook 1 s\n\n1 job: 1 finished; 4°E to 4.1°E")],
  "unawaited": [shown("Job 13  ✓ finished  Fields\nService  x")],
  "unawaited-failure": [shown("! Cannot get unit job 999999: JOB_NOT_FOUND\n  What to do: look")],
  "filtered": [shown("1 job\nJob\n 13  ✓ finished  Fields  x")],
  "completed": [shown([
    "client. unitJobs upscaleTasks jobsStatus tiles health statistics constructor tokenExpiry with __defineGetter__",
    "client.unitJobs. list create createSync get results delete watch wait parameters check constructor __defineGetter__",
    "client.upscaleTasks. list create watch wait get constructor __defineGetter__",
    "last. value via at done expectedJobs constructor __defineGetter__",
  ].join("\n"))],
  "two": [FOLLOWED, FOLLOWED],
  "interrupted": [shown(
    "Task 4  Polders\n██▓▓  4 of 12 jobs finished · 8 running · 1 s\n\n" +
      "! Stopped watching at 2026-11-23 21:08:45 UTC: task 4 is still running\n" +
      "  Take it up again with await follow(client.upscaleTasks.watch(4, { expectedJobs: 12 }))\n" +
      "  Run all goes on with the next cell.\n\nas of 2026-11-23 21:08:45 UTC",
  )],
  "kept": [shown('"set before the interrupt, false, 12"')],
  "again": [FOLLOWED],
  "rejections": [shown("3")],
  "timers": [shown("true")],
  "lost": [FOLLOWED],
  "on-time": [shown('"2, true"')],
  "error": [
    shown("Task 999\n\n! Cannot get upscaling task 999: TASK_NOT_FOUND\n  What to do: look"),
    shown('"NotFoundError"'),
  ],
  "thrown": [{
    output_type: "error",
    traceback: [
      "",
      "NotFoundError: Cannot get unit job 999: gone",
      "  What to do: look",
      "  Request id: 5",
      "    at async <anonymous>:1:22",
    ],
  }],
  "after": [shown('"the next cell runs"')],
  "stopped-download": [
    shown("0 of 1 file · 1.2 MB of 4.0 MB · stopped: the same call goes on where it was"),
    {
      output_type: "error",
      traceback: ["AbortError: Stopped downloading\n    at <anonymous>:1:28"],
    },
  ],
  "part": [shown('"big.tif.part big.tif.part.json, true"')],
  "resumed-download": [shown("1 of 1 file · 4.0 MB")],
  "brought": [shown('"big.tif collection.json, 2, true, true, length, true"')],
  "unhandled": [
    shown(
      '"Cannot get unit job 999999: x; Cannot get unit job 999: x; a moment later; at once; meanwhile"',
    ),
  ],
  "ends": [shown('"true true true true true"')],
  "cut-off": [shown(
    "Task 6  Polders\n▓▓▓▓  0 of 12 jobs finished · 12 running · 2 s\n\nas of 2026-11-23 21:08:45 UTC",
  )],
  "restarted": [shown('"a new kernel knows nothing"')],
};

/** The proof as executed, with these outputs. */
function executed(outputs: Readonly<Record<string, readonly Output[]>>): Notebook {
  const cells = proof.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [...outputs[cell.id ?? ""] ?? []] } : cell
  );
  return { ...proof, cells };
}

test("unproven() is content with a notebook that shows what it has to", () => {
  assertEquals(unproven(executed(GOOD)), []);
});

test("unproven() wants every cell to be there, and every output", () => {
  assertEquals(
    unproven({ ...proof, cells: [] }),
    Object.keys(GOOD).map((id) => `The cell "${id}" is missing`),
  );
  assertEquals(unproven(executed({})).length, Object.keys(GOOD).length);
});

test("unproven() counts outputs, streams included", () => {
  const stray: Output = { output_type: "stream", name: "stdout", text: "from a watcher\n" };
  for (const id of ["one", "setup", "interrupted"]) {
    const [problem = "", ...more] = unproven(
      executed({ ...GOOD, [id]: [...GOOD[id] ?? [], stray] }),
    );
    assertMatch(problem, new RegExp(`^The cell "${id}" must leave \\d outputs, and left \\d`));
    assertEquals(more, []);
  }
});

/** What the kernel reports of a value that has nothing to show. */
function isEmpty({ data }: Output): boolean {
  return data !== undefined && Object.keys(data).length === 0;
}

test("unproven() wants an error to be shown with one line of the stack", () => {
  const [thrown] = GOOD.thrown ?? [];
  const traceback = [...thrown?.traceback ?? [], "    at send (src/http/send.ts:5:1)"];
  const problems = unproven(executed({ ...GOOD, "thrown": [{ output_type: "error", traceback }] }));
  assertEquals(problems.length, 1);
});

test("unproven() reads every output", () => {
  for (const [id, outputs] of Object.entries(GOOD)) {
    const wrong = outputs.map((output) => isEmpty(output) ? output : shown("wrong"));
    const [problem = ""] = unproven(executed({ ...GOOD, [id]: wrong }));
    assertMatch(problem, new RegExp(`^The cell "${id}" must show .*, and shows\nwrong$`));
  }
});
