import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { jupyterDisplay } from "../../../src/display/render/displayable.ts";
import { follow } from "../../../src/display/follow/follow.ts";
import type { ProcessingJob } from "../../../src/models/jobs.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { job } from "../views.ts";
import { fakeScreen, fakeWatch, pass, turn } from "./watching.ts";

test("follow() shows the last frame exactly once", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const following = follow(watch, { screen, clock });
  watch.tell(job({ status: "running" }));
  await turn();
  watch.finish(job({ status: "finished" }));
  const last = await following;
  assertEquals(last?.value.status, "finished");
  assertEquals(screen.lines, [
    "job 42: running · created 0 s ago",
    "job 42: finished · took 1 min 41 s",
  ]);
  assertEquals(screen.closed, 1);
  assertEquals([watch.open, clock.waiting], [0, 0]);
});

test("follow() needs one frame for work that has ended already", async () => {
  const [watch, screen] = [fakeWatch<ProcessingJob>(), fakeScreen()];
  watch.finish(job({ status: "failed" }));
  await follow(watch, { screen, clock: manualClock() });
  assertEquals(screen.texts.length, 1);
  assertStringIncludes(screen.texts[0] ?? "", "The platform says that this job failed.");
});

test("follow() returns the last snapshot: silent at the end of its own cell, a frame wherever it is typed", async () => {
  const watch = fakeWatch<ProcessingJob>();
  watch.finish(job({ status: "finished" }));
  const last = await follow(watch, { screen: fakeScreen(), clock: manualClock() });
  assertEquals(last, {
    value: job({ status: "finished" }),
    at: new Date(0),
    via: "socket",
    done: true,
  });
  assertEquals(Object.keys(last ?? {}), ["at", "via", "value", "done"]);
  const show = () => Object.getOwnPropertyDescriptor(last, jupyterDisplay)?.value();
  assertEquals(show(), {});
  assertStringIncludes(show()["text/plain"], "Job 42  ✓ finished  Vegetation index");
  assertStringIncludes(show()["text/html"], "<strong>Job 42</strong>");
});

test("follow() shows an error in the last frame, and rejects with it", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const error = new Error(
    "Cannot watch unit job 42: the service answered 404 JOB_NOT_FOUND: Job 42 not found\n" +
      "  What to do: look for it on the platform\n  Request id: r-7",
  );
  const following = follow(watch, { screen, clock });
  watch.tell(job({ status: "running" }));
  await turn();
  watch.fail(error);
  assertEquals(await assertRejects(() => following), error);
  assertEquals(screen.texts.length, 2);
  const [, last = ""] = screen.texts;
  assertStringIncludes(last, "◐ running");
  assertStringIncludes(last, "! Cannot watch unit job 42: the service answered 404 JOB_NOT_FOUND");
  assertStringIncludes(last, "Job 42 not found");
  assertStringIncludes(last, "What to do: look for it on the platform");
  assertStringIncludes(last, "Request id: r-7");
  assertEquals([screen.closed, watch.open, clock.waiting], [1, 0, 0]);
});

test("follow() rejects with the reason of the caller's signal, and the frame says how to go on", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const reason = new Error("enough");
  const giving = new AbortController();
  const following = follow(watch, { screen, clock, signal: giving.signal });
  watch.tell(job({ status: "running" }));
  await turn();
  giving.abort(reason);
  assertEquals(await assertRejects(() => following), reason);
  const last = screen.texts.at(-1) ?? "";
  assertStringIncludes(last, ": job 42 is still running");
  assertStringIncludes(last, "Take it up again with await follow(client.unitJobs.watch(42))");
  assertEquals(last.includes("enough"), false);
  assertEquals([screen.closed, watch.open, clock.waiting], [1, 0, 0]);
});

test("follow() does not begin when its signal has aborted", async () => {
  const [watch, screen] = [fakeWatch<ProcessingJob>(), fakeScreen()];
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => follow(watch, { screen, signal }), Error, "enough");
  assertEquals([screen.texts.length, screen.closed, watch.open], [0, 0, 0]);
});

test("follow() takes an abort of the watch's own signal for a stop, and rejects with it", async () => {
  const [watch, screen] = [fakeWatch<ProcessingJob>(), fakeScreen()];
  const own = new AbortController();
  const following = follow(watch.until(own.signal), { screen, clock: manualClock() });
  await turn();
  own.abort();
  await assertRejects(() => following, DOMException, "aborted");
  assertStringIncludes(screen.texts.at(-1) ?? "", ": job 42 goes on");
});

test("follow() loses no result to a screen that fails", async () => {
  const failures = [
    () => Promise.reject(new Error("gone")),
    (): Promise<void> => {
      throw new Error("gone at once");
    },
  ];
  for (const fail of failures) {
    const [watch, clock] = [fakeWatch<ProcessingJob>(), manualClock()];
    const screen = { redraws: true, pictures: true, show: fail, close: fail };
    const following = follow(watch, { screen, clock, map: false });
    watch.tell(job({ status: "running" }));
    await pass(clock, 20);
    watch.finish(job({ status: "finished" }));
    assertEquals((await following)?.value.status, "finished");
    assertEquals([watch.open, clock.waiting], [0, 0]);
  }
});
