import { assertEquals } from "@std/assert";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import {
  captionOf,
  type Listed,
  moreOf,
  type RowOptions,
  select,
  sharedStart,
} from "../../../../src/display/views/work/select.ts";
import { countsOf } from "../../../../src/map/status.ts";
import { test } from "../../../support/test.ts";
import { jobs } from "../../views.ts";

const caption = (...args: Parameters<typeof captionOf>) => textOf(fitLine(captionOf(...args), 200));

const idsOf = (list: readonly { readonly id: number }[]) => list.map(({ id }) => id);

test("select() takes failed, then running, then the newest", () => {
  const all = jobs("finished", "failed", "running", "queued", "failed", "unknown", "running");
  assertEquals(idsOf(select(all).shown), [5, 2, 7, 3, 6, 4, 1]);
});

test("select() leaves each status a share of what is shown", () => {
  const all = jobs(
    ...Array<string>(30).fill("failed"),
    ...Array<string>(40).fill("running"),
    ...Array<string>(50).fill("finished"),
    "queued",
  );
  const { shown, total } = select(all);
  assertEquals([shown.length, total], [20, 121]);
  // Five of each, and what the one queued job leaves free goes to the failed ones.
  assertEquals(idsOf(shown), [
    ...[30, 29, 28, 27, 26, 25, 24, 23, 22],
    ...[70, 69, 68, 67, 66],
    121,
    ...[120, 119, 118, 117, 116],
  ]);
  assertEquals(select([...all].reverse()).shown, shown);
  assertEquals(select(all, { rows: 4 }).shown.map(({ status }) => status), [
    "failed",
    "running",
    "queued",
    "finished",
  ]);
  assertEquals(idsOf(select(all, { rows: 2 }).shown), [30, 29]);
});

test("select() leaves no more shares than a page can hold, whatever statuses there are", () => {
  const many = jobs(...Array.from({ length: 500 }, (_, index) => `status ${index}`), "failed");
  const { shown } = select(many);
  assertEquals([shown.length, shown[0]?.status], [20, "failed"]);
});

test("select() turns pages that together hold everything once", () => {
  const words = ["finished", "failed", "running", "queued", "paused"];
  const all = jobs(...Array.from({ length: 93 }, (_, i) => words[(i * i + 7 * i) % 5] ?? ""));
  const pages = [1, 2, 3, 4, 5].map((page) => select(all, { page }));
  assertEquals(pages.map(({ shown, skipped }) => [shown.length, skipped]), [
    [20, 0],
    [20, 20],
    [20, 40],
    [20, 60],
    [13, 80],
  ]);
  const ids = pages.flatMap(({ shown }) => idsOf(shown));
  assertEquals(ids.toSorted((a, b) => a - b), idsOf(all));
  assertEquals(select(all, { page: 6 }).shown, []);
  for (const page of [0, -1, NaN]) assertEquals(idsOf(select(all, { page }).shown).length, 20);
});

test("select() sorts and sifts as it is told", () => {
  const all = jobs("failed", "running", "finished", "failed");
  assertEquals(idsOf(select(all, { sort: "oldest" }).shown), [1, 2, 3, 4]);
  assertEquals(idsOf(select(all, { sort: "newest", rows: 2 }).shown), [4, 3]);
  assertEquals(idsOf(select([...all].reverse(), { sort: "given" }).shown), [4, 3, 2, 1]);
  assertEquals(idsOf(select(all, { sort: (a, b) => (a.id % 2) - (b.id % 2) }).shown), [2, 4, 1, 3]);
  const titled = all.map((one) => ({ ...one, title: one.id === 3 ? "A" : "B" }));
  assertEquals(idsOf(select(titled, { sort: "title" }).shown), [3, 4, 2, 1]);
  assertEquals(idsOf(select(all, { where: { status: "failed" } }).shown), [4, 1]);
  assertEquals(idsOf(select(all, { where: ({ id }) => id > 2 }).shown), [4, 3]);
  assertEquals(select(all, { where: { status: "failed", id: 9 } }).total, 0);
  assertEquals(idsOf(all), [1, 2, 3, 4]);
});

test("select() counts all, whatever a status is called", () => {
  const { counts, total } = select(jobs("__proto__", "failed", "failed", "constructor"), {
    rows: 1,
  });
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
    caption(select(all, { rows: 2 }), "job"),
    "3 jobs · 1 failed · 2 finished · 2 of 3 shown",
  );
  assertEquals(
    caption(select(all, { rows: 1, page: 2 }), "job"),
    "3 jobs · 1 failed · 2 finished · 2–2 of 3 shown",
  );
  assertEquals(caption(select(jobs("failed", "failed")), "job"), "2 jobs  ✗ failed");
  assertEquals(caption(select(jobs("failed")), "job"), "1 job");
  assertEquals(caption(select(all), "job", "Mine"), "Mine · 3 jobs · 1 failed · 2 finished");
});

test("moreOf() says how to see the next page, where there is one", () => {
  const all = jobs("finished", "failed", "finished");
  const more = (options: RowOptions<Listed>) => {
    const line = moreOf(select(all, options), "table(jobs, { page: # })", options.rows);
    return line && textOf(fitLine(line, 200));
  };
  assertEquals(more({ rows: 1 }), "table(jobs, { page: 2 }) shows more");
  assertEquals(more({ rows: 1, page: 2 }), "table(jobs, { page: 3 }) shows more");
  assertEquals(more({ rows: 1, page: 3 }), undefined);
  assertEquals(more({}), undefined);
});

test("sharedStart() ends with a word", () => {
  const titles = ["NDVI of Flanders 2025-01", "NDVI of Flanders 2025-02"];
  assertEquals(sharedStart(titles, 8), "NDVI of Flanders 2025-");
  assertEquals(sharedStart(["NDVI of Flanders", "NDVI of France"], 4), "NDVI of ");
  assertEquals(sharedStart(["NDVI of Flanders", "NDVI of France"], 9), "");
  assertEquals(sharedStart(["NDVI of Flanders"], 1), "");
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
