import { assertEquals, assertThrows } from "@std/assert";
import { test } from "../../support/test.ts";
import { codeCells, joinText, type Notebook, parseNotebook } from "../notebook.ts";
import { notOnce, runTwice, type Tomorrow } from "./tomorrow_proof.ts";

const committed = parseNotebook(
  await Deno.readTextFile(new URL("../../../examples/tomorrow.ipynb", import.meta.url)),
);

const shown = (text: string) => [{ output_type: "display_data", data: { "text/plain": text } }];
const cell = (id: string, text: string) => ({
  ...{ cell_type: "code", id, source: "x", metadata: {}, execution_count: 1 },
  outputs: shown(text),
});
const notebook: Notebook = {
  ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
  cells: [
    cell("first-batch", "3 of 12 jobs made · 3 created"),
    cell("batch", "9 jobs to send of 12\nAlready there  3 jobs, not sent again"),
  ],
};
const names = Array.from({ length: 12 }, (_, index) => `Field ${index + 1} [#k3f9qa2m]`);
const GOOD: Tomorrow = {
  notebook,
  jobs: [...names, "Field 4 [#k3f9qa2n]", "Field 8 [#k3f9qa2p]", "Field 12 [#k3f9qa2q]"],
  ids: Array.from({ length: 15 }, (_, index) => index + 1),
};

test("runTwice() loses the kernel in the batch, and begins again at the top", () => {
  const { cells } = runTwice(committed);
  const ids = cells.map(({ id }) => id);
  assertEquals(ids.length, new Set(ids).size);
  assertEquals(cells.filter(({ metadata }) => metadata.restart_when !== undefined).length, 1);
  const again = cells.slice(ids.indexOf("first-batch") + 1);
  assertEquals(again.map(({ id }) => id), committed.cells.map(({ id }) => id));
  const sources = codeCells({ ...committed, cells }).map(({ source }) => joinText(source));
  assertEquals(sources.some((source) => source.includes("sandbox && {")), false);
  assertThrows(() => runTwice({ ...committed, cells: [] }), Error, 'the cell "batch"');
});

test("notOnce() is content with each job once, and sees everything else", () => {
  assertEquals(notOnce(GOOD), []);
  const [title = ""] = names;
  assertEquals(notOnce({ ...GOOD, jobs: [...GOOD.jobs, title] }).length, 1);
  assertEquals(notOnce({ ...GOOD, jobs: GOOD.jobs.slice(1) }).length, 1);
  assertEquals(notOnce({ ...GOOD, ids: [undefined, ...GOOD.ids.slice(1)] }).length, 1);
  assertEquals(notOnce({ ...GOOD, ids: [2, ...GOOD.ids.slice(1)] }).length, 1);
  const whole = [cell("first-batch", "12 of 12 jobs made"), cell("batch", "12 jobs to send")];
  assertEquals(notOnce({ ...GOOD, notebook: { ...notebook, cells: whole } }).length, 2);
});
