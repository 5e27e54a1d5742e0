import { assert, assertEquals, assertRejects } from "@std/assert";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";
import { listen, nextTypes } from "../listen.ts";
import { at, listAt, send, stage, TASK, TUTORIAL } from "../support.ts";

const JOBS = "/ws/jobs_status?token=<token>";

test("restart() drops every connection and comes back with all it knew", async () => {
  await using on = stage();
  const { sandbox, clock } = on;
  await send(sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const streams = [listen(sandbox, JOBS), listen(sandbox, JOBS)];
  for (const stream of streams) await nextTypes(stream, 3);
  sandbox.faults.set("health", { latency: 60_000, times: 1 });
  // What fetch does with a call that is dropped is its own matter: it may send it again. A socket does not.
  const connection = await Deno.connect({ port: Number(new URL(sandbox.url).port) });
  await connection.write(new TextEncoder().encode("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"));
  const reached = () => sandbox.requests.some(({ operation }) => operation === "health");
  while (!reached()) await send(sandbox, "GET /jobs_status");

  const { url } = sandbox;
  await sandbox.restart();
  assertEquals(await answered(connection), false);
  connection.close();
  for (const stream of streams) assertEquals((await stream.closed).wasClean, false);
  assertEquals(sandbox.streams.map(({ end }) => end?.by), ["loss", "loss"]);
  assertEquals([sandbox.url, clock.waiting], [url, 0]);
  assertEquals((await send(sandbox, "GET /unit_jobs/1")).status, 200);
  const again = listen(sandbox, JOBS);
  assertEquals(await nextTypes(again, 3), ["init", "loading", "status"]);
});

test("restart() loses the jobs of tasks that were still to be made", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(1000);
  await on.sandbox.restart();
  on.clock.advance(60_000);
  const { body } = await send(on.sandbox, "GET /upscale_tasks/1");
  assertEquals([listAt(body, "jobs").length, at(body, "status")], [2, "finished"]);
});

test("restart() stays away for a while if asked, unless the sandbox is closed meanwhile", async () => {
  const on = stage();
  using before = bell(58);
  await on.sandbox.restart({ downtime: 60 });
  assert(before.rung);
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);

  await Promise.all([on.sandbox.restart(), on.sandbox.restart()]);
  assertEquals((await send(on.sandbox, "GET /health")).status, 200);

  const forever = on.sandbox.restart({ downtime: 60_000 });
  await assertRejects(() => send(on.sandbox, "GET /health"), TypeError);
  await on.sandbox.close();
  await forever;
  await on.sandbox.restart();
  await assertRejects(() => send(on.sandbox, "GET /health"), TypeError);
});

test("restart() fails if another has taken the port meanwhile, and the sandbox still closes", async () => {
  const on = stage();
  const restarting = assertRejects(
    () => on.sandbox.restart({ downtime: 50 }),
    DispatchError,
    "in use",
  );
  using _other = await listenWhenFree(new URL(on.sandbox.url));
  await restarting;
  await on.sandbox.close();
});

/** Takes a port as soon as its owner has let go of it. */
async function listenWhenFree({ hostname, port }: URL): Promise<Deno.Listener> {
  while (true) {
    try {
      return Deno.listen({ hostname, port: Number(port) });
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}

/** Whether anything comes on a connection before it ends. */
async function answered(connection: Deno.Conn): Promise<boolean> {
  try {
    return await connection.read(new Uint8Array(1)) !== null;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionReset) return false;
    throw error;
  }
}
