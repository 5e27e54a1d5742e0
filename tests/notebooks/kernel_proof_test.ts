import { assertEquals, assertMatch } from "@std/assert";
import { test } from "../support/test.ts";
import { unproven } from "./kernel_proof.ts";
import { type Notebook, type Output, parseNotebook } from "./notebook.ts";

const proof = parseNotebook(
  await Deno.readTextFile(new URL("kernel_proof.ipynb", import.meta.url)),
);

const shown = (text: string): Output => ({
  output_type: "display_data",
  data: { "text/plain": text },
});

const FOLLOWED = shown(
  "Upscaling task 1  ✓ finished  Polders\nProgress  12 of 12 tiles finished\n\n" +
    "12 tiles: 12 finished; 3.2°E to 3.8°E, 50.9°N to 51.2°N\n\n" +
    "last checked 2026-11-23 21:08:45 UTC, by WebSocket",
);

const GOOD: Readonly<Record<string, readonly Output[]>> = {
  "one": [FOLLOWED],
  "bare": [FOLLOWED, { output_type: "execute_result", data: {} }],
  "two": [FOLLOWED, FOLLOWED],
  "interrupted": [shown(
    "Upscaling task 4  ◐ running  Polders\n\n! Stopped watching; task 4 is still running\n" +
      "  Take it up again with await follow(client.upscaleTasks.watch(4, { expectedJobs: 12 }))",
  )],
  "kept": [shown('"set before the interrupt, false, 12"')],
  "again": [FOLLOWED],
  "rejections": [shown("3")],
  "timers": [shown("true")],
  "lost": [FOLLOWED],
  "on-time": [shown('"3, true"')],
  "error": [
    shown("! Cannot watch upscaling task 999: TASK_NOT_FOUND\n  What to do: look"),
    shown('"NotFoundError"'),
  ],
  "unhandled": [
    shown(
      '"Cannot get unit job 999: x; Cannot watch upscaling task 999: y; a moment later; at once; meanwhile"',
    ),
  ],
  "ends": [shown('"true true true true true"')],
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

test("unproven() reads every output", () => {
  for (const [id, outputs] of Object.entries(GOOD)) {
    const wrong = outputs.map((output) =>
      output.output_type === "display_data" ? shown("wrong") : output
    );
    const [problem = ""] = unproven(executed({ ...GOOD, [id]: wrong }));
    assertMatch(problem, new RegExp(`^The cell "${id}" must show .*, and shows\nwrong$`));
  }
});
