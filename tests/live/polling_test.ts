import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  AuthenticationError,
  ConnectionError,
  NotFoundError,
  ResponseInvalidError,
  ServerError,
  TimeoutError,
} from "../../src/http/errors.ts";
import { resolveConfig } from "../../src/http/config.ts";
import type { WorkEvent } from "../../src/live/event.ts";
import { polling, type PollingOptions } from "../../src/live/polling.ts";
import { instantClock } from "../support/clock.ts";
import { test } from "../support/test.ts";
import { failureOf } from "./support.ts";

const BUSY = new ServerError(
  "Cannot get unit job 1: the service answered 503\n  What to do: wait",
  {
    status: 503,
    content: "",
  },
);

/** Asks a service that answers with these texts and errors, one after the other; then the last one for ever. */
function ask(
  answers: readonly (string | Error)[],
  options: Partial<PollingOptions<string>> = {},
) {
  const clock = instantClock();
  const config = resolveConfig({ baseUrl: "https://x.test", clock, random: () => 1 });
  let index = 0;
  const events = polling(config, {
    headline: "Cannot watch unit job 1",
    poll: () => {
      const answer = answers[Math.min(index++, answers.length - 1)] ?? "";
      return typeof answer === "string"
        ? Promise.resolve({ value: answer, content: new TextEncoder().encode(answer) })
        : Promise.reject(answer);
    },
    known: undefined,
    interval: 10_000,
    signal: new AbortController().signal,
    ...options,
  });
  return { events, clock, questions: () => index };
}

async function take(
  events: AsyncGenerator<WorkEvent<string>, never>,
  count: number,
): Promise<WorkEvent<string>[]> {
  const all: WorkEvent<string>[] = [];
  for await (const event of events) {
    if (all.push(event) === count) break;
  }
  return all;
}

test("polling() says what has changed, and when it was read", async () => {
  const { events } = ask(["a", "a", "b", "b", "a"]);
  const seen = await take(events, 5);
  assertEquals(
    seen.map((event) => event.kind === "value" ? [event.value, event.changed, event.at] : []),
    [
      ["a", true, 0],
      ["a", false, 10_000],
      ["b", true, 25_000],
      ["b", false, 35_000],
      ["a", true, 50_000],
    ],
  );
});

test("polling() slows down to a minute while nothing changes, and wakes up with a change", async () => {
  const { events, clock } = ask([..."aaaaaaaab", "c"]);
  await take(events, 11);
  assertEquals(clock.waits.map((wait) => wait / 1000), [
    10,
    15,
    22.5,
    33.75,
    50.625,
    60,
    60,
    60,
    10,
    10,
  ]);
});

test("polling() never asks more often than it is told, however long that is", async () => {
  const { events, clock } = ask(["a"], { interval: 300_000 });
  await take(events, 4);
  assertEquals(clock.waits, [300_000, 300_000, 300_000]);
});

test("polling() keeps the value of an unchanged answer", async () => {
  const values: object[] = [];
  const config = resolveConfig({ baseUrl: "https://x.test", clock: instantClock() });
  for await (
    const event of polling<object>(config, {
      headline: "Cannot watch unit job 1",
      poll: () => Promise.resolve({ value: {}, content: new Uint8Array([1]) }),
      known: undefined,
      interval: 1000,
      signal: new AbortController().signal,
    })
  ) {
    if (event.kind === "value") values.push(event.value);
    if (values.length === 3) break;
  }
  assert(values.every((value) => value === values[0]));
});

test("polling() waits as long as the service asks it to, and never less than the interval", async () => {
  const withRetryAfter = (retryAfter: number) =>
    new ServerError("Cannot get unit job 1: busy", { status: 503, content: "", retryAfter });
  const { events, clock } = ask([withRetryAfter(90_000), withRetryAfter(500), "a"]);
  const problems = (await take(events, 3)).map((event) =>
    event.kind === "interrupted" ? event.problem : ""
  );
  assertEquals(clock.waits, [90_000, 10_000]);
  assertEquals(problems, [
    "busy; trying again in 90 s, as the service asks",
    "busy; trying again",
    "",
  ]);
});

