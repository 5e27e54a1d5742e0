import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { AuthenticatedClient, CallAbortedError, DispatchError } from "../../mod.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { listenerCount } from "./support/listeners.ts";

/** What a call rejects with that is aborted when the service has read it. */
async function abortedBy(
  make: (client: AuthenticatedClient, signal: AbortSignal) => PromiseLike<unknown>,
  reason: unknown,
): Promise<unknown> {
  const held = Promise.withResolvers<Response>();
  const abort = new AbortController();
  const listeners = listenerCount(abort.signal);
  await using server = serve(() => {
    abort.abort(reason);
    return held.promise;
  });
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const error = await make(client, abort.signal).then(() => undefined, (error: unknown) => error);
  held.resolve(new Response());
  assertEquals([listeners(), server.seen.length], [0, 1]);
  return error;
}

test("CallAbortedError is what a create rejects with that may have arrived: an abort, and what to look at", async () => {
  const reason = new Error("the cell was stopped");
  for (
    const make of [
      (client: AuthenticatedClient, signal: AbortSignal) =>
        client.unitJobs.create(JOB_REQUEST, { signal }),
      (client: AuthenticatedClient, signal: AbortSignal) =>
        client.unitJobs.create(JOB_REQUEST, { signal }).detailed(),
      (client: AuthenticatedClient, signal: AbortSignal) =>
        client.upscaleTasks.create({
          ...JOB_REQUEST,
          dimension: { name: "bbox", values: [[12, 41, 13, 42]] },
        }, { signal }),
    ]
  ) {
    const error = await abortedBy(make, reason);
    if (!(error instanceof CallAbortedError)) throw error;
    assert(error instanceof DispatchError);
    assertEquals([error.name, error.outcome], ["AbortError", "unknown"]);
    assertStrictEquals(error.cause, reason);
    assert(error.message.includes("given up when it may have reached http://127.0.0.1:"));
    assert(error.message.includes("before you try again, look for its title"), error.message);
    assert(error.message.endsWith(`Request id: ${error.requestId}`), error.message);
  }
});

test("CallAbortedError is for what creates: reads and deletes reject with the signal's reason", async () => {
  const reason = { why: "enough" };
  const calls = [
    (client: AuthenticatedClient, signal: AbortSignal) => client.unitJobs.get(42, { signal }),
    (client: AuthenticatedClient, signal: AbortSignal) => client.unitJobs.delete(42, { signal }),
  ];
  for (const make of calls) assertStrictEquals(await abortedBy(make, reason), reason);
});

test("CallAbortedError does not come of an abort before anything was sent: that is the signal's reason", async () => {
  await using server = serve(() => new Response());
  const reason = new Error("enough");
  const abort = new AbortController();
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token() {
      abort.abort(reason);
      return "t0ken";
    },
  });
  const error = await assertRejects(() =>
    client.unitJobs.create(JOB_REQUEST, { signal: abort.signal })
  );
  assertStrictEquals(error, reason);
  assertEquals(server.seen, []);
});
