import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { submitAll } from "../../../src/ledger/mod.ts";
import { watchOf } from "../../../src/models/snapshot.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, linesOf, many, quiet, withFolder } from "../support.ts";

test("a batch is followed, brought home, and made again where it failed", async () => {
  await using sandbox = startSandbox({
    pace: { created: 0, queued: 0, running: 0 },
    outcome: ({ id }) => id === 2 ? "failed" : "finished",
  });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    const items = many(3).map((request, index) => ({ key: `f/${index}`, request }));
    const batch = await submitAll(client, items, { ledger: path, ...quiet });
    assertEquals(watchOf(batch)?.subject.kind, "list");
    const { done, value } = await batch.wait();
    assertEquals([done, "processing_jobs" in value && value.processing_jobs.length], [true, 3]);
    assertEquals(batch.failed.map(({ key }) => key), ["f/1"]);
    assertStringIncludes(String(batch.table), "✗ failed");
    const folders = await batch.download(`${folder}/out`, { show: false });
    assertEquals(folders, [`${folder}/out/f_0`, `${folder}/out/f_2`]);
    assert((await Array.fromAsync(Deno.readDir(`${folder}/out/f_0`))).length > 0);
    assertEquals((await batch.retryFailed({ confirm: () => false })).jobs.length, 0);
    assertEquals(sandbox.platformJobs.length, 3);
    const again = await batch.retryFailed(quiet);
    await again.wait();
    assertEquals(sandbox.platformJobs.length, 4);
    assertEquals(batch.failed, []);
    assertEquals(batch.entries.map(({ id, status }) => [id, status]), [
      [1, "finished"],
      [4, "finished"],
      [3, "finished"],
    ]);
    assertStringIncludes(batch.toCsv(), "finished");
    const lines = await linesOf(path);
    assertEquals(lines.filter(({ state }) => state === "downloaded").length, 2);
  });
});

test("retryFailed() goes on where making again was refused, or its answer lost", async () => {
  await using sandbox = startSandbox({
    pace: { created: 0, queued: 0, running: 0 },
    outcome: ({ id }) => id <= 2 ? "failed" : "finished",
  });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    const batch = await submitAll(client, many(2), { ledger: path, ...quiet });
    await batch.wait();
    sandbox.setLinked(false);
    await batch.retryFailed(quiet);
    assertEquals([batch.failed.length, sandbox.platformJobs.length], [2, 2]);
    sandbox.setLinked(true);
    // Stopped while the answer was on its way.
    const stop = new AbortController();
    sandbox.faults.set("unitJobs.create", { kind: "drop", carriedOut: true, times: 1 });
    const stopped = batch.retryFailed({
      ...quiet,
      signal: stop.signal,
      onUpdate: ({ made, waiting }) => made + (waiting?.length ?? 0) > 0 && stop.abort("stopped"),
    });
    await stopped.catch((reason) => assertEquals(reason, "stopped"));
    const later = await submitAll(client, many(2), { ledger: path, ...quiet });
    await (await later.retryFailed(quiet)).wait();
    assertEquals(sandbox.platformJobs.length, 4);
    assertEquals(later.failed, []);
    assertEquals(later.jobs.map(({ status }) => status), ["finished", "finished"]);
  });
});
