import { assertEquals, assertThrows } from "@std/assert";
import {
  encodeLine,
  type EntryLine,
  type JournalLine,
  readJournal,
} from "../../../src/ledger/journal/line.ts";
import { LedgerError } from "../../../src/ledger/ledger_error.ts";
import { test } from "../../support/test.ts";
import { requestOf } from "../support.ts";

const at = "2026-11-23T15:38:21.000Z", key = "ä🌾";
const request = requestOf(1);
const all: readonly JournalLine[] = [
  { ledger: 1, at, service: "https://dispatch.example.test", account: { id: "1", name: "ada" } },
  { at, key, state: "intent", kind: "job", fingerprint: "f", watermark: 0, request },
  { at, key, state: "sent" },
  { at, key, state: "unknown", reason: "lost" },
  { at, key, state: "ambiguous", ids: [1, 2] },
  { at, key, state: "absent" },
  { at, key, state: "found", id: 2, status: "created" },
  { at, key, state: "status", status: "finished" },
  { at, key, state: "downloaded", folder: "out/ä" },
  { at, key, state: "children", jobs: [{ id: 4, status: "running" }] },
  { at, key: "b", state: "refused", reason: "no" },
  { at, key: "c", state: "created", id: 3 },
];
function lineAt(index: number): JournalLine {
  const line = all[index];
  if (line === undefined) throw new Error("no such line");
  return line;
}
const bytesOf = (text: string) => new TextEncoder().encode(text);

test("readJournal() reads every line that encodeLine() writes", () => {
  const bytes = bytesOf(all.map(encodeLine).join(""));
  assertEquals(readJournal(bytes, "a"), { lines: all, end: bytes.length, open: false });
});

test("readJournal() passes over a last line that was cut at any byte, and says so", () => {
  const before = bytesOf(encodeLine(lineAt(0)) + encodeLine(lineAt(1)));
  const last = bytesOf(encodeLine({ at, key, state: "found", id: 12 }));
  for (let cut = 1; cut < last.length - 1; cut++) {
    const bytes = new Uint8Array([...before, ...last.subarray(0, cut)]);
    const { lines, end, note = "", open } = readJournal(bytes, "a");
    assertEquals([lines.length, end, open], [2, before.length, false]);
    assertEquals(note.startsWith("the last line (3) was cut off"), true, note);
  }
  const whole = readJournal(new Uint8Array([...before, ...last.subarray(0, -1)]), "a");
  assertEquals([whole.lines.length, whole.open], [3, true]);
});

test("readJournal() refuses a damaged line in the middle, by its number", () => {
  const text = encodeLine(lineAt(0)) + '{"at":"2026","key":"a","sta\n' + encodeLine(lineAt(2));
  const error = assertThrows(() => readJournal(bytesOf(text), "fields.jsonl"), LedgerError);
  assertEquals(error.message.split("\n")[0], "Cannot read fields.jsonl: line 2 is damaged");
});

test("readJournal() refuses lines that lack what they must have", () => {
  const broken: readonly object[] = [
    { at, key, state: "intent", kind: "job", fingerprint: "f", watermark: 0, request: {} },
    { at, key, state: "created", id: "12" },
    { at, key, state: "ambiguous", ids: ["1"] },
    { at, key, state: "status" },
    { at, state: "sent" },
    { key, state: "sent" },
  ];
  for (const line of broken) {
    const text = `${encodeLine(lineAt(0))}${JSON.stringify(line)}\n${encodeLine(lineAt(2))}`;
    assertThrows(() => readJournal(bytesOf(text), "a"), LedgerError, "line 2 is damaged");
  }
});

test("readJournal() refuses a file that is no ledger, and passes over what a newer version writes", () => {
  assertThrows(() => readJournal(bytesOf("a,b\n1,2\n"), "a.csv"), LedgerError, "it is no ledger");
  const newer = { at, key, state: "paused", until: at };
  const known: EntryLine = { at, key, state: "sent" };
  const text = `${encodeLine(lineAt(0))}${JSON.stringify(newer)}\n${encodeLine(known)}`;
  assertEquals(readJournal(bytesOf(text), "a").lines, [all[0], known]);
});
