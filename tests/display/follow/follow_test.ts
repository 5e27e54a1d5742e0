import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { follow } from "../../../src/display/follow/follow.ts";
import { notebookScreen } from "../../../src/display/follow/screen.ts";
import type { ProcessingJob } from "../../../src/models/jobs.ts";
import type { JobsStatusResponse } from "../../../src/models/jobs_status.ts";
import type { UpscalingTask } from "../../../src/models/upscaling.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { job, task } from "../views.ts";
import { fakeKernel, fakeScreen, fakeWatch, pass, turn } from "./watching.ts";

test("follow() shows changes at once, but no two frames within a second", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const following = follow(watch, { screen, clock });
  await turn();
  assertEquals(screen.texts.length, 0, "Nothing is known yet");
  watch.tell(job({ status: "created" }));
  await turn();
  assertEquals(screen.texts.length, 1);
  for (const status of ["queued", "running"]) watch.tell(job({ status }));
  clock.advance(999);
  await turn();
  assertEquals(screen.texts.length, 1);
  clock.advance(1);
  await turn();
  assertEquals(screen.texts.map((text) => text.split("\n")[0]), [
    "Job 42  ○ created  Vegetation index",
    "Job 42  ◐ running  Vegetation index",
  ]);
  watch.finish(job({ status: "finished" }));
  await following;
});

test("follow() shows that it asks when nothing is learned within a second", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const following = follow(watch, { screen, clock });
  await pass(clock, 1);
  assertEquals(screen.texts, ["Asking about job 42 for 1 s\nAs of 1970-01-01 00:00:01 UTC"]);
  watch.finish(job());
  await following;
});

test("follow() ticks every second, though nothing changes", async () => {
  const [watch, screen] = [fakeWatch<ProcessingJob>(), fakeScreen()];
  const clock = manualClock(Date.parse("2026-11-23T15:40:02Z"));
  const following = follow(watch, { screen, clock });
  watch.tell(job({ status: "running" }));
  await turn();
  assertEquals(screen.texts.length, 1);
  await pass(clock, 3);
  assertEquals(screen.texts.map((text) => text.split("\n")[1]), [
    "running for 0 s · created 1 min 41 s ago",
    "running for 1 s · created 1 min 42 s ago",
    "running for 2 s · created 1 min 43 s ago",
    "running for 3 s · created 1 min 44 s ago",
  ]);
  watch.finish(job());
  await following;
});

test("follow() writes into a log when something changes, and never for the clock", async () => {
  const [watch, clock] = [fakeWatch<ProcessingJob>(), manualClock()];
  const screen = fakeScreen({ redraws: false });
  const following = follow(watch, { screen, clock });
  for (const status of ["queued", "running"]) {
    watch.tell(job({ status }));
    await turn();
    watch.tell(job({ status }));
    await pass(clock, 20);
  }
  watch.finish(job({ status: "finished" }));
  await following;
  assertEquals(screen.lines, [
    "job 42: queued · created 0 s ago",
    "job 42: running for 1 s · created 0 s ago",
    "job 42: finished · took 1 min 41 s",
  ]);
});

test("follow() shows a lost connection as such, not as a failed job", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const following = follow(watch, { screen, clock });
  const running = job({ status: "running" });
  watch.tell(running);
  await turn();
  watch.tell(running, { problem: "the connection was lost; reconnecting" });
  await pass(clock, 1);
  const [, troubled = ""] = screen.texts;
  assertStringIncludes(troubled, "Job 42  ◐ running");
  assertStringIncludes(troubled, "! The connection was lost; reconnecting");
  assertEquals(/fail/i.test(troubled), false);
  watch.tell(running);
  await pass(clock, 1);
  assertEquals(screen.texts[2]?.includes("reconnecting"), false);
  watch.finish(job());
  await following;
});

test("follow() shows what stands in the way before anything is known", async () => {
  const [watch, screen, clock] = [fakeWatch<ProcessingJob>(), fakeScreen(), manualClock()];
  const following = follow(watch, { screen, clock });
  watch.trouble("the service cannot be reached: connection refused");
  await turn();
  assertEquals(screen.texts.length, 1, "It waits for nothing else");
  assertStringIncludes(screen.texts[0] ?? "", "! The service cannot be reached");
  watch.trouble(undefined);
  watch.tell(job({ status: "running" }));
  await turn();
  await pass(clock, 1);
  assertEquals(screen.texts.at(-1)?.includes("reached"), false);
  watch.finish(job());
  await following;
});

