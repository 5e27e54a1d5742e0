import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { LedgerError, openLedger, resume, submitAll } from "../../../src/ledger/mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, many, quiet, requestOf, withFolder } from "../support.ts";

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
