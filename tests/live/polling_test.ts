import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Clock } from "../../src/core/waiting.ts";
import { resolveConfig } from "../../src/http/config.ts";
import {
  AuthenticationError,
  ConnectionError,
  NotFoundError,
  ResponseInvalidError,
  ServerError,
  TimeoutError,
} from "../../src/http/errors.ts";
import { polling, type PollingOptions } from "../../src/live/polling.ts";
import type { ReadingTime, Report } from "../../src/live/report.ts";
import { idleClock, manualClock } from "../support/clock.ts";
import { test } from "../support/test.ts";
import { failureOf, until } from "./support.ts";

const BUSY = new ServerError(
  "Cannot get unit job 1: the service answered 503\n  What to do: wait",
  {
    status: 503,
    content: "",
  },
);

const A_MINUTE: ReadingTime<unknown> = { limit: () => 60_000, slowBecause: () => "it is slow" };

/** Asks a service that answers with these texts and errors, one after the other; then the last one for ever. */
function ask(
  answers: readonly (string | Error)[],
  options: Partial<PollingOptions<string>> = {},
  clock: Clock & { readonly waits: readonly number[] } = idleClock(),
) {
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
    time: A_MINUTE,
    known: undefined,
    interval: 10_000,
    signal: new AbortController().signal,
    ...options,
  });
  return { events, clock, questions: () => index };
}

async function take(
  events: AsyncGenerator<Report<string>, void>,
  count: number,
): Promise<Report<string>[]> {
  const all: Report<string>[] = [];
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
  const config = resolveConfig({ baseUrl: "https://x.test", clock: idleClock() });
  for await (
    const event of polling<object>(config, {
      headline: "Cannot watch unit job 1",
      poll: () => Promise.resolve({ value: {}, content: new Uint8Array([1]) }),
      time: A_MINUTE,
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

test("polling() waits as long as the service asks it to, as far as a call would, and never less than the interval", async () => {
  const withRetryAfter = (retryAfter: number) =>
    new ServerError("Cannot get unit job 1: busy", { status: 503, content: "", retryAfter });
  const { events, clock } = ask([
    withRetryAfter(45_000),
    withRetryAfter(86_400_000),
    withRetryAfter(500),
    "a",
  ]);
  const problems = (await take(events, 4)).map((event) =>
    event.kind === "failure" ? event.problem : ""
  );
  assertEquals(clock.waits, [45_000, 60_000, 22_500]);
  assertEquals(problems, [
    "busy; trying again in 45 s, as the service asks",
    "busy; trying again in 60 s, though the service asks for 86400 s",
    "busy; trying again",
    "",
  ]);
});

test("polling() bears any number of failures that may pass, ever more slowly, and wakes up with an answer", async () => {
  const { events, clock, questions } = ask([...Array<Error>(40).fill(BUSY), "a", "b"]);
  const kinds = (await take(events, 42)).map(({ kind }) => kind);
  assertEquals(kinds, [...Array(40).fill("failure"), "value", "value"]);
  assertEquals(clock.waits.map((wait) => wait / 1000), [
    ...[10, 15, 22.5, 33.75, 50.625],
    ...Array(35).fill(60),
    10,
  ]);
  assertEquals(questions(), 42);
});

test("polling() gives a reading its time, and says what it waits for where that is long", async () => {
  const limits: (number | null)[] = [];
  const known: (string | undefined)[] = [];
  const clock = manualClock();
  let answers: PromiseWithResolvers<void>[] = [];
  const { events } = ask([], {
    time: {
      limit: (latest) => latest === undefined ? 140_000 : null,
      slowBecause: (latest) => {
        known.push(latest);
        return "a hundred jobs";
      },
    },
    poll: async (_, timeout) => {
      limits.push(timeout);
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      await answer.promise;
      return { value: "a", content: new Uint8Array([limits.length]) };
    },
  }, clock);
  const first = events.next();
  await until(() => clock.waiting === 1);
  clock.advance(12_000);
  assertEquals((await first).value, { kind: "waiting", problem: "a hundred jobs" });
  const second = events.next();
  clock.advance(88_000);
  answers[0]?.resolve();
  assertEquals((await second).value, {
    kind: "value",
    value: "a",
    changed: true,
    at: 100_000,
    next: 110_000,
  });
  // One that takes as long as the last is nothing to speak of.
  answers = [];
  const third = events.next();
  await until(() => clock.waiting === 1);
  clock.advance(10_000);
  await until(() => answers.length === 1 && clock.waiting === 1);
  clock.advance(149_000);
  answers[0]?.resolve();
  assertEquals((await third).value?.kind, "value");
  assertEquals([limits, known], [[140_000, null], [undefined]]);
  await events.return();
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

const KINDS = ["failure", "value"];

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
    assert(error.cause === undefined);
  }
});

test("polling() asks once in an outage what lies behind it, with what was known last", async () => {
  const given: unknown[] = [];
  const culprit = new Error("Cannot watch the list: job 4 is the culprit\n  What to do: look");
  const explain = (error: unknown, latest: string | undefined) => {
    given.push(error, latest);
    return Promise.resolve(latest === "a" ? culprit : undefined);
  };
  const { events } = ask(["a", BUSY, BUSY, "a", BUSY], { explain });
  const reports = await take(events, 5);
  const failure = {
    kind: "failure",
    problem: "job 4 is the culprit; trying again",
    error: culprit,
  } as const;
  assertEquals(reports.filter(({ kind }) => kind === "failure"), [failure, failure, failure]);
  assertEquals(given, [BUSY, "a", BUSY, "a"]);
  const { events: others } = ask([BUSY], { explain, known: "b" });
  const [other] = await take(others, 1);
  assert(other?.kind === "failure" && other.error === BUSY);
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
