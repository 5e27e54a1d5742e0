// Tasks of which a reading takes long, because the service asks the platform about every job.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { AuthenticatedClient, TimeoutError } from "../../../mod.ts";
import type { Snapshot } from "../../../src/models/snapshot.ts";
import type { UpscalingTask } from "../../../src/models/upscaling.ts";
import { failureOf, problems, until } from "../../live/support.ts";
import { manualClock } from "../../support/clock.ts";
import { jobSummary } from "../../support/requests.ts";
import { test } from "../../support/test.ts";

const JOBS = 1_000;

/** How long the service takes to ask a platform about one job, in milliseconds. */
const ONE_JOB = 1_400;

/** A service with a task of a thousand jobs, which asks about each that is open before it answers. */
function largeService() {
  const clock = manualClock(Date.parse("2026-11-23T15:15:00Z"));
  const state = { ended: 0, asking: 0, most: 0, questions: 0 };
  const task = () => ({
    ...jobSummary(7, "running"),
    created: "2026-11-23T15:15:00",
    updated: "2026-11-23T15:15:00",
    jobs: Array.from(
      { length: JOBS },
      (_, index) => jobSummary(index + 1, index < state.ended ? "finished" : "running"),
    ),
  });
  const read = async () => {
    state.questions++;
    state.most = Math.max(state.most, ++state.asking);
    await clock.sleep((JOBS - state.ended) * ONE_JOB);
    state.asking--;
    state.ended = Math.min(JOBS, state.ended + 350);
    return JSON.stringify(task());
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    if (request.headers.get("upgrade") !== "websocket") return new Response(await read());
    const { socket, response } = Deno.upgradeWebSocket(request);
    const send = (type: string, data = "null") =>
      socket.send(`{"type":"${type}","data":${data},"message":null}`);
    socket.onopen = async () => {
      send("init");
      while (socket.readyState === WebSocket.OPEN) {
        send("loading");
        const data = await read();
        if (socket.readyState === WebSocket.OPEN) send("status", data);
        await clock.sleep(10_000);
      }
    };
    return response;
  });
  const client = new AuthenticatedClient({
    baseUrl: `http://127.0.0.1:${server.addr.port}`,
    token: "t0ken",
    clock,
    random: () => 1,
  });
  return { clock, state, client, [Symbol.asyncDispose]: () => server.shutdown() };
}

for (const socket of [false, true]) {
  for (const expectedJobs of [JOBS, undefined]) {
    const how = `${socket ? "socket" : "asking"}, ${expectedJobs ?? "an unknown number of"} jobs`;
    test(`upscaleTasks.watch() sees a thousand slow jobs to their end (${how})`, async () => {
      await using on = largeService();
      const seen: Snapshot<UpscalingTask>[] = [];
      const told: (string | undefined)[] = [];
      const watched = (async () => {
        const onProblem = (problem: string | undefined) => void told.push(problem);
        const watch = on.client.upscaleTasks.watch(7, { socket, expectedJobs, onProblem });
        for await (const snapshot of watch) seen.push(snapshot);
      })();
      let over = false;
      watched.then(() => over = true, () => over = true);
      await until(() => {
        on.clock.advance(2_000);
        return over;
      });
      await watched;
      // Whatever still waits in the service is let go.
      on.clock.advance(1e7);
      assertEquals(seen.at(-1)?.done, true);
      assertEquals(seen.at(-1)?.value.jobs.every(({ status }) => status === "finished"), true);
      // One question after the other, and no more than there were snapshots to be had.
      assertEquals(on.state.most, 1);
      assert(on.state.questions <= 8, `${on.state.questions} questions`);
      // Before the first snapshot somebody is told what is waited for, and why; nothing is ever wrong.
      const [first = "", ...others] = told.filter((each) => each !== undefined);
      assertStringIncludes(first, "waiting for an answer: the service asks the platform about");
      if (expectedJobs !== undefined) {
        assertStringIncludes(
          first,
          "each of 1000 jobs, one after the other, which can take 23 min",
        );
      }
      assert(others.every((each) => each.startsWith("waiting for an answer")), others.join("\n"));
      assertEquals(problems(seen.slice(-1)), []);
    });
  }
}

test("upscaleTasks.get() has half an hour, and is not asked again when that is over", async () => {
  await using on = largeService();
  const slow = Array.from({ length: 2_000 }, () => jobSummary());
  const whole: { readonly id: number } = Object.assign({ id: 7 }, { jobs: slow });
  for (const [target, limit] of [[7, 1_800_000], [whole, 6_120_000]] as const) {
    const before = on.state.questions;
    on.state.ended = -10_000;
    const asked = failureOf(on.client.upscaleTasks.get(target), TimeoutError);
    await until(() => on.state.questions === before + 1);
    const begin = on.clock.now();
    let over = false;
    asked.then(() => over = true);
    await until(() => {
      on.clock.advance(10_000);
      return over;
    });
    const { message } = await asked;
    assertStringIncludes(message, `within ${limit / 1000} s`);
    assertStringIncludes(message, "it takes the longer the more jobs it is about");
    assert(on.clock.now() - begin >= limit);
    assertEquals(on.state.questions, before + 1);
    on.clock.advance(1e9);
  }
});
