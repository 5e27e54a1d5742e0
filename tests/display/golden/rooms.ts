import { sessionCard } from "../../../src/auth/session_card.ts";
import { packagedIndex } from "../../../src/catalogue/index/index_data.ts";
import { catalogueView, servicesView } from "../../../src/catalogue/views/list.ts";
import { blocksOf, type Displayable } from "../../../src/display/render/displayable.ts";
import type { Block } from "../../../src/display/render/document.ts";
import { planBatch } from "../../../src/ledger/batch/plan.ts";
import type { LedgerEntry } from "../../../src/ledger/journal/entry.ts";
import { ledgerTable } from "../../../src/ledger/ledger_table.ts";
import { filesView } from "../../../src/results/download/files_view.ts";
import { tableOf, tableView } from "../../../src/results/tables/table.ts";
import { requestOf } from "../../ledger/support.ts";
import { scenes } from "../../notebooks/gallery/scenes.ts";

const SINCE = new Date("2026-11-23T15:38:21Z");

/** The views of the rooms beside the client, and the frames of `follow`, with names to find them by. */
export async function viewsOfRooms(): Promise<[name: string, blocks: readonly Block[]][]> {
  const views: [string, Displayable][] = [
    ...await Promise.all(
      ["middle", "end", "stopped", "two-thousand", "all-failed"].map(
        async (name): Promise<[string, Displayable]> => [
          `follow, ${name}`,
          await scenes[name]?.() ?? missing(name),
        ],
      ),
    ),
    ["signed in", sessionCard(session(false), "https://dispatch.example.test")],
    ["signed out", sessionCard(session(true), undefined)],
    ...catalogue(),
    ["a ledger", ledgerTable({ ...LEDGER, entries: entries() })],
    ["an empty ledger", ledgerTable({ ...LEDGER, entries: [] })],
    ["a batch", planBatch([1, 2, 3].map((at) => requestOf(at, `Field ${at}`)), new Map())],
    ["files brought home", filesView(FILES, { folder: "out/job-42", skipped: SKIPPED })],
    [
      "a table read from a file",
      tableView(tableOf("fields.csv", [
        { field: "Polder 12, west of the dyke", ndvi: 0.734, sown: SINCE },
        { field: "Polder 13", ndvi: null, sown: null },
      ])),
    ],
  ];
  return views.map(([name, view]) => [name, blocksOf(view)]);
}

function missing(name: string): never {
  throw new Error(`The gallery has no scene ${name}`);
}

function session(signedOut: boolean) {
  const issuer = "https://auth.dev.apex.esa.int/realms/apex";
  return { issuer, clientId: "apex-dispatch", user: "ada", expires: SINCE, signedOut };
}

function catalogue(): [string, Displayable][] {
  const { services, providers, platforms } = packagedIndex();
  const from = "index of August 2026";
  const context = { providers, platforms, from, notes: [] };
  return [
    ["the catalogue", catalogueView(services.slice(0, 3), from, [], [])],
    ["services", servicesView(services.slice(0, 3), context)],
    ["no services", servicesView([], context)],
  ];
}

const LEDGER = { path: "fields.jsonl", service: "https://dispatch.example.test", notes: [] };

function entries(): LedgerEntry[] {
  const changes: readonly Partial<LedgerEntry>[] = [
    { state: "created", id: 41, status: "finished" },
    { state: "created", id: 42, status: "running" },
    { state: "found", id: 43, status: "failed" },
    { state: "unknown" },
    { state: "ambiguous", candidates: [44, 45] },
  ];
  return changes.map((change, at): LedgerEntry => ({
    ...{ key: `field-${at}`, kind: "job", request: requestOf(1, `Field ${at}`) },
    ...{ fingerprint: `${at}`, watermark: 0, state: "sent", at: SINCE, since: SINCE },
    ...change,
  }));
}

const FILES = ["composite", "confidence"].map((key, at) => ({
  ...{ key, name: `${key}_32631_E640_N5640.tif`, path: `out/job-42/${key}_32631_E640_N5640.tif` },
  ...{
    size: 52_428_800,
    checked: "length" as const,
    fetched: at === 0,
    host: "results.example.test",
  },
  type: "image/tiff",
} as const));

const SKIPPED = [{ key: "log", why: "its address is no http address" }];
