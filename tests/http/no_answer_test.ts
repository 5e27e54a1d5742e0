import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { AuthenticatedClient, CallAbortedError, DispatchError } from "../../mod.ts";
import { ConnectionError, TimeoutError } from "../../src/http/errors.ts";
import { noAnswer } from "../../src/http/no_answer.ts";
import type { Unanswered, WireCall } from "../../src/http/wire.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { listenerCount } from "./support/listeners.ts";

const READ: WireCall = {
  name: "unitJobs.get",
  headline: () => "Cannot get unit job 42",
  effect: "read",
  method: "GET",
  path: "/unit_jobs/42",
  auth: true,
};

const CREATE: WireCall = {
  ...READ,
  name: "unitJobs.create",
  headline: () => 'Cannot create the unit job "A"',
  effect: "create",
  method: "POST",
  creation: { what: "job", where: "look in the list" },
};

const REFUSED: Unanswered = {
  failure: { failure: "connection", sent: false, cause: new Error("refused") },
  requestId: "c-1",
  secrets: [],
  timeout: 60_000,
  attempts: 1,
  repeated: false,
};

const LOST: Unanswered = {
  ...REFUSED,
  failure: { failure: "connection", sent: true, cause: new Error("reset by t0p-s3cret") },
  secrets: ["t0p-s3cret"],
};

const LATE: Unanswered = { ...REFUSED, failure: { failure: "timeout", sent: true } };

const errorOf = (call: WireCall, unanswered: Unanswered) =>
  noAnswer(call, "https://x.test/api", unanswered);

test("noAnswer() says what happened, to what, why and what to do", () => {
  const error = errorOf(READ, REFUSED);
  assert(error instanceof ConnectionError);
  assertEquals(
    error.message,
    "Cannot get unit job 42: no connection to https://x.test\n" +
      "  Reason given: refused\n" +
      "  What to do: nothing was sent: check the base URL and the network, then try again\n" +
      "  Request id: c-1",
  );
  assertEquals([error.outcome, error.requestId], ["not-sent", "c-1"]);
});

test("noAnswer() of a call that creates says where to look first, once anything can have been sent", () => {
  for (const unanswered of [LOST, LATE]) {
    const error = errorOf(CREATE, unanswered);
    assertEquals(error.outcome, "unknown");
    assert(error.message.includes("before you try again, look in the list"), error.message);
  }
  assertEquals(errorOf(CREATE, REFUSED).outcome, "not-sent");
});

test("noAnswer() of a call that may be repeated says so, and for a time limit how long it was", () => {
  const late = errorOf(READ, LATE);
  assert(late instanceof TimeoutError);
  assert(late.message.includes("no whole answer from https://x.test within 60 s\n"), late.message);
  assert(late.message.includes("allow it more time (option timeout"), late.message);
  assert(errorOf(READ, LOST).message.includes("try again in a few minutes, which is safe"));
});

test("noAnswer() of a call whose answer grows says with what, and not to try again in the same time", () => {
  const { message } = errorOf({ ...READ, growsWith: "letters" }, LATE);
  assert(
    message.includes("it takes the longer the more letters it is about: allow it more time"),
    message,
  );
  assert(!message.includes("try again"), message);
});

test("noAnswer() counts the attempts, and an earlier one that may have done something", () => {
  const error = errorOf(READ, { ...REFUSED, attempts: 3, repeated: true });
  assert(error.message.includes("no connection to https://x.test at the last of 3 attempts"));
  assertEquals(error.outcome, "unknown");
});

test("noAnswer() names the permission that Deno wants", () => {
  const cause = new Deno.errors.NotCapable("Requires net access");
  const failure = { failure: "connection", sent: false, cause } as const;
  const { hint } = errorOf(READ, { ...REFUSED, failure });
  assertEquals(
    hint,
    "nothing was sent: allow this program to reach the service (deno run --allow-net=x.test)",
  );
});

test("noAnswer() shows no secret, neither in its words nor in its cause", () => {
  const error = errorOf(READ, LOST);
  assert(!Deno.inspect(error, { showHidden: true, depth: 9 }).includes("t0p-s3cret"));
  assert(error.message.includes("Reason given: reset by "));
});

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
