import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  endBlock,
  endWords,
  figuresLine,
  figuresOf,
  figuresWords,
  nameOf,
  nextBlocks,
} from "../../../../src/display/follow/frame/lead.ts";
import { createHistory, type Work } from "../../../../src/display/follow/frame/work.ts";
import { displayable } from "../../../../src/display/render/displayable.ts";
import { ConnectionError } from "../../../../src/http/errors.ts";
import type { Snapshot, WatchSubject } from "../../../../src/models/snapshot.ts";
import { test } from "../../../support/test.ts";
import { job, jobs, task } from "../../views.ts";

const CREATED = Date.parse("2026-11-23T15:40:00Z");

function snapshot(value: Work, changes: Partial<Snapshot<Work>> = {}): Snapshot<Work> {
  return { value, at: new Date(CREATED), via: "polling", done: false, ...changes };
}

/** A task created at the beginning, of which so many jobs are in these states. */
function tiles(counts: Readonly<Record<string, number>>) {
  const statuses = Object.entries(counts).flatMap(([status, amount]) =>
    Array<string>(amount).fill(status)
  );
  return { ...task("running"), created: new Date(CREATED), jobs: jobs(...statuses) };
}

const wordsOf = (shown: Snapshot<Work>, seconds: number, over = false) =>
  figuresWords(
    figuresOf(shown, { now: CREATED + seconds * 1_000, history: createHistory(), over }),
  );

test("figuresOf() counts the jobs of a task itself, and those that are not made yet", () => {
  const value = tiles({ finished: 7, failed: 1, running: 3, queued: 1, canceled: 2 });
  assertEquals(
    wordsOf(snapshot(value), 192),
    "7 of 14 jobs finished · 1 failed · 3 running · 1 queued · 2 canceled · 3 min 12 s",
  );
  assertEquals(
    wordsOf(snapshot(value, { expectedJobs: 20 }), 5, true),
    "7 of 20 jobs finished · 1 failed · 3 running · 1 queued · 2 canceled · 6 not made yet · 5 s",
  );
});

test("figuresOf() says of a list how much of it has ended", () => {
  const list = { upscaling_tasks: [task("running")], processing_jobs: jobs("failed", "finished") };
  assertEquals(wordsOf(snapshot(list), 9), "2 of 3 ended · 1 failed · 1 running");
});

test("figuresOf() guesses the time left from three ended jobs on, where it is known how many there are", () => {
  const left = (counts: Readonly<Record<string, number>>, expectedJobs?: number, seconds = 600) =>
    wordsOf(
      snapshot(tiles(counts), expectedJobs === undefined ? {} : { expectedJobs }),
      seconds,
    ).match(/about .* left/)?.[0];
  assertEquals(left({ finished: 2, running: 1 }, 12), undefined);
  // One at a time, ten minutes for three and a half: six are to come, and half of one.
  assertEquals(left({ finished: 3, running: 1, queued: 6 }, 10), "about 19 min left");
  // Two at a time, and what is not made yet has to run, too.
  assertEquals(left({ finished: 3, running: 2 }, 9), "about 14 min left");
  assertEquals(left({ finished: 11, failed: 1 }, 12), undefined);
  assertEquals(left({ finished: 3, running: 9 }), undefined);
  // The clocks do not agree.
  assertEquals(left({ finished: 3, running: 9 }, 12, -600), undefined);
});

test("figuresOf() says how long ended work took, not how long ago it was", () => {
  const done = { ...tiles({ finished: 2 }), updated: new Date(CREATED + 60_000) };
  assertEquals(
    wordsOf(snapshot(done, { done: true }), 86_400),
    "2 of 2 jobs finished · took 1 min",
  );
  const history = createHistory();
  history.learn(tiles({ running: 2 }), CREATED);
  history.learn(done, CREATED + 90_000);
  const figures = figuresOf(snapshot(done, { done: true }), {
    now: CREATED + 99_000,
    history,
    over: true,
  });
  assertEquals(figures.facts, ["took 1 min 30 s"]);
});

test("figuresOf() draws a piece of the bar for each status, what is done first", () => {
  const value = tiles({ created: 1, running: 3, weird: 1, failed: 1, finished: 7 });
  const { bar } = figuresOf(snapshot(value, { expectedJobs: 15 }), {
    now: CREATED,
    history: createHistory(),
    over: false,
  });
  assertEquals(bar.map(({ amount, sign }) => `${amount}${sign}`), [
    "7█",
    "1✗",
    "3▓",
    "1░",
    "1?",
    "2·",
  ]);
  assertEquals(new Set(bar.map(({ color }) => color)).size, 5);
  assert(bar.every(({ color }) => /^#[0-9a-f]{6}$/.test(color)));
});

test("figuresLine() lets what leads stand out, and failures most of all", () => {
  const [head, , failed, rest] = figuresLine({ bar: [], head: "1 of 3", failed: 1, facts: ["a"] });
  assertEquals(head?.style, "strong");
  assertEquals([failed?.text, failed?.badge], ["✗ 1 failed", "#b42318"]);
  assertEquals(rest?.text, " · a");
  assertEquals(
    figuresLine({ bar: [], head: "1 of 3", failed: 0, facts: [] }).map(({ text }) => text).join(""),
    "1 of 3",
  );
});

test("figuresOf() gives a job no counts but its own", () => {
  assertEquals(
    wordsOf(snapshot(job({ status: "running", created: new Date(CREATED) })), 5),
    "0 of 1 job finished · 1 running · 5 s",
  );
});

const NOW = new Date("2026-11-23T15:41:40Z");
const seen = (value: Work, expectedJobs?: number): Snapshot<Work> => ({
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
  assertEquals(words(one, seen(job({ status: "running" }))), [
    `${stopped}: job 42 is still running`,
    again("unitJobs.watch(42)"),
    runAll,
  ]);
  for (const shown of [undefined, seen(job({ status: "unknown" }))]) {
    assertEquals(words(one, shown)[0], `${stopped}: job 42 goes on`);
  }
  const many = { kind: "task", id: 7 } as const;
  assertEquals(words(many, seen(task("finished", "running"))), [
    `${stopped}: task 7 goes on`,
    again("upscaleTasks.watch(7)"),
    runAll,
  ]);
  assertEquals(
    words(many, seen(task("running"), 12))[1],
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
