import { assertEquals, assertRejects } from "@std/assert";
import { LedgerError, openLedger, submitAll } from "../../../src/ledger/mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, many, quiet, requestOf, withFolder } from "../support.ts";

test("runBatch() stops after three refusals in a row, and leaves the rest unsent", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    sandbox.setLinked(false);
    const error = await assertRejects(
      () => submitAll(clientOf(sandbox), many(9), { ledger: path, ...quiet }),
      LedgerError,
      "0 of 9 jobs are made",
    );
    assertEquals(error.message.includes("run the same call again"), true);
    assertEquals((await openLedger(path)).entries.map(({ state }) => state), [
      ...["refused", "refused", "refused"],
    ]);
    sandbox.setLinked(true);
    const batch = await submitAll(clientOf(sandbox), many(9), { ledger: path, ...quiet });
    assertEquals(batch.jobs.length, 9);
  });
});

test("runBatch() goes past one that is refused", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const bad = {
      ...requestOf(9),
      service: { ...requestOf(9).service, endpoint: "https://no.example.test" },
    };
    const errors: string[] = [];
    const batch = await submitAll(clientOf(sandbox), [requestOf(1), bad, requestOf(2)], {
      ...{ ledger: `${folder}/a.jsonl`, ...quiet },
      onUpdate: (progress) => errors.push(...progress.errors),
    });
    assertEquals(batch.jobs.map(({ title }) => title), ["Field 1", "Field 2"]);
    assertEquals(errors[0]?.startsWith("Field 9: Cannot create the unit job"), true);
  });
});

test("runBatch() with several at once sends each once", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const batch = await submitAll(clientOf(sandbox), many(30), {
      ...{ ledger: `${folder}/a.jsonl`, ...quiet, concurrency: 5 },
    });
    assertEquals(new Set(batch.jobs.map(({ id }) => id)).size, 30);
    assertEquals(sandbox.platformJobs.length, 30);
  });
});
