import { assertEquals } from "@std/assert";
import {
  type Course,
  DEFAULT_PACE,
  isTerminal,
  progressAt,
} from "../../../src/sandbox/platform/progress.ts";
import { test } from "../../support/test.ts";

const COURSE: Course = { created: 100, outcome: "finished", pace: DEFAULT_PACE };

test("progressAt() goes from created over queued and running to the outcome", () => {
  const statuses = [100, 1099, 1100, 2099, 2100, 6099, 6100, 1e12].map((now) => {
    const { status, since } = progressAt(COURSE, now);
    return `${status} ${since}`;
  });
  assertEquals(statuses, [
    "created 100",
    "created 100",
    "queued 1100",
    "queued 1100",
    "running 2100",
    "running 2100",
    "finished 6100",
    "finished 6100",
  ]);
});

test("progressAt() ends as the outcome says", () => {
  for (const outcome of ["failed", "canceled", "unknown"] as const) {
    assertEquals(progressAt({ ...COURSE, outcome }, 9000).status, outcome);
  }
});

test("progressAt() keeps a status that was set by hand", () => {
  const course: Course = { ...COURSE, set: { status: "canceled", at: 2500 } };
  assertEquals(progressAt(course, 2400).status, "running");
  assertEquals(progressAt(course, 2500), { status: "canceled", since: 2500 });
  assertEquals(progressAt(course, 99_000), { status: "canceled", since: 2500 });
});

test("isTerminal() takes unknown for no end", () => {
  const words = [
    "created",
    "queued",
    "running",
    "finished",
    "canceled",
    "failed",
    "unknown",
  ] as const;
  assertEquals(words.filter(isTerminal), ["finished", "canceled", "failed"]);
});
