/**
 * Stops itself as Ctrl+C would, for tests: a program of its own, because a signal goes to the whole process.
 *
 * @module
 */
import { follow } from "../../../src/display/follow/follow.ts";
import { notebookScreen, showNow } from "../../../src/display/follow/screen.ts";
import { onStop } from "../../../src/display/follow/stop.ts";
import { displayable } from "../../../src/display/render/displayable.ts";
import type { ProcessingJob } from "../../../src/models/jobs.ts";
import type { UpscalingTask } from "../../../src/models/upscaling.ts";
import { job, task } from "../views.ts";
import { fakeKernel, fakeWatch } from "./watching.ts";

const interrupt = () => Deno.kill(Deno.pid, "SIGINT");

/** A job of which there has been no news since it was created: its two ages are one, whatever time it is. */
function unchanged(status: string): ProcessingJob {
  return job({ status, updated: job().created });
}

/** Waits until somebody loops over it. */
async function watched(watch: { readonly open: number }): Promise<void> {
  while (watch.open === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

const SCENES: Readonly<Record<string, () => Promise<void>>> = {
  async job() {
    const watch = fakeWatch<ProcessingJob>();
    const following = follow(watch);
    await watched(watch);
    watch.tell(unchanged("running"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    interrupt();
    console.log("last", (await following)?.value.status, watch.open);
    const again = fakeWatch<ProcessingJob>();
    again.finish(job({ status: "finished" }));
    console.log("again", (await follow(again))?.value.status);
  },
  async nothing() {
    const watch = fakeWatch<ProcessingJob>();
    const following = follow(watch);
    await watched(watch);
    interrupt();
    console.log("last", await following);
  },
  async two() {
    const [one, other] = [
      fakeWatch<ProcessingJob>(),
      fakeWatch<UpscalingTask>({ kind: "task", id: 7 }),
    ];
    const following = Promise.all([follow(one), follow(other)]);
    await Promise.all([watched(one), watched(other)]);
    one.tell(unchanged("queued"));
    other.tell(task("running", "finished", "running"), { expectedJobs: 12 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    interrupt();
    console.log("last", (await following).length);
  },
  async kernel() {
    const kernel = fakeKernel();
    const watch = fakeWatch<ProcessingJob>();
    const following = follow(watch, { screen: notebookScreen(kernel), map: false });
    await watched(watch);
    watch.tell(unchanged("running"), { problem: "the connection was lost; reconnecting" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    interrupt();
    await following;
    console.log(kernel.messages.map(({ type }) => type).join(" "));
  },
  async released() {
    const watch = fakeWatch<ProcessingJob>();
    watch.finish(unchanged("created"));
    await follow(watch);
    interrupt();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    console.log("still here");
  },
  async listener() {
    let calls = 0;
    const release = onStop(() => calls++);
    const other = onStop(() => calls++);
    // Signals that come before one was seen to are one: each is waited for.
    const called = async (times: number) => {
      while (calls < times) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    interrupt();
    await called(2);
    release();
    interrupt();
    await called(3);
    other();
    console.log("calls", calls);
    interrupt();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    console.log("still here");
  },
  async show() {
    await showNow(
      displayable(() => [{ kind: "note", tone: "warning", lines: ["A \x1b[31mremark"] }]),
    );
  },
};

await SCENES[Deno.args[0] ?? ""]?.();
