import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import {
  attachDisplay,
  displayAttacher,
  listAttacher,
  showAs,
} from "../../../src/display/render/attach.ts";
import { jupyterDisplay, type MimeBundle } from "../../../src/display/render/displayable.ts";
import { jobCard } from "../../../src/display/views/work/job.ts";
import { jobsTable } from "../../../src/display/views/work/jobs.ts";
import type { ProcessingJobSummary } from "../../../src/models/jobs.ts";
import { test } from "../../support/test.ts";
import { bundleOf, job, jobs } from "../views.ts";

/** What a kernel does with the last expression of a cell. */
function show(value: object): MimeBundle {
  return Reflect.get(value, Symbol.for("Jupyter.display")).call(value);
}

test("attachDisplay() makes a value show itself", () => {
  const shown = attachDisplay(job(), jobCard);
  assertEquals(show(shown)["text/plain"], String(jobCard(job())));
});

test("attachDisplay() changes the value in place and leaves it plain data", () => {
  const value = job();
  const shown = attachDisplay(value, jobCard);
  assertStrictEquals(shown, value);
  assertEquals(shown, job());
  assertEquals(job(), shown);
  assertEquals(JSON.stringify(shown), JSON.stringify(job()));
  assertEquals(Object.keys(shown), Object.keys(job()));
  assertEquals(Deno.inspect(shown), Deno.inspect(job()));
  assertEquals(structuredClone(shown), job());
  assertEquals(Object.getOwnPropertyDescriptor(shown, jupyterDisplay)?.enumerable, false);
  assertEquals(Reflect.has({ ...shown }, jupyterDisplay), false);
});

test("attachDisplay() works on lists", () => {
  const list = attachDisplay(jobs("failed", "running"), jobsTable);
  assertEquals(list, jobs("failed", "running"));
  assertEquals([...list].length, 2);
  assertEquals(list.map(({ id }) => id), [1, 2]);
  assertStringIncludes(show(list)["text/plain"], "2 jobs · 1 failed · 1 running");
});

test("attachDisplay() shows what the value holds when it is looked at", () => {
  const list = attachDisplay(jobs("failed"), jobsTable);
  list.push(...jobs("running"));
  assertStringIncludes(show(list)["text/plain"], "2 jobs");
});

test("attachDisplay() takes a second view in place of the first", () => {
  const value = attachDisplay(attachDisplay(job(), jobCard), (one) => jobsTable([one]));
  assertStringIncludes(show(value)["text/plain"], "1 job");
});

test("attachDisplay() leaves a frozen value as it is", () => {
  const frozen = Object.freeze(job());
  assertStrictEquals(attachDisplay(frozen, jobCard), frozen);
  assertEquals(Reflect.has(frozen, jupyterDisplay), false);
});

test("attachDisplay() never throws when looked at", () => {
  const broken = attachDisplay(job(), () => {
    throw new Error("no view");
  });
  assertStringIncludes(show(broken)["text/plain"], "cannot be shown as a table: no view");
  const hostile = new Proxy(job(), {
    get(target, key) {
      if (typeof key === "string") throw new Error("not readable");
      return Reflect.get(target, key);
    },
  });
  assertStringIncludes(show(attachDisplay(hostile, jobCard))["text/plain"], "not readable");
  const detached = show(attachDisplay(Object(null), jobCard));
  assertEquals(Object.keys(detached).length, 3);
});

test("displayAttacher() gives all its values one descriptor", () => {
  const attach = displayAttacher(jobCard);
  const [one = job(), two = job()] = jobs("failed", "running").map(attach);
  assertStrictEquals(Reflect.get(one, jupyterDisplay), Reflect.get(two, jupyterDisplay));
  assertNotEquals(show(one), show(two));
  assert(show(two)["text/plain"].startsWith("Job 2  ◐ running"));
});

test("showAs() has a console print what a value shows, as it is then, and leaves it plain data", () => {
  const value = showAs({ ...job() }, jobCard);
  assertEquals(Deno.inspect(value), String(jobCard(job())));
  Object.assign(value, { title: "Another" });
  assertStringIncludes(Deno.inspect([value]), "Another");
  assertEquals(show(value)["text/plain"], Deno.inspect(value));
  assertEquals(value, { ...job(), title: "Another" });
  assertEquals(Object.keys(value), Object.keys(job()));
  assertEquals(structuredClone(value), { ...job(), title: "Another" });
});

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
