import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { displayable } from "../../../../src/display/render/displayable.ts";
import {
  frameAfterwords,
  frameBlocks,
  frameKey,
  frameLead,
  frameLine,
  type FrameState,
} from "../../../../src/display/follow/frame/frame.ts";
import {
  createHistory,
  type History,
  type Work,
} from "../../../../src/display/follow/frame/work.ts";
import { NotFoundError } from "../../../../src/http/errors.ts";
import { wordMessage } from "../../../../src/http/wording.ts";
import type { Snapshot } from "../../../../src/models/snapshot.ts";
import type { ProcessingJob } from "../../../../src/models/jobs.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { checkMarkdown } from "../../check_markdown.ts";
import { createPainter } from "../../../../src/display/views/results/footprints.ts";
import { gridTiles, taskOver } from "../../../map/map_tiles.ts";
import { checkText } from "../../check_text.ts";
import { bundleOf, job, jobs, task } from "../../views.ts";

const BEGAN = Date.parse("2026-11-23T15:40:00Z");
const at = (seconds: number) => new Date(BEGAN + seconds * 1_000);

/** A frame, a hundred seconds after following began. */
function frame(changes: Partial<FrameState> = {}): FrameState {
  return {
    subject: { kind: "job", id: 42 },
    began: at(0),
    now: at(100),
    history: createHistory(),
    problem: changes.snapshot?.problem,
    ...changes,
  };
}

function snapshot<T>(value: T, changes: Partial<Snapshot<T>> = {}): Snapshot<T> {
  return { value, at: at(95), via: "polling", done: false, ...changes };
}

const textOf = (state: FrameState) => String(displayable(() => frameBlocks(state)));
const linesOf = (state: FrameState) => textOf(state).split("\n");
const TASK = { kind: "task", id: 7 } as const;

/** What was seen of work at these seconds after following began. */
function seen(...readings: readonly (readonly [seconds: number, work: Work])[]): History {
  const history = createHistory();
  for (const [seconds, work] of readings) history.learn(work, at(seconds).getTime());
  return history;
}

/** A task created at the beginning, of which so many jobs are in these states. */
function tiles(counts: Readonly<Record<string, number>>): ReturnType<typeof task> {
  const statuses = Object.entries(counts).flatMap(([status, amount]) =>
    Array<string>(amount).fill(status)
  );
  return { ...task("running"), created: at(0), jobs: jobs(...statuses) };
}

test("frameBlocks() leads with a task's figures, and tells its own time last", () => {
  const before = tiles({ finished: 11, running: 5, queued: 24 });
  const value = tiles({ finished: 12, failed: 1, running: 3, queued: 24 });
  const history = seen([10, before], [70, value]);
  const state = frame({
    subject: TASK,
    history,
    snapshot: snapshot({ ...value, created: at(-92) }, { expectedJobs: 42 }),
  });
  const [title, figures = "", more = ""] = linesOf(state);
  assertEquals(title, "Task 7  Latium");
  assertMatch(
    `${figures} ${more}`,
    /^█+✗▓+▒+·+ {2}12 of 42 jobs finished · ✗ 1 failed · 3 running · 24 queued · 2 not made yet · 3 min 12 s · about \d+ min left/,
  );
  assertEquals(
    linesOf(state).at(-1),
    "35 more not listed · vegetation-index on processes.example.test · as of 2026-11-23 15:41:40 UTC",
  );
  assertEquals(textOf(state).includes("%"), false);
});

