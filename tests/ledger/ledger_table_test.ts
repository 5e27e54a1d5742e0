import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { toCsv } from "../../mod.ts";
import { fingerprintOf, type LedgerEntry } from "../../src/ledger/journal/entry.ts";
import { fileName, ledgerTable, wordOf } from "../../src/ledger/ledger_table.ts";
import { test } from "../support/test.ts";
import { requestOf } from "./support.ts";

const since = new Date("2026-11-23T15:38:21Z");
function entryOf(key: string, changes: Partial<LedgerEntry>): LedgerEntry {
  return {
    ...{ key, kind: "job", request: requestOf(1, `Field ${key}`), fingerprint: key },
    ...{ watermark: 0, state: "sent", at: since, since },
    ...changes,
  };
}
function textOf(entries: readonly LedgerEntry[], notes: readonly string[] = []): string {
  const service = "https://dispatch.example.test";
  return String(ledgerTable({ path: "fields.jsonl", service, entries, notes }));
}

test("ledgerTable() shows what was sent, what came of it, and the calls for what is still to do", () => {
  const text = textOf([
    entryOf("a", { state: "created", id: 41, status: "finished" }),
    entryOf("b", { state: "created", id: 42, status: "running" }),
    entryOf("c", { state: "found", id: 43, status: "failed" }),
    entryOf("d", { state: "unknown" }),
    entryOf("e", { state: "ambiguous", candidates: [44, 45] }),
    entryOf("f", { state: "absent" }),
    entryOf("g", { state: "created", id: 46, status: "finished", folder: "out" }),
    entryOf("h", { state: "refused", fingerprint: fingerprintOf(requestOf(1, "Field h")) }),
  ], ["the last line (9) was cut off"]);
  for (
    const part of [
      ...["8 jobs", "fields.jsonl", "2026-11-23 15:38", "Field a", "✗ failed"],
      'await (await resume(client, ledger)).download("out/")',
      "await follow(await resume(client, ledger))",
      "await (await resume(client, ledger)).retryFailed()",
      "1 job not sent, or refused: const batch = await resume(client, ledger)",
      "await ledger.reconcile(client)",
      'await ledger.decide("e", { id: 44 })',
      ...[
        "1 job not sent, or refused, that this ledger cannot send by itself",
        "the last line (9) was cut off",
      ],
    ]
  ) assertStringIncludes(text, part);
});

test("ledgerTable() says how to begin, and ends with at most twenty rows", () => {
  assertStringIncludes(textOf([]), "await client.unitJobs.create(request, { ledger })");
  const many = Array.from(
    { length: 3_000 },
    (_, index) => entryOf(`k${index}`, { state: "created", id: index + 1, status: "finished" }),
  );
  const text = textOf(many);
  assertStringIncludes(text, "20 of 3000 shown");
  assert(text.split("\n").length < 40);
});

test("ledgerTable() has its rows whole as CSV", () => {
  const entries = [entryOf("a", { state: "created", id: 41, status: "finished" })];
  const csv = toCsv(ledgerTable({ path: "a", service: undefined, entries, notes: [] }));
  assertStringIncludes(csv.split("\n")[0] ?? "", "key,kind,id,state,status,title");
  assertStringIncludes(csv, "a,job,41,created,finished,Field a");
});

test("wordOf() says of what is not at the service why that is so", () => {
  assertEquals(wordOf(entryOf("a", { state: "absent" })), "not sent");
  assertEquals(wordOf(entryOf("a", { state: "unknown" })), "answer lost");
  assertEquals(wordOf(entryOf("a", { state: "found", id: 4, status: "queued" })), "queued");
});

test("ledgerTable() tells how a task's jobs are, and the calls that a task wants", () => {
  const { parameters: _, ...rest } = requestOf(1, "Polders");
  const values = [1, 2, 3];
  const request = { ...rest, parameters: {}, dimension: { name: "place", values } };
  const task = { kind: "task", request, state: "created" } as const;
  const children = [{ id: 4, status: "finished" }, { id: 5, status: "failed" }];
  const text = textOf([
    entryOf("a", { ...task, id: 7, status: "finished", children }),
    entryOf("b", { ...task, id: 8, status: "running" }),
  ]);
  for (
    const part of [
      "Polders (1 finished, 1 failed, 1 not made)",
      '1 task of which jobs failed or were never made: await retryFailed(client, 7, { format: "gtiff" })',
      "1 task under way: await follow(client.upscaleTasks.watch(8, { expectedJobs: 3 }))",
    ]
  ) assertStringIncludes(text, part);
});

test("fileName() leaves out where a ledger is", () => {
  assertEquals(["/a/b/fields.jsonl", "fields.jsonl", "C:\\a\\f.jsonl"].map(fileName), [
    ...["fields.jsonl", "fields.jsonl", "f.jsonl"],
  ]);
});
