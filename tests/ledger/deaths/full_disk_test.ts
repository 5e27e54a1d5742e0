import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type FileHandle, open } from "node:fs/promises";
import { openJournal } from "../../../src/ledger/journal/journal.ts";
import { LedgerError, openLedger, submitAll } from "../../../src/ledger/mod.ts";
import { ledgerOf } from "../../../src/ledger/open_ledger.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, many, quiet, withFolder } from "../support.ts";

/** A file on a disk that takes so many writes, then ten bytes more, and then no more. */
async function fillingFile(path: string, room: { left: number }): Promise<FileHandle> {
  await (await open(path, "a+", 0o600)).close();
  const file = await open(path, "r+");
  const write = file.write.bind(file);
  Object.defineProperty(file, "write", {
    value: async (bytes: Uint8Array, from: number, length: number, position: number) => {
      if (room.left-- > 0) return await write(bytes, from, length, position);
      await write(bytes, from, Math.min(length, 10), position);
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    },
  });
  return file;
}

/** So many jobs, and so many writes: whose ledger it is, then what each is to be, and what it became. */
const JOBS = 4, WRITES = 1 + 2 * JOBS;

test("a disk that is full at any write: nothing is sent that could not be written down, and all is sent once", async () => {
  for (let room = 0; room <= WRITES; room++) {
    await using sandbox = startSandbox();
    await withFolder(async (folder) => {
      const path = `${folder}/a.jsonl`;
      const disk = { left: room };
      const journal = await openJournal(path, {
        patience: 0,
        openFile: (name) => fillingFile(name, disk),
      });
      const ledger = ledgerOf(journal, { marks: true });
      const sent = async () =>
        (await Deno.readTextFile(path)).split("\n").filter((line) => line.includes('"sent"'))
          .length;
      const first = await submitAll(clientOf(sandbox), many(JOBS), { ledger, ...quiet })
        .catch((error: unknown) => error);
      assertEquals(first instanceof LedgerError, room < WRITES, `room for ${room}`);
      if (first instanceof LedgerError) {
        assertEquals(first.reason, "file");
        assertStringIncludes(first.message, "ENOSPC");
      }
      const posts = sandbox.requests.filter(({ method }) => method === "POST").length;
      assertEquals([posts, sandbox.platformJobs.length], [await sent(), await sent()]);
      const { entries, notes } = await openLedger(path);
      assert(entries.length >= posts);
      assertEquals(notes, []);
      // There is room again.
      const batch = await submitAll(clientOf(sandbox), many(JOBS), { ledger: path, ...quiet });
      assertEquals([batch.jobs.length, sandbox.platformJobs.length], [JOBS, JOBS]);
    });
  }
});