test("polling() bears five failures in a row that may pass, and throws the sixth", async () => {
  const { events, questions } = ask([BUSY, BUSY, BUSY, BUSY, BUSY, "a", BUSY]);
  for (let index = 0; index < 11; index++) {
    const { value } = await events.next();
    assertEquals(value.kind, index === 5 ? "value" : "interrupted");
  }
  assert(await failureOf(events.next(), ServerError) === BUSY);
  assertEquals(questions(), 12);
});

test("polling() tells a failure that may pass from one that will not", async () => {
  const invalid = { status: 200, mediaType: "text/html", excerpt: "", content: new Uint8Array() };
  const forbidden = Object.assign(new Error("no net access"), { name: "NotCapable" });
  const passing: readonly (readonly [Error, boolean])[] = [
    [new ConnectionError("lost"), true],
    [new TimeoutError("late"), true],
    [new ResponseInvalidError("a page", invalid), true],
    [new ServerError("500", { status: 500, content: "" }), true],
    [new ConnectionError("not allowed", { cause: forbidden }), false],
    [new AuthenticationError("401", { status: 401, content: "" }), false],
    [new NotFoundError("404", { status: 404, content: "" }), false],
    [new TypeError("a bug"), false],
  ];
  for (const [error, passes] of passing) {
    const { events } = ask([error, "a"]);
    if (passes) assertEquals((await take(events, 2)).map(({ kind }) => kind), KINDS);
    else assert(await failureOf(events.next(), Error) === error);
  }
});

const KINDS = ["interrupted", "value"];

test("polling() says that work was deleted where the service says so, and was there before", async () => {
  const gone = new NotFoundError("Cannot get unit job 1: the service answered 404", {
    status: 404,
    errorCode: "JOB_NOT_FOUND",
    requestId: "r-1",
    content: "{}",
  });
  const fromProxy = new NotFoundError("Cannot get unit job 1: a page", {
    status: 404,
    content: "",
  });
  for (
    const [answers, known, deleted] of [
      [["a", gone], undefined, true],
      [[gone], "known from a stream", true],
      [[gone], undefined, false],
      [["a", fromProxy], undefined, false],
    ] as const
  ) {
    const { events } = ask(answers, { known });
    if (answers.length === 2) await events.next();
    const error = await failureOf(events.next(), NotFoundError);
    assertEquals(error === gone || error === fromProxy, !deleted);
    if (!deleted) continue;
    assertStringIncludes(
      error.message,
      "Cannot watch unit job 1 any more: it was deleted meanwhile\n  What to do:",
    );
    assertEquals([error.requestId, error.errorCode], ["r-1", "JOB_NOT_FOUND"]);
    assert(error.cause === gone);
  }
});

test("polling() asks for an explanation with what was known last", async () => {
  const given: unknown[] = [];
  const explain = (error: unknown, latest: string | undefined) => {
    given.push(error, latest);
    return Promise.resolve(latest === "a" ? new Error("job 4 is the culprit") : undefined);
  };
  const forbidden = new AuthenticationError("401", { status: 401, content: "" });
  const { events } = ask(["a", forbidden], { explain });
  await events.next();
  await assertRejects(() => events.next(), Error, "job 4 is the culprit");
  const { events: others } = ask([forbidden], { explain, known: "b" });
  assert(await failureOf(others.next(), Error) === forbidden);
  assertEquals(given, [forbidden, "a", forbidden, "b"]);
});

test("polling() takes a signal's reason for no failure, even where it looks like one", async () => {
  const stopping = new AbortController();
  const reason = new TimeoutError("Cannot wait: it has not ended within 5 s");
  const { events } = ask([], {
    signal: stopping.signal,
    poll: (signal) => {
      stopping.abort(reason);
      return Promise.reject(signal.reason);
    },
  });
  assert(await failureOf(events.next(), TimeoutError) === reason);
});
