import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
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

test("runBatch() waits for a service that goes away in the middle, says so, and doubles nothing", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    let calls = 0;
    const waits: string[] = [];
    // From the third request on nobody answers eight times: reads and writes alike, some of them carried out.
    const client = clientOf(sandbox, {
      fetch: async (input, init) => {
        const n = ++calls;
        if (n < 3 || n > 10) return await fetch(input, init);
        if (n % 3 === 0) await (await fetch(input, init)).body?.cancel();
        throw new TypeError("error sending request: connection reset");
      },
    });
    const batch = await submitAll(client, many(6), {
      ...{ ledger: `${folder}/a.jsonl`, ...quiet },
      onUpdate: ({ waiting }) => waits.push(waiting ?? ""),
    });
    assertEquals([batch.jobs.length, sandbox.platformJobs.length], [6, 6]);
    assert(waits.some((words) => words.includes("the service gives no answer")), waits.join("\n"));
  });
});

test("runBatch() gives up a service that stays away, and the same call goes on", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const options = { ledger: `${folder}/a.jsonl`, ...quiet, maxOutage: 600_000 };
    const gone = clientOf(sandbox, {
      fetch: () => Promise.reject(new TypeError("tcp connect error: connection refused")),
    });
    const error = await assertRejects(() => submitAll(gone, many(4), options), LedgerError);
    assertStringIncludes(error.message, "run the same call again");
    assertEquals(sandbox.platformJobs.length, 0);
    const batch = await submitAll(clientOf(sandbox), many(4), options);
    assertEquals([batch.jobs.length, sandbox.platformJobs.length], [4, 4]);
  });
});