test("follow() keeps one output for each call, however many run at once", async () => {
  const kernel = fakeKernel();
  const watches = [1, 2, 3].map((id) => fakeWatch<ProcessingJob>({ kind: "job", id }));
  const clock = manualClock();
  const following = Promise.all(
    watches.map((watch) => follow(watch, { screen: notebookScreen(kernel), clock, map: false })),
  );
  for (const status of ["queued", "running"]) {
    for (const [at, watch] of watches.entries()) watch.tell(job({ id: at + 1, status }));
    await pass(clock, 1);
  }
  for (const [at, watch] of watches.entries()) {
    watch.finish(job({ id: at + 1, status: "finished" }));
  }
  const last = await following;
  assertEquals(last.map((snapshot) => snapshot?.value.id), [1, 2, 3]);

  const byId = Map.groupBy(kernel.messages, ({ id }) => id);
  assertEquals(byId.size, 3);
  for (const [id, messages] of byId) {
    assert(typeof id === "string" && id !== "");
    assertEquals(messages.map(({ type }) => type), [
      "display_data",
      "update_display_data",
      "update_display_data",
    ]);
    const texts = messages.map(({ bundle }) => String(bundle["text/plain"]).split("\n")[0]);
    assertEquals(new Set(texts.map((text) => text?.split("  ")[0])).size, 1);
    assertStringIncludes(texts[2] ?? "", "✓ finished");
  }
});

test("follow() draws the map when the value changes, and only where it can be seen", async () => {
  const clock = manualClock();
  let read = 0;
  const placed = (status: string): ProcessingJob => ({
    ...job({ status }),
    get parameters() {
      read++;
      return { spatial_extent: { west: 3, south: 50, east: 4, north: 51 } };
    },
  });
  const readBy = async (pictures: boolean, map: boolean) => {
    const watch = fakeWatch<ProcessingJob>();
    const frames: string[] = [];
    // Frames that nobody looks at: what is read now is read by the map.
    const screen = {
      redraws: true,
      pictures,
      show: ({ line }: { line: string }) => Promise.resolve(void frames.push(line)),
      close: () => Promise.resolve(),
    };
    const before = read;
    const counts: number[] = [];
    const following = follow(watch, { screen, clock, map });
    const shown = async (frame: number) => {
      while (frames.length < frame) await turn();
      counts.push(read - before);
    };
    watch.tell(placed("queued"));
    await shown(1);
    await pass(clock, 1);
    await shown(2);
    watch.tell(placed("running"));
    await turn();
    await pass(clock, 1);
    await shown(3);
    watch.finish(placed("finished"));
    await following;
    await shown(4);
    return counts;
  };
  const [first = 0, second, third = 0, fourth = 0] = await readBy(true, true);
  assert(first > 0);
  assertEquals(second, first);
  assertEquals([third, fourth], [2 * first, 3 * first]);
  assertEquals(await readBy(false, true), [0, 0, 0, 0]);
  assertEquals(await readBy(true, false), [0, 0, 0, 0]);
});

test("follow() puts the map into the frame, and keeps it there", async () => {
  const kernel = fakeKernel();
  const [watch, clock] = [fakeWatch<ProcessingJob>(), manualClock()];
  const following = follow(watch, { screen: notebookScreen(kernel), clock });
  watch.tell(job({ status: "running" }));
  while (kernel.messages.length < 1) await turn();
  await pass(clock, 1);
  watch.finish(job({ status: "finished" }));
  await following;
  const pictures = kernel.messages.map(({ bundle }) =>
    String(bundle["text/html"]).match(/<img alt="([^"]*)" src="data:image\/svg/)?.[1]
  );
  const where = "12°E to 13°E, 41°N to 42°N";
  assertEquals(pictures, [
    `1 job: 1 running; ${where}`,
    `1 job: 1 running; ${where}`,
    `1 job: 1 finished; ${where}`,
  ]);
});

test("follow() tells how far a task is, and of a list how much is under way", async () => {
  const jobs = ["finished", "finished", "running", "failed"];
  const [tasks, lists] = [
    fakeWatch<UpscalingTask>({ kind: "task", id: 7 }),
    fakeWatch<JobsStatusResponse>({ kind: "list" }),
  ];
  const [screen, clock] = [fakeScreen({ redraws: false }), manualClock()];
  const following = follow(tasks, { screen, clock });
  tasks.tell(task("running", ...jobs), { expectedJobs: 40 });
  await turn();
  tasks.finish(task("finished", ...jobs), { expectedJobs: 4 });
  await following;
  const list = { upscaling_tasks: [task("running")], processing_jobs: [job()] };
  lists.finish(list);
  await follow(lists, { screen, clock });
  assertEquals(screen.lines, [
    "task 7: 2 of 40 jobs finished · 1 failed · 1 running · 36 not made yet · 0 s",
    "task 7: 2 of 4 jobs finished · 1 failed · 1 running · took 1 min 41 s",
    "all work: 0 of 2 ended · 1 running · 1 created",
  ]);
});
