import { assertEquals, assertStringIncludes } from "@std/assert";
import { openLedger } from "../../src/ledger/mod.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { test } from "../support/test.ts";
import { clientOf, linesOf, requestOf, withFolder } from "./support.ts";

const { parameters: _, ...rest } = requestOf(1, "Polders");
const taskRequest = {
  ...{ ...rest, parameters: {} },
  dimension: {
    name: "spatial_extent",
    values: [3, 4, 5].map((west) => ({ west, south: 51, east: west + 0.5, north: 52 })),
  },
};

test("learnChildren() knows the jobs of a task whose answer was lost, and asks no more once they have ended", async () => {
  await using sandbox = startSandbox({
    pace: { child: 0, created: 0, queued: 0, running: 0 },
    outcome: ({ id }) => id === 2 ? "failed" : "finished",
  });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const ledger = await openLedger(path);
    const client = clientOf(sandbox);
    sandbox.faults.set("upscaleTasks.create", { kind: "drop", carriedOut: true, times: 1 });
    const task = await client.upscaleTasks.create(taskRequest, { ledger });
    await client.upscaleTasks.wait(task.id, { interval: 1_000 });
    await ledger.reconcile(client);
    const [entry] = ledger.entries;
    assertEquals(entry?.children?.map(({ status }) => status), ["finished", "failed", "finished"]);
    await ledger.update(client);
    await ledger.update(client);
    const lines = await linesOf(path);
    assertEquals(lines.filter(({ state }) => state === "children").length, 1);
    const shown = Deno.inspect(await openLedger(path));
    assertStringIncludes(shown, "2 finished, 1 failed");
    assertStringIncludes(shown, `await retryFailed(client, ${task.id}, { format: "gtiff" })`);
  });
});

test("learnChildren() tells of jobs that were never made", async () => {
  await using sandbox = startSandbox({ pace: { child: 3_600_000 } });
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const client = clientOf(sandbox);
    await client.upscaleTasks.create(taskRequest, { ledger });
    await ledger.update(client);
    const text = Deno.inspect(await openLedger(`${folder}/a.jsonl`));
    assertStringIncludes(text, "client.upscaleTasks.watch(1, { expectedJobs: 3 })");
  });
});
