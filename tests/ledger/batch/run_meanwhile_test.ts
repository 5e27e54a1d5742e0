import { assert, assertEquals, assertRejects } from "@std/assert";
import { LedgerError, submitAll, type SubmitAllOptions } from "../../../src/ledger/mod.ts";
import { attachCost } from "../../../src/models/cost.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/mod.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import {
  clientOf,
  dieAfterSending,
  many,
  quiet,
  range,
  requestOf,
  withFolder,
} from "../support.ts";

const START = Date.UTC(2026, 10, 23);
const MARK = "k3f9qa2m";

/** Six requests, of which a program that died had sent the second. */
async function afterDeath(
  { carriedOut = false, requests = many(6), ...options }:
    & Partial<SubmitAllOptions>
    & { readonly carriedOut?: boolean; readonly requests?: ReturnType<typeof many> },
  look: (run: {
    readonly sandbox: Sandbox;
    readonly clock: ReturnType<typeof manualClock>;
    readonly submitting: ReturnType<typeof submitAll>;
    /** What it waited for. */
    readonly waits: readonly string[];
    /** Resolves when so many jobs are known to be made. */
    readonly made: (amount: number) => Promise<void>;
    /** Lets time pass until the batch is through. */
    readonly finish: () => ReturnType<typeof submitAll>;
  }) => Promise<void>,
): Promise<void> {
  const clock = manualClock(START);
  await using sandbox = startSandbox({
    clock,
    pace: { created: 0, queued: 0, running: 30_000 },
  });
  await withFolder(async (folder) => {
    const ledger = `${folder}/a.jsonl`;
    const [, second = requestOf(2)] = requests;
    await dieAfterSending(ledger, second, { at: START, token: MARK });
    if (carriedOut) {
      await clientOf(sandbox).unitJobs.create({ ...second, title: `${second.title} [#${MARK}]` });
    }
    const waits: string[] = [];
    const wanted = new Map<number, () => void>();
    let most = 0;
    const submitting = submitAll(clientOf(sandbox, { clock }), requests, {
      ...{ ledger, ...quiet },
      ...options,
      onUpdate({ made, waiting }) {
        if (waiting !== undefined) waits.push(waiting);
        most = made;
        for (const [amount, resolve] of wanted) if (made >= amount) resolve();
      },
    });
    let over = false;
    const ended = submitting.then(() => {}, () => {}).then(() => void (over = true));
    await look({
      ...{ sandbox, clock, submitting, waits },
      made: (amount) =>
        most >= amount
          ? Promise.resolve()
          : Promise.race([ended, new Promise<void>((resolve) => wanted.set(amount, resolve))]),
      async finish() {
        while (!over) {
          if (clock.waiting > 0) clock.advance(60_000);
          await new Promise((resolve) => setTimeout(resolve));
        }
        return await submitting;
      },
    });
    await ended;
  });
}

const titlesOf = ({ platformJobs }: Sandbox) =>
  platformJobs.map(({ title }) => title?.replace(/ \[#\w+\]$/, ""));

test("runBatch() sends the others while it looks for what a dead program had sent, and that one last", async () => {
  await afterDeath({}, async ({ sandbox, clock, waits, made, finish }) => {
    await made(5);
    const others = ["Field 1", "Field 3", "Field 4", "Field 5", "Field 6"];
    assertEquals([titlesOf(sandbox), clock.now()], [others, START]);
    assert(waits.some((words) => words.includes("is sent meanwhile")), waits.join("\n"));
    const batch = await finish();
    assert(clock.now() >= START + 420_000);
    assertEquals(titlesOf(sandbox), [...others, "Field 2"]);
    // The batch keeps the order of its requests.
    assertEquals(batch.jobs.map(({ id }) => id), [1, 6, 2, 3, 4, 5]);
    assert(batch.entries[1]?.token === MARK);
  });
});

test("runBatch() adopts what a dead program had sent, and sends it no more", async () => {
  await afterDeath({ carriedOut: true, concurrency: 3 }, async ({ sandbox, clock, finish }) => {
    const batch = await finish();
    assertEquals(clock.now(), START);
    assertEquals(batch.jobs.map(({ id }) => id)[1], 1);
    assertEquals(new Set(batch.jobs.map(({ id }) => id)), new Set(range(6)));
    assertEquals(sandbox.platformJobs.length, 6);
  });
});

test("runBatch() counts what is looked for among the unfinished, for it may be one", async () => {
  await afterDeath({ active: 3 }, async ({ sandbox, clock, made, finish }) => {
    await made(2);
    while (!clock.isWaiting(10_000)) await new Promise((resolve) => setTimeout(resolve));
    assertEquals(titlesOf(sandbox), ["Field 1", "Field 3"]);
    assertEquals((await finish()).jobs.length, 6);
    assertEquals(sandbox.platformJobs.length, 6);
  });
});

test("runBatch() counts what is looked for as spent, and asks for it before what would be too much", async () => {
  const requests = many(6).map((request) =>
    attachCost(request, (jobs) => ({ amount: 0.1 * jobs.length, unit: "credits", basis: "each" }))
  );
  const budget = { amount: 0.3, unit: "credits" };
  await afterDeath({ budget, requests }, async ({ sandbox, made, finish }) => {
    await made(2);
    assertEquals(titlesOf(sandbox), ["Field 1", "Field 3"]);
    const error = await assertRejects(finish, LedgerError);
    assert(
      error.message.includes('with "Field 4" it would cost more than 0.3 credits (0.3 so far)'),
    );
    assertEquals(titlesOf(sandbox), ["Field 1", "Field 3", "Field 2"]);
  });
});

test("runBatch() stops looking when it has to stop, and at Stop", async () => {
  const stop = new AbortController();
  await afterDeath({ signal: stop.signal }, async ({ sandbox, clock, submitting, made }) => {
    await made(5);
    stop.abort("stopped");
    assertEquals(await submitting.catch((reason: unknown) => reason), "stopped");
    assertEquals([sandbox.platformJobs.length, clock.now(), clock.waiting], [5, START, 0]);
  });
});
