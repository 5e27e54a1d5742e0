import { assert, assertEquals } from "@std/assert";
import { createHistory } from "../../../../src/display/follow/frame/work.ts";
import { rowsBlock, rowsOf } from "../../../../src/display/follow/frame/rows.ts";
import { displayable } from "../../../../src/display/render/displayable.ts";
import { test } from "../../../support/test.ts";
import { job, jobs, task } from "../../views.ts";

const MINUTE = 60_000;

/** A task of which the jobs were in these states, and a minute later in those. */
function changed(before: readonly string[], after: readonly string[]) {
  const history = createHistory();
  history.learn(task("running", ...before), 0);
  const work = task("running", ...after);
  history.learn(work, MINUTE);
  return { history, work };
}

test("rowsOf() picks what failed, runs, or has just ended", () => {
  const { history, work } = changed(
    ["finished", "running", "running", "running", "queued"],
    ["finished", "finished", "failed", "running", "queued"],
  );
  const shown = (now: number, over = false) =>
    rowsOf(work, { now, history, over }).shown.map(({ id }) => id);
  assertEquals(shown(MINUTE + 1_000), [3, 4, 2]);
  assertEquals(rowsOf(work, { now: MINUTE, history, over: false }).hidden, 2);
  // What ended a while ago is no news, nor is it once all is over.
  assertEquals(shown(2 * MINUTE), [3, 4]);
  assertEquals(shown(MINUTE, true), [3, 4]);
});

test("rowsOf() gives each group its share of six rows, the latest first", () => {
  const { history, work } = changed(
    [...Array(40).fill("running")],
    [...Array(10).fill("failed"), ...Array(10).fill("finished"), ...Array(20).fill("running")],
  );
  const { shown, hidden } = rowsOf(work, { now: MINUTE, history, over: false });
  assertEquals(shown.map(({ id, status }) => `${id} ${status}`), [
    "10 failed",
    "9 failed",
    "40 running",
    "39 running",
    "20 finished",
    "19 finished",
  ]);
  assertEquals(hidden, 34);
  const few = changed(["running", ...Array(20).fill("running")], [
    "failed",
    ...Array(20).fill("running"),
  ]);
  assertEquals(
    rowsOf(few.work, { now: MINUTE, history: few.history, over: false }).shown.map(({ status }) =>
      status
    ),
    ["failed", ...Array(5).fill("running")],
  );
});

test("rowsOf() leaves old failures out of the list of all work", () => {
  const history = createHistory();
  const list = (...statuses: readonly string[]) => ({
    upscaling_tasks: [],
    processing_jobs: jobs(...statuses),
  });
  history.learn(list("failed", "running"), 0);
  const work = list("failed", "failed");
  history.learn(work, MINUTE);
  assertEquals(
    rowsOf(work, { now: MINUTE, history, over: false }).shown.map(({ id }) => id),
    [2],
  );
});

test("rowsBlock() tells where, and for how long", () => {
  const history = createHistory();
  const place = (west: number) => ({
    spatial_extent: { west, south: 51, east: west + 1, north: 52 },
  });
  const at = (first: string, second: string) => ({
    ...task("running"),
    jobs: [
      job({ id: 8, title: "Latium - Processing Job 1", status: first, parameters: place(3) }),
      job({ id: 9, title: "Latium - Processing Job 2", status: second, parameters: place(4) }),
    ],
  });
  history.learn(at("failed", "queued"), 0);
  const work = at("failed", "running");
  history.learn(work, MINUTE);
  const options = { now: 3 * MINUTE, history, over: false };
  assertEquals(
    String(displayable(() => rowsBlock(rowsOf(work, options), work, options))).split("\n"),
    [
      "Job  Status     No.  Where           In this state",
      "───  ─────────  ───  ──────────────  ─────────────",
      "  8  ✗ failed     1  3, 51 to 4, 52         before",
      "  9  ◐ running    2  4, 51 to 5, 52          2 min",
      "",
      "Why a job failed is in the platform's own log; the service tells no reason.",
    ],
  );
  const over = { ...options, over: true };
  const text = String(displayable(() => rowsBlock(rowsOf(work, over), work, over)));
  assertEquals(text.includes("In this state"), false, "Once all is over, ages only grow");
});

test("rowsBlock() tells parameters where no place is known, and titles that are not the task's", () => {
  const history = createHistory();
  const work = {
    ...task("running"),
    jobs: [job({ id: 8, title: "Other", status: "running", parameters: { resolution: 10 } })],
  };
  history.learn(work, 0);
  const options = { now: MINUTE, history, over: false };
  const text = String(displayable(() => rowsBlock(rowsOf(work, options), work, options)));
  assert(/Title +Parameters/.test(text), text);
  assert(/Other +resolution 10 +1 min or more/.test(text), text);
  assertEquals(rowsBlock({ shown: [], hidden: 3 }, work, options), []);
});

test("rowsBlock() says what is known of why jobs failed", () => {
  const told = (...statuses: readonly string[]) => {
    const work = task("running", ...statuses);
    const history = createHistory();
    history.learn(work, 0);
    const options = { now: MINUTE, history, over: false };
    return String(displayable(() => rowsBlock(rowsOf(work, options), work, options))).split(
      "\n\n",
    )[1];
  };
  const log = "Why a job failed is in the platform's own log; the service tells no reason.";
  const account =
    "No job has got through: is your account linked to the platform? The service tells no reason.";
  assertEquals(told("running", "queued"), undefined);
  assertEquals(told("failed", "running"), log);
  assertEquals(told("failed", "failed", "finished"), log);
  assertEquals(told("failed"), log);
  assertEquals(told("failed", "failed", "queued"), account);
});
