import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { open } from "node:fs/promises";
import { type Journal, openJournal } from "../../../src/ledger/journal/journal.ts";
import type { EntryLine } from "../../../src/ledger/journal/line.ts";
import { LedgerError } from "../../../src/ledger/ledger_error.ts";
import { test } from "../../support/test.ts";
import { requestOf, withFolder } from "../support.ts";

const at = "2026-11-23T15:38:21.000Z";
const intentOf = (key: string): EntryLine => ({
  ...{ at, key, state: "intent", kind: "job", fingerprint: key, watermark: 0 },
  request: requestOf(1),
});
async function write(journal: Journal, ...lines: readonly EntryLine[]): Promise<void> {
  const release = await journal.hold();
  try {
    await journal.append(...lines);
  } finally {
    await release();
  }
}

test("openJournal() makes no file before something is written, and one that only its owner reads", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    const journal = await openJournal(path, { patience: 0 });
    await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
    await write(journal, intentOf("a"));
    assertEquals(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
    assertEquals([...(await openJournal(path, { patience: 0 })).entries.keys()], ["a"]);
  });
});

test("append() puts lines behind those that are there, wherever the last one was cut", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    await write(await openJournal(path, { patience: 0 }), intentOf("a"), intentOf("b"));
    const whole = await Deno.readFile(path);
    const second = whole.indexOf(10) + 1;
    for (let cut = second; cut <= whole.length; cut++) {
      await Deno.writeFile(path, whole.subarray(0, cut));
      await write(await openJournal(path, { patience: 0 }), intentOf("c"));
      const { entries, notes } = await openJournal(path, { patience: 0 });
      const kept = cut >= whole.length - 1;
      assertEquals([...entries.keys()], kept ? ["a", "b", "c"] : ["a", "c"], `cut at ${cut}`);
      assertEquals(notes, []);
    }
  });
});

test("append() writes nothing where there is no room, and can go on when there is", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    let full = false;
    const journal = await openJournal(path, {
      patience: 0,
      async openFile(name) {
        const handle = await open(name, "a+");
        await handle.close();
        const file = await open(name, "r+");
        const write = file.write.bind(file);
        // A disk that takes ten bytes more and then no more.
        Object.defineProperty(file, "write", {
          value: async (bytes: Uint8Array, from: number, length: number, position: number) => {
            if (!full) return await write(bytes, from, length, position);
            await write(bytes, from, 10, position);
            throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
          },
        });
        return file;
      },
    });
    await write(journal, intentOf("a"));
    const before = await Deno.readTextFile(path);
    full = true;
    const error = await assertRejects(() => write(journal, intentOf("b")), LedgerError);
    assertEquals(error.reason, "file");
    assertStringIncludes(error.message, "make room on the disk");
    assertEquals(await Deno.readTextFile(path), before);
    assertEquals([...journal.entries.keys()], ["a"]);
    full = false;
    await write(journal, intentOf("b"));
    assertEquals([...(await openJournal(path, { patience: 0 })).entries.keys()], ["a", "b"]);
  });
});

test("hold() reads what others wrote since, and is one for all who hold at once", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    const one = await openJournal(path, { patience: 0 });
    const other = await openJournal(path, { patience: 0 });
    await write(one, intentOf("a"));
    assertEquals(other.entries.size, 0);
    const releases = await Promise.all([other.hold(), other.hold()]);
    assertEquals(other.entries.size, 1);
    const [first, second] = releases;
    await first?.();
    await assertRejects(() => one.hold(), LedgerError, "holds it");
    await second?.();
    await (await one.hold())();
  });
});

test("openJournal() opens five thousand entries", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/fields.jsonl`;
    const lines = Array.from({ length: 5_000 }, (_, index): EntryLine[] => [
      intentOf(`k${index}`),
      { at, key: `k${index}`, state: "sent" },
      { at, key: `k${index}`, state: "created", id: index + 1 },
    ]).flat();
    await write(await openJournal(path, { patience: 0 }), ...lines);
    const { entries } = await openJournal(path, { patience: 0 });
    assertEquals([entries.size, entries.get("k4999")?.id], [5_000, 5_000]);
  });
});

test("openJournal() says what to do where it cannot read", async () => {
  await withFolder(async (folder) => {
    const error = await assertRejects(() => openJournal(folder, { patience: 0 }), LedgerError);
    assertStringIncludes(error.message, "name a file, not a folder");
    const lost = await openJournal(`${folder}/none/fields.jsonl`, { patience: 0 });
    await assertRejects(() => lost.hold(), LedgerError, "make the folder that it is to be in");
  });
});
