import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  endBlock,
  endWords,
  nameOf,
  nextBlocks,
} from "../../../../src/display/follow/frame/ending.ts";
import type { Work } from "../../../../src/display/follow/frame/work.ts";
import { displayable } from "../../../../src/display/render/displayable.ts";
import { ConnectionError } from "../../../../src/http/errors.ts";
import type { Snapshot, WatchSubject } from "../../../../src/models/snapshot.ts";
import { test } from "../../../support/test.ts";
import { job, task } from "../../views.ts";

const NOW = new Date("2026-11-23T15:41:40Z");
const snapshot = (value: Work, expectedJobs?: number): Snapshot<Work> => ({
  value,
  at: NOW,
  via: "polling",
  done: false,
  ...(expectedJobs === undefined ? {} : { expectedJobs }),
});

test("endBlock() says when the watching stopped, how to take it up again, and what Run all does", () => {
  const words = (subject: WatchSubject, shown?: Snapshot<Work>) =>
    String(displayable(() => [
      endBlock({ kind: "stopped" }, { subject, snapshot: shown, now: NOW }),
    ])).split("\n");
  const stopped = "! Stopped watching at 2026-11-23 15:41:40 UTC";
  const again = (call: string) => `  Take it up again with await follow(client.${call})`;
  const runAll = "  Run all goes on with the next cell.";
  const one = { kind: "job", id: 42 } as const;
  assertEquals(words(one, snapshot(job({ status: "running" }))), [
    `${stopped}: job 42 is still running`,
    again("unitJobs.watch(42)"),
    runAll,
  ]);
  for (const shown of [undefined, snapshot(job({ status: "unknown" }))]) {
    assertEquals(words(one, shown)[0], `${stopped}: job 42 goes on`);
  }
  const many = { kind: "task", id: 7 } as const;
  assertEquals(words(many, snapshot(task("finished", "running"))), [
    `${stopped}: task 7 goes on`,
    again("upscaleTasks.watch(7)"),
    runAll,
  ]);
  assertEquals(
    words(many, snapshot(task("running"), 12))[1],
    again("upscaleTasks.watch(7, { expectedJobs: 12 })"),
  );
  assertEquals(words({ kind: "list" }), [
    `${stopped}: the work goes on`,
    again("jobsStatus.watch()"),
    runAll,
  ]);
});

test("endBlock() shows whatever is thrown, and not endlessly", () => {
  const ending = { subject: { kind: "job", id: 42 }, snapshot: undefined, now: NOW } as const;
  const shown = (error: unknown) =>
    String(displayable(() => [endBlock({ kind: "error", error }, ending)]));
  assertEquals(shown("a text"), "! a text");
  assertEquals(shown(undefined), "! undefined");
  assertEquals(shown(new Error()), "! Error");
  assertEquals(shown("  \n "), "! An error without a word");
  assertStringIncludes(shown(new ConnectionError("No answer", { outcome: "unknown" })), "! No");
  assert(shown(new Error("line\n".repeat(10_000))).split("\n").length <= 20);
});

test("endWords() keeps what is to be copied by itself", () => {
  const ending = { subject: { kind: "job", id: 42 }, snapshot: undefined, now: NOW } as const;
  assertEquals(endWords({ kind: "stopped" }, ending), [
    "stopped watching: job 42 goes on",
    "Take it up again with await follow(client.unitJobs.watch(42))",
  ]);
  assertEquals(endWords({ kind: "error", error: new Error("first\nsecond") }, ending), ["first"]);
});

test("nextBlocks() says what to do with work that has ended", () => {
  const words = (work: Work) => String(displayable(() => nextBlocks(work)));
  assertStringIncludes(words(job({ status: "finished" })), "await client.unitJobs.results(42)");
  assertStringIncludes(words(job({ status: "failed" })), "! The platform says");
  assertEquals(
    words(task("finished", "finished", "canceled")),
    "Make again what failed: await retryFailed(client, 7, { format }), in the format that was asked for",
  );
  assertEquals(words(task("finished", "finished")), "");
  assertEquals(words({ upscaling_tasks: [], processing_jobs: [] }), "");
});

test("nameOf() names what is followed", () => {
  assertEquals(nameOf({ kind: "job", id: 42 }), "job 42");
  assertEquals(nameOf({ kind: "task" }), "task");
  assertEquals(nameOf({ kind: "list" }), "all work");
});
