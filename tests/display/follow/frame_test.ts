import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { displayable } from "../../../src/display/render/displayable.ts";
import {
  frameBlocks,
  frameKey,
  frameLine,
  type FrameState,
} from "../../../src/display/follow/frame.ts";
import { ConnectionError, NotFoundError } from "../../../src/http/errors.ts";
import { wordMessage } from "../../../src/http/wording.ts";
import type { Snapshot } from "../../../src/models/snapshot.ts";
import type { ProcessingJob } from "../../../src/models/jobs.ts";
import { test } from "../../support/test.ts";
import { checkHtml } from "../check_html.ts";
import { checkMarkdown } from "../check_markdown.ts";
import { checkText } from "../check_text.ts";
import { bundleOf, job, jobs, task } from "../views.ts";

const BEGAN = Date.parse("2026-11-23T15:40:00Z");
const at = (seconds: number) => new Date(BEGAN + seconds * 1_000);

/** A frame, a hundred seconds after following began. */
function frame(changes: Partial<FrameState> = {}): FrameState {
  return { subject: { kind: "job", id: 42 }, began: at(0), now: at(100), states: [], ...changes };
}

function snapshot<T>(value: T, changes: Partial<Snapshot<T>> = {}): Snapshot<T> {
  return { value, at: at(95), via: "socket", done: false, ...changes };
}

const textOf = (state: FrameState) => String(displayable(() => frameBlocks(state)));
const footerOf = (state: FrameState) => textOf(state).split("\n").at(-1);

/** A task created at the beginning, of which so many jobs are in these states. */
function tiles(counts: Readonly<Record<string, number>>): ReturnType<typeof task> {
  const statuses = Object.entries(counts).flatMap(([status, amount]) =>
    Array<string>(amount).fill(status)
  );
  return { ...task("running"), created: at(0), jobs: jobs(...statuses) };
}

test("frameBlocks() says how far the work is, how long it has been so, and when that was learned", () => {
  const states = [{ status: "queued", since: at(1) }, { status: "running", since: at(11) }];
  const running = job({ status: "running" });
  assertEquals(
    footerOf(frame({ states, snapshot: snapshot(running) })),
    "queued 10 s → running 1 min 29 s · last news 2026-11-23 15:41:35 UTC, by WebSocket",
  );
  assertEquals(
    footerOf(frame({ states, snapshot: snapshot(running, { via: "polling" }) })),
    "queued 10 s → running 1 min 29 s · last news 2026-11-23 15:41:35 UTC, by asking",
  );
  const ended = [...states, { status: "finished", since: at(90) }];
  assertEquals(
    footerOf(frame({ states: ended, snapshot: snapshot(job(), { done: true }) })),
    "queued 10 s → running 1 min 19 s · last checked 2026-11-23 15:41:35 UTC, by WebSocket",
  );
});

test("frameBlocks() adds up the time in a state that a task comes back to", () => {
  const states = ["running", "created", "running", "created"].map((status, index) => ({
    status,
    since: at(index * 10),
  }));
  assertStringIncludes(
    footerOf(frame({ states, snapshot: snapshot(task("created")) })) ?? "",
    "running 20 s → created 1 min 20 s",
  );
});

test("frameBlocks() says what it waits for before anything is known", () => {
  assertEquals(textOf(frame()), "watching for 1 min 40 s · asking about job 42");
  const list = frame({ subject: { kind: "list" } });
  assertEquals(textOf(list), "watching for 1 min 40 s · asking about all work");
});

test("frameBlocks() counts tiles, and gives no percentage", () => {
  const value = tiles({ finished: 12, failed: 1, running: 3, queued: 24 });
  const text = textOf(frame({ snapshot: snapshot(value, { expectedJobs: 40 }) }));
  assertStringIncludes(text, "12 of 40 tiles finished · 1 failed · 3 running · 24 queued");
  assertEquals(text.includes("%"), false);
});

