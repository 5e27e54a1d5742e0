import { assertEquals, assertNotEquals } from "@std/assert";
import {
  canonical,
  fingerprintOf,
  isComplete,
  isMade,
  isOpen,
  type LedgerEntry,
  plainService,
  withLine,
} from "../../../src/ledger/journal/entry.ts";
import type { EntryLine } from "../../../src/ledger/journal/line.ts";
import { test } from "../../support/test.ts";
import { requestOf } from "../support.ts";

test("canonical() is the same however a value is written", () => {
  assertEquals(
    canonical({ b: 1e-7, a: [{ y: 1, x: undefined }] }),
    canonical({ a: [{ y: 1 }], b: 0.0000001 }),
  );
  assertNotEquals(canonical([1, 2]), canonical([2, 1]));
  assertEquals(canonical(undefined), "null");
});

test("fingerprintOf() tells requests apart, and not spellings", () => {
  const request = requestOf(1);
  const { endpoint, application } = request.service;
  assertEquals(
    fingerprintOf(request),
    fingerprintOf({ ...request, service: { application, namespace: null, endpoint } }),
  );
  assertNotEquals(fingerprintOf(request), fingerprintOf({ ...request, format: "netcdf" }));
  assertNotEquals(fingerprintOf(request), fingerprintOf(requestOf(2, request.title)));
});

test("plainService() leaves out a namespace that says nothing", () => {
  assertEquals(plainService({ endpoint: "e", namespace: null }), { endpoint: "e" });
  assertEquals(plainService({ endpoint: "e", namespace: "n" }), { endpoint: "e", namespace: "n" });
  assertEquals(plainService(undefined), undefined);
});

const key = "a";
const intent: EntryLine = {
  ...{ at: "2026-11-23T15:00:00Z", key, state: "intent", kind: "job", fingerprint: "f" },
  ...{ token: "k3f9qa2m", watermark: 4, request: requestOf(1) },
};
function after(...lines: readonly EntryLine[]): LedgerEntry {
  const entry = lines.reduce<LedgerEntry | undefined>(withLine, undefined);
  if (entry === undefined) throw new Error("no entry");
  return entry;
}

test("withLine() follows an entry from intent to its end", () => {
  const at = "2026-11-23T16:00:00Z";
  const sent = after(intent, { at, key, state: "sent" });
  assertEquals([sent.state, isOpen(sent), isMade(sent)], ["sent", true, false]);
  const lost = after(intent, { at, key, state: "sent" }, {
    at,
    key,
    state: "unknown",
    reason: "r",
  });
  assertEquals([lost.state, lost.reason, isOpen(lost)], ["unknown", "r", true]);
  const found = withLine(lost, { at, key, state: "found", id: 9 });
  assertEquals(found && isMade(found), true);
  assertEquals([found?.id, found?.status, found?.reason], [9, "created", undefined]);
  const ended = withLine(found, { at, key, state: "status", status: "finished" });
  assertEquals([ended?.state, ended?.status], ["found", "finished"]);
  assertEquals(withLine(ended, { at, key, state: "downloaded", folder: "o" })?.folder, "o");
});

test("withLine() keeps since when something was to be sent, also when it is sent again", () => {
  const at = "2026-11-24T15:00:00Z";
  const again = after(intent, { at, key, state: "absent" }, { ...intent, at });
  assertEquals(again.state, "intent");
  assertEquals(again.since, new Date("2026-11-23T15:00:00Z"));
});

test("withLine() makes nothing of a line about what nobody meant to send", () => {
  assertEquals(withLine(undefined, { at: "2026", key, state: "sent" }), undefined);
});

test("withLine() knows who can be it", () => {
  const entry = after(intent, { at: "2026", key, state: "ambiguous", ids: [5, 6] });
  assertEquals([entry.state, entry.candidates], ["ambiguous", [5, 6]]);
});

test("withLine() knows the jobs of a task", () => {
  const jobs = [{ id: 5, status: "running" }];
  assertEquals(after(intent, { at: "2026", key, state: "children", jobs }).children, jobs);
});

test("isComplete() tells whether a ledger left something out of a request", () => {
  assertEquals(isComplete(after(intent)), false);
  assertEquals(isComplete(after({ ...intent, fingerprint: fingerprintOf(requestOf(1)) })), true);
});
