import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { frameOf, progressOf } from "../../../src/ledger/batch/progress.ts";
import { jupyterDisplay } from "../../../src/display/render/displayable.ts";
import type { LedgerEntry } from "../../../src/ledger/journal/entry.ts";
import { test } from "../../support/test.ts";
import { range, requestOf } from "../support.ts";

const since = new Date("2026-11-23T15:38:21Z");

test("progressOf() counts by status, and keeps the last errors", () => {
  const entries = new Map(
    range(2_000).map((id): [string, LedgerEntry] => [`k${id}`, {
      ...{ key: `k${id}`, kind: "job", request: requestOf(1), fingerprint: "f", watermark: 0 },
      ...{ state: "created", at: since, since, id, status: id <= 5 ? "failed" : "running" },
    }]),
  );
  const keys = [...entries.keys(), "new"];
  const progress = progressOf(keys, entries, { errors: ["a", "b", "c", "d"], waiting: "for room" });
  assertEquals([progress.total, progress.made], [2_001, 2_000]);
  assertEquals([...progress.counts], [["failed", 5], ["running", 1_995], ["to send", 1]]);
  assertEquals(progress.errors, ["b", "c", "d"]);
  const { line, view, lead = [] } = frameOf(progress, "fields.jsonl");
  assertEquals(lead.map(({ text }) => text), ["✗", "▓".repeat(22), "·"]);
  assertStringIncludes(
    line,
    "2000 of 2001 jobs made · 5 failed · 1995 running · 1 to send · for room",
  );
  const bundle = view[jupyterDisplay]();
  const text = String(view);
  for (const part of ["Waiting: for room", "Went wrong: d", "the same call goes on"]) {
    assertStringIncludes(text, part);
  }
  assertStringIncludes(text, `✗${"▓".repeat(22)}·`);
  assert(bundle["text/html"].length < 40_000);
});