test("frameBlocks() says of a job how long it has been so, by its own times", () => {
  const state = (changes: Partial<ProcessingJob>, history: History = createHistory()) =>
    linesOf(frame({ history, snapshot: snapshot(job(changes)) })).slice(0, 2);
  const [created, updated] = [at(-3_600), at(-3_500)];
  assertEquals(state({ status: "running", created, updated }), [
    "Job 42  ◐ running  Vegetation index",
    "running for 1 h · created 1 h 1 min ago",
  ]);
  const queued = job({ status: "queued" });
  const running = job({ status: "running" });
  assertEquals(state({ status: "running", created, updated }, seen([1, queued], [11, running])), [
    "Job 42  ◐ running  Vegetation index",
    "running for 1 min 29 s · created 1 h 1 min ago",
  ]);
  assertEquals(state({ created: at(88), updated: at(88) })[1], "created 12 s ago");
  const took = { status: "finished", created: at(-3_600), updated: at(-3_500) };
  assertEquals(state(took)[1], "took 1 min 40 s");
});

test("frameBlocks() says what it waits for before anything is known", () => {
  assertEquals(linesOf(frame()), [
    "Asking about job 42 for 1 min 40 s",
    "As of 2026-11-23 15:41:40 UTC",
  ]);
  assertEquals(
    linesOf(frame({ subject: { kind: "list" } }))[0],
    "Asking about all work for 1 min 40 s",
  );
});

test("frameBlocks() says what stands in the way before anything is known, too", () => {
  const state = frame({ problem: "the service cannot be reached: connection refused" });
  assertStringIncludes(textOf(state), "! The service cannot be reached: connection refused");
  assertEquals(
    frameLine(state),
    "job 42: nothing learned yet · 1 min 40 s · the service cannot be reached: connection refused",
  );
  assertEquals(frameKey(state) === frameKey(frame()), false);
});

test("frameBlocks() says so when there has been no news for long", () => {
  const footer = (at: Date) =>
    linesOf(frame({ snapshot: { ...snapshot(job({ status: "running" })), at } })).at(-1);
  const end = "vegetation-index on processes.example.test · as of 2026-11-23 15:41:40 UTC";
  assertEquals(footer(at(95)), end);
  assertEquals(footer(at(40)), `${end}, without news for 1 min`);
});

test("frameBlocks() is plainly over once the work is, and says what to do next", () => {
  const over = (...statuses: readonly string[]) =>
    textOf(frame({
      subject: TASK,
      snapshot: snapshot({ ...task("finished", ...statuses), created: at(0), updated: at(60) }, {
        done: true,
        expectedJobs: statuses.length,
      }),
    }));
  const good = over("finished", "finished");
  assertStringIncludes(good, "Task 7  ✓ finished  Latium");
  assertStringIncludes(good, "2 of 2 jobs finished · took 1 min");
  assertEquals(good.includes("as of"), false);
  assertStringIncludes(good, "last asked 2026-11-23 15:41:35 UTC");
  assertEquals(good.includes("retryFailed"), false);
  const mixed = over("finished", "failed");
  assertStringIncludes(mixed, "Task 7  ended, not all finished  Latium");
  assertStringIncludes(mixed, "Make again what failed: await retryFailed(client, 7, { format })");
  assertStringIncludes(over("failed", "failed"), "Task 7  ✗ failed  Latium");
  const finished = textOf(
    frame({ snapshot: snapshot(job({ status: "finished" }), { done: true }) }),
  );
  assertStringIncludes(finished, "await client.unitJobs.results(42)");
  const failed = textOf(frame({ snapshot: snapshot(job({ status: "failed" }), { done: true }) }));
  assertStringIncludes(failed, "! The platform says that this job failed.");
});

test("frameBlocks() gives no advice while it follows", () => {
  const statuses = ["created", "queued", "running", "unknown"];
  for (const status of statuses) {
    const text = textOf(frame({ snapshot: snapshot(job({ status })) }));
    assertEquals(text.includes("await"), false, text);
  }
});

test("frameBlocks() guesses no time once nobody watches any more", () => {
  const state = frame({
    subject: TASK,
    snapshot: snapshot(tiles({ finished: 3, running: 9 }), { expectedJobs: 12 }),
  });
  assertStringIncludes(textOf(state), " left");
  assertEquals(textOf({ ...state, end: { kind: "stopped" } }).includes(" left"), false);
});

