import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { takeLock } from "../../../src/ledger/journal/lock.ts";
import { LedgerError } from "../../../src/ledger/ledger_error.ts";
import { instantClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { withFolder } from "../support.ts";

test("takeLock() lets one in, says who that is, and lets the next one in afterwards", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    const release = await takeLock(path, { patience: 0 });
    const error = await assertRejects(
      () => takeLock(path, { patience: 200, clock: instantClock() }),
      LedgerError,
    );
    assertEquals(error.reason, "held");
    assertStringIncludes(error.message, `process ${Deno.pid}, since 20`);
    await release();
    await (await takeLock(path, { patience: 0 }))();
  });
});

test("takeLock() waits no longer than its signal allows", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    const release = await takeLock(path, { patience: 0 });
    const stop = new AbortController();
    const waiting = takeLock(path, { patience: 60_000, signal: stop.signal });
    stop.abort("enough");
    assertEquals(await waiting.catch((reason) => reason), "enough");
    await release();
  });
});

test("takeLock() is freed by the death of its holder", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-check", "--no-prompt", "--allow-all"],
        ...["--import-map", "tests/import_map.npm.json"],
        new URL("lock_child.ts", import.meta.url).pathname,
        path,
      ],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    assertStringIncludes(new TextDecoder().decode(value), "held");
    const error = await assertRejects(() => takeLock(path, { patience: 0 }), LedgerError);
    assertStringIncludes(error.message, `process ${child.pid}`);
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    const release = await takeLock(path, { patience: 5_000 });
    assert(typeof release === "function");
    await release();
  });
});
