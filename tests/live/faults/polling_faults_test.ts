// The fault table of asking: what goes wrong with questions, each against real sockets, and what becomes of a watch.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HttpError, RateLimitError, ServerError, TimeoutError, WatchError } from "../../../mod.ts";
import type { Fault } from "../../../src/sandbox/mod.ts";
import type { Snapshot } from "../../../src/models/snapshot.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { test } from "../../support/test.ts";
import { asked, collect, failureOf, problems, stage } from "../support.ts";

/** Failures of a question that may pass. */
const PASSING: readonly (readonly [name: string, fault: Fault, problem: string])[] = [
  ["502", { status: 502 }, "the service answered 502 with a page"],
  ["503", { status: 503 }, "the service answered 503"],
  ["500", { status: 500 }, "the service answered 500"],
  ["408", { status: 408 }, "the service answered 408"],
  ["429", { status: 429, retryAfter: 2 }, "the service answered 429"],
  ["a time-out", { latency: 3_600_000 }, "no whole answer from"],
  ["a dropped connection", { kind: "drop" }, "the connection to"],
  ["an answer cut off", { kind: "cut" }, "the connection to"],
  ["a proxy's page", { kind: "html", status: 200 }, "cannot be read as JSON"],
];

for (const [name, fault, problem] of PASSING) {
  test(`watch() bears ${name} time and again while it asks`, async () => {
    await using on = stage({ pace: { running: 600_000 } });
    const job = await on.client.unitJobs.create(JOB_REQUEST);
    const { faults } = on.sandbox;
    const seen: Snapshot<unknown>[] = [];
    const begin = on.clock.now();
    await on.drive(
      (async () => {
        for await (const snapshot of on.client.unitJobs.watch(job)) {
          if (seen.push(snapshot) === 1) faults.set("unitJobs.get", { ...fault, times: 10 });
        }
      })(),
      10_000,
    );
    const last = seen.at(-1);
    assertEquals([last?.done, last?.problem], [true, undefined]);
    const [first = "", ...others] = problems(seen)
      .filter((each) => !each.startsWith("waiting for an answer"));
    assertStringIncludes(first, problem);
    assertStringIncludes(first, "; trying again");
    assertEquals(others, []);
    // Ten seconds at the least between two questions.
    const times = asked(on.sandbox, "unitJobs.get");
    assert(times >= 12 && times <= 2 + (on.clock.now() - begin) / 10_000, `asked ${times} times`);
  });
}

test("watch() ends where nothing could be learned for as long as is borne, by whatever failure", async () => {
  for (
    const [fault, type] of [
      [{ status: 502 }, ServerError],
      [{ status: 429 }, RateLimitError],
      [{ latency: 3_600_000 }, TimeoutError],
    ] as const
  ) {
    await using on = stage();
    const job = await on.client.unitJobs.create(JOB_REQUEST);
    on.sandbox.faults.set("unitJobs.get", fault);
    const begin = on.clock.now();
    const watch = on.client.unitJobs.watch(job, { maxOutage: 300_000 });
    const error = await failureOf(on.drive(collect(watch), 5000), WatchError);
    assert(error.cause instanceof type);
    assertStringIncludes(error.message, "Cannot watch unit job 1: nothing could be learned of it");
    assertStringIncludes(
      error.message,
      "the work goes on; take it up again with client.unitJobs.watch(1), with maxOutage",
    );
    const minutes = (on.clock.now() - begin) / 60_000;
    assert(minutes >= 5 && minutes <= 8, `${minutes} minutes`);
  }
});

test("watch() ends with the first failure where no outage is to be borne", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  on.sandbox.faults.set("unitJobs.get", { status: 502 });
  const watch = on.client.unitJobs.watch(job, { maxOutage: 0 });
  await failureOf(on.drive(collect(watch)), WatchError);
  assertEquals(asked(on.sandbox, "unitJobs.get"), 1);
});

test("watch() counts an outage anew after an answer", async () => {
  await using on = stage({ pace: { created: 900_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const { faults } = on.sandbox;
  const watched = collect(on.client.unitJobs.watch(job, { maxOutage: 300_000 }));
  for (let outage = 0; outage < 3; outage++) {
    const before = asked(on.sandbox, "unitJobs.get");
    faults.set("unitJobs.get", { status: 502, times: 5 });
    await on.driveUntil(() => asked(on.sandbox, "unitJobs.get") >= before + 6, 10_000);
  }
  assertEquals((await on.drive(watched, 10_000)).at(-1)?.value.status, "finished");
});

test("watch() asks no earlier than Retry-After says, as far as a call would heed it", async () => {
  for (const [retryAfter, waited] of [[45, 45_000], [86_400, 60_000]] as const) {
    await using on = stage();
    const job = await on.client.unitJobs.create(JOB_REQUEST);
    on.sandbox.faults.set("unitJobs.get", { status: 429, retryAfter, times: 1 });
    const watched = on.client.unitJobs.watch(job)[Symbol.asyncIterator]();
    const next = watched.next();
    await on.driveUntil(() => on.clock.waits.includes(waited), 0);
    const begin = on.clock.now();
    on.clock.advance(waited - 1000);
    const { value } = await on.drive(next, 100);
    const pause = on.clock.now() - begin;
    assert(pause >= waited && pause < waited + 3000, `${pause} ms`);
    assertEquals(value?.done, true);
  }
});

test("watch() says how long the service asks it to wait", async () => {
  await using on = stage({ pace: { running: 20_000 } });
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  const seen: Snapshot<unknown>[] = [];
  await on.drive((async () => {
    for await (const snapshot of on.client.unitJobs.watch(job)) {
      if (seen.push(snapshot) === 1) {
        on.sandbox.faults.set("unitJobs.get", { status: 429, retryAfter: 45, times: 1 });
      }
    }
  })());
  const [problem = ""] = problems(seen);
  assert(problem.endsWith("; trying again in 45 s, as the service asks"), problem);
});

test("watch() does not ask again where that cannot help", async () => {
  await using on = stage();
  const job = await on.client.unitJobs.create(JOB_REQUEST);
  for (const status of [400, 403, 404, 422]) {
    on.sandbox.faults.set("unitJobs.get", { status, times: 1 });
    const before = asked(on.sandbox, "unitJobs.get");
    const error = await failureOf(on.drive(collect(on.client.unitJobs.watch(job))), HttpError);
    assertStringIncludes(error.message, `the service answered ${status}`);
    assertEquals(asked(on.sandbox, "unitJobs.get"), before + 1);
  }
});
