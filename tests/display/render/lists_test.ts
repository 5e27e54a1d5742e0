import { assert, assertEquals } from "@std/assert";
import { jupyterDisplay, type MimeBundle } from "../../../src/display/render/displayable.ts";
import { listAttacher } from "../../../src/display/render/lists.ts";
import { jobsTable } from "../../../src/display/views/work/jobs.ts";
import type { ProcessingJobSummary } from "../../../src/models/jobs.ts";
import { test } from "../../support/test.ts";
import { bundleOf, job, jobs } from "../views.ts";

const attach = listAttacher<ProcessingJobSummary>({
  view: (list, { ordered }) => jobsTable(list, { caption: ordered ? "In order" : "Jobs" }),
  holds: (item) => typeof item === "object" && item !== null && "service" in item,
});

/** What a kernel would show of a list, if it shows itself. */
function shown(list: unknown): string | undefined {
  const method: unknown = Reflect.get(Object(list), jupyterDisplay);
  if (typeof method !== "function") return undefined;
  const bundle: MimeBundle = Reflect.apply(method, list, []);
  return bundle["text/plain"];
}

function someJobs(): readonly ProcessingJobSummary[] {
  return attach(jobs("failed", "running", "finished"));
}

test("listAttacher() makes what is made of a list show itself too", () => {
  const list = someJobs();
  const made = {
    filter: list.filter(({ id }) => id > 1),
    slice: list.slice(1),
    concat: list.slice(1, 2).concat(job({ id: 9 })),
    with: list.slice(1).with(0, job({ id: 9 })),
    toSpliced: list.toSpliced(0, 1),
    map: list.slice(1).map((one) => ({ ...one, title: "Other" })),
    flatMap: list.slice(2).flatMap((one) => [one, one]),
    again: list.filter(() => true).slice(1).filter(() => true),
  };
  for (const [name, other] of Object.entries(made)) {
    assertEquals(other.length, 2, name);
    assert(shown(other)?.includes("Jobs"), name);
    assert(Array.isArray(other));
  }
});

test("listAttacher() keeps the order that somebody chose", () => {
  const list = someJobs();
  const byTitle = (a: ProcessingJobSummary, b: ProcessingJobSummary) =>
    a.title.localeCompare(b.title);
  for (const sorted of [list.toSorted(byTitle), list.toReversed(), list.toReversed().slice(1)]) {
    assert(shown(sorted)?.startsWith("In order"));
  }
  assert(shown([...list].sort(byTitle)) === undefined);
  assert(shown(attach(jobs("failed")).concat(jobs("running")))?.startsWith("Jobs"));
});

test("listAttacher() leaves a list that holds something else an ordinary one", () => {
  const list = someJobs();
  for (
    const other of [
      list.map(({ id }) => id),
      list.map(({ id, title }) => ({ id, title })),
      list.map(() => undefined),
      list.flatMap(() => []),
      list.filter(() => false).map(({ id }) => id),
      list.concat(Object([5])),
      [...list],
      Array.from(list),
    ]
  ) assertEquals(shown(other), undefined);
  assert(shown(list.filter(() => false))?.includes("no jobs"));
});

test("listAttacher() is not seen: the list is plain data to everyone else", () => {
  const plain = jobs("failed", "running");
  const list = attach(jobs("failed", "running"));
  for (const other of [list, list.slice(), list.toSorted((a, b) => a.id - b.id)]) {
    assertEquals(other, plain);
    assertEquals(JSON.stringify(other), JSON.stringify(plain));
    assertEquals(structuredClone(other), plain);
    assertEquals(Object.keys(other), ["0", "1"]);
    assertEquals(Deno.inspect(other), Deno.inspect(plain));
    assertEquals(Object.getPrototypeOf(other), Array.prototype);
    assertEquals([...other], plain);
    assertEquals(shown(structuredClone(other)), undefined);
  }
});

test("listAttacher() leaves the list's own methods what they are", () => {
  const list = someJobs();
  assertEquals(list.filter(({ status }) => status === "failed").map(({ id }) => id), [1]);
  assertEquals(list.toSorted((a, b) => b.id - a.id).map(({ id }) => id), [3, 2, 1]);
  assertEquals(list.map((one, index, all) => [one.id, index, all.length]), [
    [1, 0, 3],
    [2, 1, 3],
    [3, 2, 3],
  ]);
  const frozen = attach(Object.freeze(jobs("failed")));
  assertEquals(shown(frozen), undefined);
  assertEquals(frozen.slice().length, 1);
  assertEquals(shown(bundleOf(jobsTable([]))), undefined);
});
