import { assertEquals } from "@std/assert";
import { textOf } from "../../../../src/display/render/fit.ts";
import { fitLine } from "../../../../src/display/render/fit.ts";
import { captionOf, select } from "../../../../src/display/views/work/select.ts";
import { countsOf } from "../../../../src/map/status.ts";
import { test } from "../../../support/test.ts";
import { jobs } from "../../views.ts";

const caption = (...args: Parameters<typeof captionOf>) => textOf(fitLine(captionOf(...args), 200));

test("select() takes failed, then running, then the newest", () => {
  const all = jobs("finished", "failed", "running", "queued", "failed", "unknown", "running");
  assertEquals(select(all).shown.map(({ id }) => id), [5, 2, 7, 3, 6, 4, 1]);
  assertEquals(select(all, 4).shown.map(({ id }) => id), [5, 2, 7, 3]);
  assertEquals(select([...all].reverse(), 3).shown.map(({ id }) => id), [5, 2, 7]);
});

test("select() takes of many what sorting all of them would", () => {
  const words = ["finished", "failed", "running", "queued", "paused"];
  const all = jobs(...Array.from({ length: 1_000 }, (_, i) => words[(i * i + 7 * i) % 5] ?? ""));
  const rank = (status: string) => ["failed", "running"].indexOf(status) >>> 0;
  const sorted = all.toSorted((a, b) => rank(a.status) - rank(b.status) || b.id - a.id);
  for (const rows of [1, 20, 500, 2_000]) {
    assertEquals(select(all, rows).shown, sorted.slice(0, rows));
  }
});

test("select() counts all, whatever a status is called", () => {
  const { counts, total } = select(jobs("__proto__", "failed", "failed", "constructor"), 1);
  assertEquals(total, 4);
  assertEquals(Object.fromEntries([...counts].sort()), {
    ["__proto__"]: 1,
    constructor: 1,
    failed: 2,
  });
});

test("captionOf() says how many there are, of which status, and how many are shown", () => {
  const all = jobs("finished", "failed", "finished");
  assertEquals(caption(select(all), "job"), "3 jobs · 1 failed · 2 finished");
  assertEquals(
    caption(select(all, 2), "job"),
    "3 jobs · 1 failed · 2 finished · showing 2 of 3",
  );
  assertEquals(caption(select(all), "job", "Mine"), "Mine · 3 jobs · 1 failed · 2 finished");
});

test("countsOf() names few statuses that it does not know", () => {
  const counts = new Map([["running", 1], ["a", 2], ["b".repeat(90), 4], ["c", 3], ["d", 1], [
    "e",
    1,
  ]]);
  assertEquals(countsOf(counts), [
    "1 running",
    `4 ${"b".repeat(23)}…`,
    "3 c",
    "2 a",
    "2 with another status",
  ]);
});
