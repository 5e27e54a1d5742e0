import { assertEquals } from "@std/assert";
import type { UpscalingTask, UpscalingTaskRequest } from "../../src/models/upscaling.ts";
import { lostJobs } from "../../src/upscale/lost_jobs.ts";
import { job, task } from "../display/views.ts";
import { test } from "../support/test.ts";
import { JOB } from "./areas.ts";

/** A task whose jobs have these numbers, statuses and parameters. */
function taskOf(
  ...jobs: readonly (readonly [number, string, Readonly<Record<string, unknown>>])[]
): UpscalingTask {
  return {
    ...task("finished"),
    jobs: jobs.map(([number, status, parameters]) =>
      job({ id: 100 + number, title: `Latium - Processing Job ${number}`, status, parameters })
    ),
  };
}

const request = (...values: readonly unknown[]): UpscalingTaskRequest => ({
  ...JOB,
  dimension: { name: "where", values },
});

test("lostJobs() takes what failed or was canceled, and leaves what may still end well", () => {
  const statuses = ["failed", "canceled", "finished", "running", "unknown", "queued"];
  const lost = lostJobs(
    taskOf(...statuses.map((status, index) => [index + 1, status, { where: index }] as const)),
  );
  assertEquals(lost.jobs.map(({ id }) => id), [101, 102]);
  assertEquals([lost.open, lost.missing, lost.dimension], [3, [], "where"]);
});

test("lostJobs() finds the one parameter in which the jobs differ", () => {
  const differing = (...parameters: readonly Readonly<Record<string, unknown>>[]) =>
    lostJobs(taskOf(...parameters.map((each, index) => [index + 1, "failed", each] as const)));
  const one = differing({ a: { x: 1, y: 2 }, b: 1 }, { a: { y: 2, x: 1 }, b: 2 });
  assertEquals([one.dimension, one.parameters], ["b", { a: { x: 1, y: 2 } }]);
  assertEquals(differing({ a: 1, b: 1 }, { a: 2, b: 2 }).dimension, undefined);
  assertEquals(differing({ a: 1 }, { a: 1 }).dimension, undefined);
  assertEquals(differing({ a: 1 }, { a: 1, b: 1 }).dimension, "b");
  assertEquals(lostJobs(taskOf([1, "failed", { a: 1 }]), { dimension: "a" }).dimension, "a");
});

test("lostJobs() knows from the request for which values no job was made, by number", () => {
  const known = taskOf([1, "finished", { where: "a" }], [3, "failed", { where: "c" }]);
  const lost = lostJobs(known, { request: request("a", "b", "c", "d") });
  assertEquals([lost.missing, lost.dimension, lost.parameters], [["b", "d"], "where", {
    resolution: 10,
  }]);
});

test("lostJobs() goes by the values where titles tell no number", () => {
  const known: UpscalingTask = {
    ...task("finished"),
    jobs: [{ x: 1, y: 2 }, "b", "b"].map((where, index) =>
      job({ id: index, title: "Other", status: "finished", parameters: { where } })
    ),
  };
  const lost = lostJobs(known, { request: request({ y: 2, x: 1 }, "b", "b", "b", "c") });
  assertEquals(lost.missing, ["b", "c"]);
});
