import { assertEquals } from "@std/assert";
import type { LedgerWire } from "../../src/api/known/job_ledger.ts";
import type { EntryLine } from "../../src/ledger/journal/line.ts";
import { type Journal, openJournal } from "../../src/ledger/journal/journal.ts";
import { candidatesFor, reconcile, SETTLING } from "../../src/ledger/reconcile.ts";
import type { ProcessingJobSummary } from "../../src/models/jobs.ts";
import { instantClock } from "../support/clock.ts";
import { test } from "../support/test.ts";
import { requestOf, withFolder } from "./support.ts";

const START = Date.UTC(2026, 10, 23);
const at = new Date(START).toISOString();
const { service, parameters, label } = requestOf(1);

function job(id: number, changes: Partial<ProcessingJobSummary> = {}): ProcessingJobSummary {
  return {
    id,
    title: "Field 1 [#k3f9qa2m]",
    label,
    status: "created",
    service,
    parameters,
    ...changes,
  };
}

/** Looks for one entry at a service whose list is what `listed` says at that time. */
async function look(
  listed: (milliseconds: number) => readonly ProcessingJobSummary[],
  { token, state = "unknown", later = 0, underWay }: {
    readonly token?: string;
    /** After how long another request that asks for the same is answered, with number 10. */
    readonly underWay?: number;
    readonly state?: "unknown" | "sent";
    readonly later?: number;
  },
) {
  const asked: number[] = [];
  const clock = instantClock(START + later);
  const wire: LedgerWire = {
    service: "https://dispatch.example.test",
    clock,
    account: () => Promise.resolve(undefined),
    async list() {
      asked.push(clock.now() - START);
      if (underWay !== undefined && clock.now() - START >= underWay) {
        await journal?.append({ at, key: "b", state: "created", id: 10 });
      }
      return { processing_jobs: [...listed(clock.now() - START)], upscaling_tasks: [] };
    },
    job: () => Promise.reject(new Error("not asked")),
    task: () => Promise.reject(new Error("not asked")),
  };
  let journal: Journal | undefined;
  await withFolder(async (folder) => {
    journal = await openJournal(`${folder}/a.jsonl`, { patience: 0 });
    const release = await journal.hold();
    const lines: EntryLine[] = [
      {
        ...{ at, key: "a", state: "intent", kind: "job", fingerprint: "f", watermark: 5 },
        ...(token === undefined ? {} : { token }),
        request: requestOf(1),
      },
      { at, key: "a", state: "sent" },
      ...(state === "sent" ? [] : [{ at, key: "a", state: "unknown", reason: "lost" } as const]),
    ];
    await journal.append(...lines);
    const entries = [...journal.entries.values()];
    if (underWay !== undefined) {
      await journal.append(
        {
          ...{ at, key: "b", state: "intent", kind: "job", fingerprint: "f", watermark: 5 },
          request: requestOf(1),
        },
        { at, key: "b", state: "sent" },
      );
    }
    await reconcile(journal, entries, { wire });
    await release();
  });
  return { entry: journal?.entries.get("a"), asked };
}

test("reconcile() calls absent what is not there after the settling time, and not before", async () => {
  const { entry, asked } = await look(() => [], { token: "k3f9qa2m" });
  assertEquals(entry?.state, "absent");
  assertEquals(asked, SETTLING);
});

test("reconcile() finds a record that appears after 60 seconds", async () => {
  const { entry, asked } = await look((time) => time < 60_000 ? [] : [job(9)], {
    token: "k3f9qa2m",
  });
  assertEquals([entry?.state, entry?.id], ["found", 9]);
  assertEquals(asked, SETTLING);
});

test("reconcile() gives a request whose program died the time that the service has for it", async () => {
  const { entry, asked } = await look(() => [], {
    ...{ token: "k3f9qa2m", state: "sent", later: 200_000 },
  });
  assertEquals(entry?.state, "absent");
  assertEquals(asked, [...SETTLING.map((time) => time + 200_000), 420_000]);
  const young = await look((time) => time < 290_000 ? [] : [job(9)], {
    ...{ token: "k3f9qa2m", state: "sent", later: 1_000 },
  });
  assertEquals([young.entry?.state, young.entry?.id], ["found", 9]);
  const old = await look(() => [], { token: "k3f9qa2m", state: "sent", later: 3_600_000 });
  assertEquals([old.entry?.state, old.asked], ["absent", [3_600_000]]);
});

test("reconcile() does not choose among several", async () => {
  const { entry } = await look(() => [job(8), job(9)], { token: "k3f9qa2m" });
  assertEquals([entry?.state, entry?.candidates], ["ambiguous", [8, 9]]);
});

test("reconcile() knows a job without a token by number, title, service and parameters as values", async () => {
  const alike = {
    title: "Field 1",
    parameters: { spatial_extent: { north: 42, east: 1.5, south: 41, west: 1e0 } },
    service: { ...service, namespace: null },
  };
  const others = [
    job(5, alike),
    job(7, { ...alike, parameters: {} }),
    job(8, { ...alike, title: "Field 2" }),
    job(9, { ...alike, service: { ...service, application: "https://x.example.test/other.json" } }),
  ];
  const { entry } = await look(() => [...others, job(10, alike)], {});
  assertEquals([entry?.state, entry?.id], ["found", 10]);
  const two = await look(() => [job(10, alike), job(11, alike)], {});
  assertEquals(two.entry?.candidates, [10, 11]);
});

test("reconcile() leaves a job to another request on its way that looks the same, until that is answered", async () => {
  const alike = { ...job(10), title: "Field 1" };
  const { entry, asked } = await look(() => [alike], { underWay: 30_000 });
  assertEquals([entry?.state, entry?.id], ["absent", undefined]);
  assertEquals(asked, SETTLING);
  // Marked ones are told apart whatever is under way.
  const marked = await look(() => [job(9)], { token: "k3f9qa2m", underWay: 30_000 });
  assertEquals([marked.entry?.id, marked.asked], [9, [0]]);
});

test("candidatesFor() leaves what belongs to others", async () => {
  const { entry } = await look(() => [job(9)], { token: "k3f9qa2m" });
  const list = { processing_jobs: [job(9), job(10)], upscaling_tasks: [] };
  assertEquals(entry && candidatesFor(entry, list, new Set([9])), [{ id: 10, status: "created" }]);
});