test("frameBlocks() guesses the time left from three finished tiles on, and says about", () => {
  const left = (counts: Readonly<Record<string, number>>, expectedJobs?: number, now = 600) =>
    footerOf(frame({
      now: at(now),
      snapshot: snapshot(tiles(counts), expectedJobs === undefined ? {} : { expectedJobs }),
    }))?.match(/[^·]* left/)?.[0].trim();
  assertEquals(left({ finished: 2, running: 10 }, 12), undefined);
  assertEquals(left({ finished: 3, running: 9 }, 12), "about 30 minutes left");
  // What is not made yet has to run, too; what has failed has not.
  assertEquals(left({ finished: 3, running: 3 }, 12), "about 30 minutes left");
  assertEquals(left({ finished: 3, failed: 6, running: 3 }, 12), "about 10 minutes left");
  assertEquals(left({ finished: 11, failed: 1 }, 12), undefined);
  // Nobody knows how many there will be, or the clocks do not agree.
  assertEquals(left({ finished: 3, running: 9 }), undefined);
  assertEquals(left({ finished: 3, running: 9 }, 12, -600), undefined);
});

test("frameBlocks() guesses no time once following has ended", () => {
  const state = frame({
    snapshot: snapshot(tiles({ finished: 3, running: 9 }), { expectedJobs: 12 }),
  });
  assertStringIncludes(textOf(state), "left");
  assertEquals(textOf({ ...state, end: { kind: "stopped" } }).includes(" left"), false);
});

test("frameBlocks() says how to take the work up again", () => {
  const words = (changes: Partial<FrameState>) => {
    const lines = textOf(frame({ ...changes, end: { kind: "stopped" } })).split("\n");
    const first = lines.findIndex((line) => line.startsWith("! Stopped"));
    return lines.slice(first, first + 2);
  };
  const again = (call: string) => `  Take it up again with await follow(client.${call})`;
  assertEquals(words({ snapshot: snapshot(job({ status: "running" })) }), [
    "! Stopped watching; job 42 is still running",
    again("unitJobs.watch(42)"),
  ]);
  assertEquals(words({ snapshot: snapshot(job({ status: "unknown" })) }), [
    "! Stopped watching; job 42 goes on",
    again("unitJobs.watch(42)"),
  ]);
  assertEquals(words({}), ["! Stopped watching; job 42 goes on", again("unitJobs.watch(42)")]);
  const subject = { kind: "task", id: 7 } as const;
  assertEquals(words({ subject, snapshot: snapshot(task("finished", "running")) }), [
    "! Stopped watching; task 7 goes on",
    again("upscaleTasks.watch(7)"),
  ]);
  assertEquals(words({ subject, snapshot: snapshot(task("running"), { expectedJobs: 12 }) }), [
    "! Stopped watching; task 7 is still running",
    again("upscaleTasks.watch(7, { expectedJobs: 12 })"),
  ]);
  assertEquals(words({ subject: { kind: "list" } }), [
    "! Stopped watching; the work goes on",
    again("jobsStatus.watch()"),
  ]);
});

test("frameBlocks() holds the error's words, request id and next step beside what was known", () => {
  const error = new NotFoundError(
    wordMessage("Cannot watch unit job 42 any more: it was deleted meanwhile", {
      reason: "Job 42 not found",
      hint: "look for it on the platform",
      requestId: "r-7",
    }),
    { status: 404, errorCode: "JOB_NOT_FOUND", requestId: "r-7", content: "" },
  );
  const state = frame({
    snapshot: snapshot(job({ status: "running" }), { problem: "the connection was lost" }),
    end: { kind: "error", error },
  });
  const text = textOf(state);
  assertStringIncludes(text, "Job 42  ◐ running  Vegetation index");
  assertStringIncludes(
    text,
    [
      "! Cannot watch unit job 42 any more: it was deleted meanwhile",
      "  Reason given: Job 42 not found",
      "  What to do: look for it on the platform",
      "  Request id: r-7",
    ].join("\n"),
  );
  assertEquals(text.includes("the connection was lost"), false);
  assertStringIncludes(frameLine(state), "Cannot watch unit job 42 any more: it was deleted");
});