test("frameBlocks() puts what stands in the way above the map, and the rows below it", () => {
  const map = { kind: "note", tone: "plain", lines: ["the map"] } as const;
  const text = textOf(frame({
    map,
    subject: TASK,
    snapshot: snapshot(task("running", "running"), { problem: "the connection was lost" }),
  }));
  const at = ["Task 7", "0 of 1 job", "! The connection was lost", "the map", "In this state"]
    .map((part) => text.indexOf(part));
  assertEquals(at, at.toSorted((a, b) => a - b), text);
  assertEquals(at[0], 0);
});

test("frameBlocks() holds the error's words beside what was known, in place of the problem", () => {
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
  assertStringIncludes(text, "! Cannot watch unit job 42 any more: it was deleted meanwhile");
  assertStringIncludes(text, "What to do: look for it on the platform");
  assertEquals(text.includes("the connection was lost"), false);
  assertStringIncludes(frameLine(state), "Cannot watch unit job 42 any more: it was deleted");
});

test("frameLine() says in one line what the frame shows, and leaves what is to be copied below", () => {
  const value = tiles({ finished: 2, running: 1 });
  const problem = "the connection was lost; reconnecting";
  const state = frame({ subject: TASK, snapshot: snapshot(value, { expectedJobs: 12, problem }) });
  assertEquals(
    frameLine(state),
    `task 7: 2 of 12 jobs finished · 1 running · 9 not made yet · 1 min 40 s · ${problem}`,
  );
  assertEquals(frameAfterwords(state), []);
  assertEquals(frameLine(frame()), "job 42: nothing learned yet · 1 min 40 s");
  const stopped = frame({
    snapshot: snapshot(job({ status: "running", created: at(0), updated: at(0) })),
    end: { kind: "stopped" },
  });
  assertEquals(
    frameLine(stopped),
    "job 42: running · created 1 min 40 s ago · stopped watching: job 42 is still running",
  );
  assertEquals(frameAfterwords(stopped), [
    "Take it up again with await follow(client.unitJobs.watch(42))",
  ]);
});

test("frameLead() is the bar of many, and the sign of one", () => {
  const lead = (value: Work) => frameLead(frame({ snapshot: snapshot(value) }));
  assertEquals(lead(tiles({ finished: 3, failed: 1 })), [
    { text: "█".repeat(18), badge: "#1a7f37" },
    { text: "✗".repeat(6), badge: "#b42318" },
  ]);
  assertEquals(lead(job({ status: "running" })), [{ text: "◐", badge: "#0b5cad" }]);
  assertEquals(frameLead(frame()), []);
});

test("frameKey() changes with what is said, not with the clock", () => {
  const state = frame({ snapshot: snapshot(job({ status: "running" })) });
  const key = frameKey(state);
  assertEquals(frameKey({ ...state, now: at(500) }), key);
  const others: FrameState[] = [
    frame(),
    { ...state, snapshot: snapshot(job({ status: "queued" })) },
    { ...state, problem: "lost" },
    { ...state, end: { kind: "stopped" } },
  ];
  assertEquals(new Set([key, ...others.map(frameKey)]).size, 5);
});

test("a frame is small, however many tiles there are", async () => {
  const polders = { corner: [3.2, 50.9], columns: 25, rows: 20, size: 20_000 } as const;
  const tiles = taskOver(gridTiles(polders));
  const value = { ...task("running"), jobs: tiles.jobs };
  const paint = createPainter();
  const map = await paint(value, { compact: true });
  assert(map !== undefined);
  const history = seen([0, value], [60, value]);
  const state = { subject: TASK, map, history };
  const bundle = bundleOf(
    displayable(() =>
      frameBlocks(frame({ ...state, snapshot: snapshot(value, { expectedJobs: 500 }) }))
    ),
  );
  const size = Object.values(bundle).reduce((sum, text) => sum + text.length, 0);
  assertEquals(JSON.stringify(bundle).split("data:image/").length, 2, "the picture is in it once");
  assert(size <= 40_000, `${size} bytes`);
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
