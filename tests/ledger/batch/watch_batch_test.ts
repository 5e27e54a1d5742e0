import { assertEquals } from "@std/assert";
import { watchBatch } from "../../../src/ledger/batch/watch_batch.ts";
import { watchCall } from "../../../src/models/snapshot.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, requestOf } from "../support.ts";

test("watchBatch() ends with its own jobs, whatever else runs, and tells how far they are", async () => {
  await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 3_600_000 } });
  const client = clientOf(sandbox);
  for (const place of [1, 2, 3]) await client.unitJobs.create(requestOf(place));
  sandbox.setStatus(1, "finished");
  sandbox.setStatus(3, "failed");
  const learned: string[] = [];
  const watch = watchBatch({
    ids: new Set([1, 3]),
    watchAll: (options) => client.jobsStatus.watch(options),
    learn(value) {
      learned.push(value.processing_jobs.map(({ id, status }) => `${id} ${status}`).sort().join());
      return Promise.resolve();
    },
  });
  const ends: boolean[] = [];
  for await (const { done } of watch) ends.push(done);
  assertEquals(watch.subject.part?.name, "batch of 2 jobs");
  assertEquals(watchCall(watch.subject), "batch");
  assertEquals([ends, learned], [[true], ["1 finished,3 failed"]]);
});

test("watchBatch() ends with the reason of its signal", async () => {
  await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 3_600_000 } });
  const client = clientOf(sandbox);
  await client.unitJobs.create(requestOf(1));
  const stop = new AbortController();
  const watch = watchBatch({
    ids: new Set([1]),
    watchAll: (options) => client.jobsStatus.watch(options),
    learn: () => Promise.resolve(stop.abort("enough")),
  }).until(stop.signal);
  const all = (async () => {
    for await (const _ of watch) { /* until it ends */ }
  })();
  assertEquals(await all.catch((reason) => reason), "enough");
});