test("frameBlocks() shows whatever is thrown", () => {
  const shown = (error: unknown) => textOf(frame({ end: { kind: "error", error } }));
  assertStringIncludes(shown("a text"), "! a text");
  assertStringIncludes(shown(undefined), "! undefined");
  assertStringIncludes(shown(new Error()), "! Error");
  assertStringIncludes(shown(new ConnectionError("No answer", { outcome: "unknown" })), "! No");
  assert(shown(new Error("line\n".repeat(10_000))).split("\n").length < 40);
});

test("frameBlocks() puts the map between the work and its jobs", () => {
  const map = { kind: "note", tone: "plain", lines: ["the map"] } as const;
  const text = textOf(frame({ map, snapshot: snapshot(task("running", "running")) }));
  const [card, drawn, table] = ["Upscaling task 7", "the map", "1 job · 1 running"].map((part) =>
    text.indexOf(part)
  );
  assert(card === 0 && card < Number(drawn) && Number(drawn) < Number(table), text);
});

test("frameLine() says in one line what the frame shows", () => {
  const value = tiles({ finished: 2, running: 1 });
  const subject = { kind: "task", id: 7 } as const;
  const problem = "the connection was lost; reconnecting";
  assertEquals(
    frameLine(frame({ subject, snapshot: snapshot(value, { expectedJobs: 12, problem }) })),
    `task 7: 2 of 12 tiles finished · 1 running · 9 not made yet · ${problem} · 1 min 40 s`,
  );
  assertEquals(frameLine(frame()), "job 42: nothing learned yet · 1 min 40 s");
});

test("frameKey() changes with what is said, not with the clock", () => {
  const state = frame({ snapshot: snapshot(job({ status: "running" })) });
  const key = frameKey(state);
  assertEquals(frameKey({ ...state, now: at(500) }), key);
  const others: FrameState[] = [
    frame(),
    { ...state, snapshot: snapshot(job({ status: "queued" })) },
    { ...state, snapshot: snapshot(job({ status: "running" }), { problem: "lost" }) },
    { ...state, end: { kind: "stopped" } },
  ];
  assertEquals(new Set([key, ...others.map(frameKey)]).size, 5);
});

const HOSTILE = [
  "</td><script>alert(1)</script><img src=x onerror=alert(1)>",
  `" onmouseover="alert(1)`,
  "$5 and $6 \\(x\\) [a](javascript:alert(1)) | `code`",
  "\u202egnp.exe \u001b[31mred\u001b[0m \u001b]8;;https://evil.example.test\u0007link",
  "x".repeat(10_000),
  "line\nbreak\r\nand\u2028another",
  "\ud800 lone",
];

test("frames show hostile text as text", () => {
  for (const text of HOSTILE) {
    const hostile: ProcessingJob = job({ title: text, status: text, parameters: { [text]: text } });
    const list = { upscaling_tasks: [hostile], processing_jobs: [hostile] };
    const values = [hostile, { ...hostile, jobs: [hostile] }, list];
    for (const value of values) {
      const state = frame({
        states: [{ status: text, since: at(0) }],
        snapshot: snapshot(value, { problem: text }),
      });
      const error = new Error(text);
      for (const end of [undefined, { kind: "error" as const, error }]) {
        const bundle = bundleOf(
          displayable(() => frameBlocks(end === undefined ? state : { ...state, end })),
        );
        checkHtml(bundle["text/html"]);
        checkMarkdown(bundle["text/markdown"]);
        checkText(bundle["text/plain"]);
        assert(!bundle["text/plain"].includes("cannot be shown"), bundle["text/plain"]);
      }
    }
  }
});
