import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import { attachDisplay, displayAttacher, showAs } from "../../../src/display/render/attach.ts";
import { jupyterDisplay, type MimeBundle } from "../../../src/display/render/displayable.ts";
import { jobCard } from "../../../src/display/views/work/job.ts";
import { jobsTable } from "../../../src/display/views/work/jobs.ts";
import { test } from "../../support/test.ts";
import { job, jobs } from "../views.ts";

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
