import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  type BatchProgress,
  LedgerError,
  openLedger,
  resume,
  submitAll,
} from "../../../src/ledger/mod.ts";
import { attachCost } from "../../../src/models/cost.ts";
import { manualClock, startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, many, quiet, range, requestOf, withFolder } from "../support.ts";

test("submitAll() sends each once, also when it is run again with more", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    const batch = await submitAll(client, many(5), { ledger, ...quiet });
    assertEquals(batch.jobs.map(({ id }) => id), range(5));
    const more = await submitAll(client, many(7), { ledger, ...quiet });
    assertEquals([more.plan.there, more.plan.fresh], [5, 2]);
    assertEquals(more.jobs.map(({ id }) => id), range(7));
    assertEquals(sandbox.platformJobs.length, 7);
  });
});

test("submitAll() plans without sending anything, and asks before it does", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const client = clientOf(sandbox);
    const options = { ledger: `${folder}/a.jsonl`, show: false };
    const { plan, jobs } = await submitAll(client, many(3), { ...options, dryRun: true });
    assertEquals([plan.fresh, jobs.length], [3, 0]);
    assertStringIncludes(String(plan), "3 jobs to send of 3");
    await submitAll(client, many(3), { ...options, confirm: (asked) => asked.fresh > 3 });
    const questions: string[] = [];
    const ask = (question: string) => {
      questions.push(question);
      return "no";
    };
    await submitAll(client, many(3), { ...options, ask });
    assertStringIncludes(questions[0] ?? "", "Submit 3 jobs to http://127.0.0.1:");
    await assertRejects(
      () => submitAll(client, many(3), { ...options, ask: null }),
      Error,
      "pass confirm: false",
    );
    assertEquals(sandbox.requests.filter(({ method }) => method === "POST").length, 0);
  });
});

test("submitAll() refuses equal requests without keys of their own", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const options = { ledger: `${folder}/a.jsonl`, ...quiet };
    const client = clientOf(sandbox);
    const twice = [requestOf(1), requestOf(2), requestOf(1)];
    await assertRejects(
      () => submitAll(client, twice, options),
      LedgerError,
      "the requests 1 and 3 are equal",
    );
    const keyed = twice.map((request, index) => ({ key: `field ${index}`, request }));
    const batch = await submitAll(client, keyed, options);
    assertEquals(batch.entries.map(({ key }) => key), ["field 0", "field 1", "field 2"]);
    assertEquals(sandbox.platformJobs.length, 3);
  });
});

test("submitAll() never has more unfinished jobs than there may be", async () => {
  const clock = manualClock("2026-11-23T15:38:21Z");
  await using sandbox = startSandbox({
    clock,
    pace: { created: 1_000, queued: 0, running: 4_000 },
  });
  await withFolder(async (folder) => {
    const client = clientOf(sandbox, { clock: advancing(clock) });
    let most = 0;
    const onUpdate = () => {
      const ended = clock.now() - 5_000;
      const open = sandbox.platformJobs.filter(({ created }) => Number(created) > ended);
      most = Math.max(most, open.length);
    };
    const batch = await submitAll(client, many(12), {
      ...{ ledger: `${folder}/a.jsonl`, active: 3, ...quiet, onUpdate },
    });
    assertEquals([batch.jobs.length, most], [12, 3]);
  });
});

test("submitAll() waits for a platform that takes no more for now, and doubles nothing", async () => {
  const clock = manualClock("2026-11-23T15:38:21Z");
  await using sandbox = startSandbox({ clock, pace: { created: 0, queued: 0, running: 60_000 } });
  await withFolder(async (folder) => {
    sandbox.setJobLimit(2);
    const told: BatchProgress[] = [];
    const batch = await submitAll(clientOf(sandbox, { clock: advancing(clock) }), many(6), {
      ...{ ledger: `${folder}/a.jsonl`, ...quiet },
      onUpdate: (progress) => told.push(progress),
    });
    assertEquals(batch.jobs.length, 6);
    assertEquals(new Set(batch.jobs.map(({ title }) => title)).size, 6);
    assert(told.some(({ waiting = "" }) => waiting.includes("takes no more for now")));
  });
});

/** A clock on which whoever waits moves the time on. */
function advancing(clock: { now(): number; advance(milliseconds: number): void }) {
  return {
    now: clock.now,
    sleep: (milliseconds: number) => Promise.resolve(clock.advance(milliseconds)),
  };
}

test("submitAll() stops before the sum passes the budget, and at what nobody knows the cost of", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    const priced = many(5).map((request) =>
      attachCost(request, (jobs) => ({ amount: 4 * jobs.length, unit: "credits", basis: "4 each" }))
    );
    const budget = { amount: 12, unit: "credits" };
    const error = await assertRejects(
      () => submitAll(client, priced, { ledger, budget, ...quiet }),
      LedgerError,
      'with "Field 4" it would cost more than 12 credits (12 so far)',
    );
    assertEquals([error.reason, sandbox.platformJobs.length], ["plan", 3]);
    await submitAll(client, priced, { ledger, budget: { ...budget, amount: 20 }, ...quiet });
    assertEquals(sandbox.platformJobs.length, 5);
    const unpriced = [requestOf(70)];
    await assertRejects(
      () => submitAll(client, unpriced, { ledger, budget, ...quiet }),
      LedgerError,
      "nobody knows what",
    );
    const allowed = { ...budget, unknown: "allow" } as const;
    await submitAll(client, unpriced, { ledger, budget: allowed, ...quiet });
    assertEquals(sandbox.platformJobs.length, 6);
  });
});

