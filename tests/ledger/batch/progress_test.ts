import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type FileHandle, open } from "node:fs/promises";
import { AuthenticatedClient } from "../../../mod.ts";
import { notebookScreen, type Screen } from "../../../src/display/follow/screen.ts";
import { jupyterDisplay } from "../../../src/display/render/displayable.ts";
import { frameOf, liveProgress, progressOf } from "../../../src/ledger/batch/progress.ts";
import type { LedgerEntry } from "../../../src/ledger/journal/entry.ts";
import { openJournal } from "../../../src/ledger/journal/journal.ts";
import { submitAll } from "../../../src/ledger/mod.ts";
import { ledgerOf } from "../../../src/ledger/open_ledger.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { many, quiet, range, requestOf, withFolder } from "../support.ts";

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

const sizeOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** How many requests there are, and how long the service takes over each, in milliseconds. */
const AMOUNT = 2_000, TAKES = 10;

test("submitAll() with 2,000 requests has one display that updates once a second, of at most 40 kB with its map, and one open file", async () => {
  await withFolder(async (folder) => {
    const clock = manualClock(Date.UTC(2026, 10, 23));
    let made = 0;
    const client = new AuthenticatedClient({
      ...{ baseUrl: "https://dispatch.example.test", token: "token", timeout: null, clock },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method !== "POST") return Response.json([]);
        clock.advance(TAKES);
        const { title, label } = await request.json();
        const job = { id: ++made, title, label, status: "created", parameters: {} };
        return Response.json({ ...job, service: requestOf(1).service }, { status: 201 });
      },
    });
    // What is flushed is another test's: a disk takes its time over four thousand times.
    let opened = 0, closed = 0;
    const openFile = async (path: string): Promise<FileHandle> => {
      const file = await open(path, "a+", 0o600);
      opened++;
      const close = file.close.bind(file);
      Object.defineProperty(file, "datasync", { value: () => Promise.resolve() });
      Object.defineProperty(file, "close", { value: () => (closed++, close()) });
      return file;
    };
    const journal = await openJournal(`${folder}/a.jsonl`, { patience: 0, openFile });
    const messages: { readonly type: string; readonly content: Record<string, unknown> }[] = [];
    const screen = notebookScreen({
      broadcast: (type, content) => Promise.resolve(void messages.push({ type, content })),
    });
    const updates: number[] = [];
    const batch = await submitAll(
      client,
      many(AMOUNT).map((request, index) => ({
        key: `field ${index}`,
        request,
      })),
      {
        ...{ ledger: ledgerOf(journal, { marks: true }), ...quiet, screen },
        onUpdate: (progress) => updates.push(progress.made),
      },
    );
    assertEquals([made, batch.jobs.length, updates.at(-1)], [AMOUNT, AMOUNT, AMOUNT]);
    assertEquals([opened, closed], [1, 1]);

    const [first, ...more] = messages;
    assertEquals(first?.type, "display_data");
    assertEquals(new Set(more.map(({ type }) => type)), new Set(["update_display_data"]));
    const displays = messages.map(({ content }) => JSON.stringify(content.transient));
    assertEquals(new Set(displays).size, 1);
    const seconds = AMOUNT * TAKES / 1_000;
    assert(messages.length > 10 && messages.length <= seconds + 2, `${messages.length} frames`);
    const sizes = messages.map(({ content }) => sizeOf(content.data));
    assert(Math.max(...sizes) <= 40_000, `${Math.max(...sizes)} bytes`);
    assertStringIncludes(JSON.stringify(messages.at(-1)?.content), "data:image/svg+xml");
    const table = sizeOf(batch.table[jupyterDisplay]());
    assert(table <= 40_000, `${table} bytes`);
  });
});

/** A view of some requests of which nothing was sent, and its frames as HTML. */
function viewOf(
  requests: ReturnType<typeof many>,
  options: { readonly map?: boolean; readonly pictures?: boolean; readonly breaks?: boolean } = {},
) {
  const { map = true, pictures = true, breaks = false } = options;
  const clock = manualClock();
  const frames: string[] = [];
  let closed = 0;
  const screen: Screen = {
    ...{ redraws: true, pictures },
    show({ view }) {
      frames.push(view[jupyterDisplay]()["text/html"]);
      return breaks ? Promise.reject(new Error("gone")) : Promise.resolve();
    },
    close() {
      closed++;
      return breaks ? Promise.reject(new Error("gone")) : Promise.resolve();
    },
  };
  const live = liveProgress({
    requests: requests.map((request) => ({ key: request.title, request, what: "new" })),
    journal: { path: "a.jsonl", entries: new Map() },
    ...{ screen, clock, map },
  });
  return { live, frames, clock, closed: () => closed };
}

/** Lets time pass until something waits for it again. */
async function pass(clock: ReturnType<typeof manualClock>): Promise<void> {
  while (clock.waiting === 0) await new Promise((resolve) => setTimeout(resolve));
  clock.advance(1_000);
}

test("liveProgress() shows the last thing that is told before a long wait, and nothing where nothing was told", async () => {
  const { live, frames, clock, closed } = viewOf(many(3));
  live.report({});
  live.report({ waiting: "for room", error: "Field 1: refused" });
  await pass(clock);
  await pass(clock);
  assertEquals(frames.length, 2);
  assertStringIncludes(frames[1] ?? "", "for room");
  assertStringIncludes(frames[1] ?? "", "Field 1: refused");
  await live.close();
  assertEquals([frames.length, closed(), clock.waiting], [3, 1, 0]);
  const silent = viewOf(many(3));
  await silent.live.close();
  assertEquals([silent.frames.length, silent.closed()], [0, 1]);
});

test("liveProgress() draws where the requests are, unless nobody wants that, can see it, or they have no place", async () => {
  const nowhere = many(2).map((request) => ({ ...request, parameters: { resolution: 10 } }));
  for (
    const [hasMap, requests, options] of [
      [true, many(2), {}],
      [false, many(2), { map: false }],
      [false, many(2), { pictures: false }],
      [false, nowhere, {}],
    ] as const
  ) {
    const { live, frames } = viewOf(requests, options);
    live.report({});
    await live.close();
    assertEquals(frames.map((html) => html.includes("<img")), [hasMap, hasMap]);
  }
});

test("liveProgress() bears a screen that is gone", async () => {
  const { live, closed } = viewOf(many(2), { breaks: true });
  live.report({});
  await live.close();
  assertEquals(closed(), 1);
});