test("submitAll() goes on after Stop with what was not sent", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    const stop = new AbortController();
    const stopped = submitAll(client, many(9), {
      ...{ ledger, ...quiet, signal: stop.signal },
      onUpdate: ({ made }) => made === 4 && stop.abort("stopped"),
    });
    assertEquals(await stopped.catch((reason) => reason), "stopped");
    const batch = await submitAll(client, many(9), { ledger, ...quiet });
    assertEquals(batch.jobs.length, 9);
    assertEquals(sandbox.platformJobs.length, 9);
  });
});

test("submitAll() loses and doubles nothing where a third of the answers is lost", async () => {
  for (const titleToken of ["on", "off"] as const) {
    await using sandbox = startSandbox();
    await withFolder(async (folder) => {
      const faults = [
        { kind: "drop", carriedOut: true, times: 1 },
        { kind: "html", status: 504, carriedOut: true, times: 1 },
        { kind: "empty", carriedOut: true, times: 1 },
        { kind: "cut", times: 1 },
        { kind: "html", status: 502, times: 1 },
      ] as const;
      let sent = 0, lost = 0;
      const client = clientOf(sandbox, {
        onRequest: ({ method }) => {
          if (method !== "POST" || sent++ % 3 !== 0) return;
          const fault = faults[lost++ % faults.length];
          if (fault !== undefined) sandbox.faults.set("unitJobs.create", fault);
        },
      });
      const ledger = await openLedger(`${folder}/a.jsonl`, { titleToken });
      for (let round = 0; round < 40; round++) {
        const batch = await submitAll(client, many(45), { ledger, ...quiet }).catch(() =>
          undefined
        );
        if (batch?.jobs.length === 45) break;
      }
      assert(lost >= 15);
      const ids = ledger.entries.map(({ id }) => id);
      assertEquals([new Set(ids).size, sandbox.platformJobs.length], [45, 45]);
      const titles = new Map((await client.unitJobs.list()).map(({ id, title }) => [id, title]));
      for (const { id = 0, request } of ledger.entries) {
        assert(titles.get(id)?.replace(/ \[#.*/, "") === request.title, `job ${id}`);
      }
    });
  }
});

test("resume() takes yesterday's jobs home and makes the failed ones again, from the file alone", async () => {
  await using sandbox = startSandbox({
    pace: { created: 0, queued: 0, running: 0 },
    outcome: ({ id }) => id === 2 ? "failed" : "finished",
  });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    await submitAll(clientOf(sandbox), many(3), { ledger: path, ...quiet });
    const client = clientOf(sandbox);
    const batch = await resume(client, path, { show: false });
    assertEquals(batch.jobs.map(({ status }) => status), ["finished", "failed", "finished"]);
    assertEquals((await batch.download(`${folder}/out`, { show: false })).length, 2);
    await (await batch.retryFailed(quiet)).wait();
    assertEquals(sandbox.platformJobs.map(({ title }) => title?.slice(0, 7)), [
      ...["Field 1", "Field 2", "Field 3", "Field 2"],
    ]);
    const next = await resume(client, await openLedger(path), { show: false });
    assertEquals(next.entries.map(({ id, status }) => [id, status]), [
      [1, "finished"],
      [4, "finished"],
      [3, "finished"],
    ]);
  });
});

test("resume() asks before it sends what was not sent", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    sandbox.setLinked(false);
    await assertRejects(() => submitAll(client, many(3), { ledger: path, ...quiet }), LedgerError);
    sandbox.setLinked(true);
    const said = Deno.inspect(await openLedger(path));
    assertStringIncludes(said, "3 jobs not sent, or refused: const batch = await resume(client,");
    const refused = await resume(client, path, { show: false, confirm: ({ fresh }) => fresh < 3 });
    assertEquals([refused.plan.fresh, sandbox.platformJobs.length], [3, 0]);
    const batch = await resume(client, path, quiet);
    assertEquals([batch.jobs.length, sandbox.platformJobs.length], [3, 3]);
  });
});

test("resume() sends nothing of which the ledger holds a part alone", async () => {
  await using sandbox = startSandbox({
    pace: { created: 0, queued: 0, running: 0 },
    outcome: () => "failed",
  });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    const secret = requestOf(1);
    const request = {
      ...secret,
      parameters: {
        ...secret.parameters,
        mask: "https://files.example.test/a?X-Amz-Signature=abc",
      },
    };
    await submitAll(client, [{ key: "masked", request }], { ledger: path, ...quiet });
    const batch = await resume(client, path, quiet);
    assertEquals(batch.failed.map(({ key }) => key), ["masked"]);
    const error = await assertRejects(() => batch.retryFailed(quiet), LedgerError);
    assertStringIncludes(error.message, "its request held a secret");
    const whole = await submitAll(client, [{ key: "masked", request }], { ledger: path, ...quiet });
    assertEquals((await whole.retryFailed(quiet)).jobs.length, 1);
    assertEquals(sandbox.platformJobs.length, 2);
  });
});
