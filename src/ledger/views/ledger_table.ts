import { count, formatInstant } from "../../core/units.ts";
import { type Displayable, displayable, withData } from "../../display/render/displayable.ts";
import {
  type Block,
  type Column,
  command,
  type Line,
  MAX_ROWS,
  muted,
  type Piece,
  strong,
} from "../../display/render/document.ts";
import { statusBadge } from "../../display/render/status.ts";
import { captionOf, select } from "../../display/views/work/select.ts";
import { hasEnded } from "../../models/jobs.ts";
import { shownTitle } from "../../models/titles/title_token.ts";
import { isMade, isOpen, type LedgerEntry } from "../journal/entry.ts";

/** What a table of a ledger needs of it. */
export interface ShownLedger {
  /** Where the file is. */
  readonly path: string;
  /** The service that it is of. */
  readonly service: string | undefined;
  /** What it holds. */
  readonly entries: readonly LedgerEntry[];
  /** What of the file was passed over. */
  readonly notes: readonly string[];
}

const COLUMNS: readonly Column[] = [
  { title: "Job", max: 16, align: "right" },
  { title: "Status", max: 26 },
  { title: "Title", max: 60, yields: true },
  { title: "Key", max: 24, folds: 2 },
  { title: "Sent (UTC)", max: 16, folds: 1 },
];

/** A ledger as a table: what was sent, what came of it, and what is still to do. */
export function ledgerTable(ledger: ShownLedger): Displayable {
  return withData(
    displayable(() => ledgerBlocks(ledger)),
    () => ledger.entries.map(rowOf),
  );
}

/** A row of the table as a file has it. */
function rowOf({ key, kind, id, state, status, request, since, reason, folder }: LedgerEntry) {
  const { title, service, parameters, format } = request;
  return {
    ...{ key, kind, id, state, status, title, service, parameters, format },
    ...{ sent: since, reason, folder },
  };
}

/** How far an entry is, in one word. */
export function wordOf(entry: LedgerEntry): string {
  return isMade(entry) ? entry.status ?? "created" : WORDS[entry.state];
}

const WORDS: Readonly<Record<LedgerEntry["state"], string>> = {
  intent: "not sent",
  sent: "answer lost",
  unknown: "answer lost",
  created: "created",
  found: "created",
  refused: "refused",
  absent: "not sent",
  ambiguous: "ambiguous",
};

function ledgerBlocks({ path, service, entries, notes }: ShownLedger): readonly Block[] {
  const warnings: readonly Block[] = notes.length === 0
    ? []
    : [{ kind: "note", tone: "warning", lines: notes }];
  if (entries.length === 0) {
    return [{
      kind: "note",
      tone: "plain",
      lines: [[
        `${path}: nothing was sent yet. `,
        command("await client.unitJobs.create(request, { ledger })"),
        " writes down what it sends.",
      ]],
    }, ...warnings];
  }
  const listed = entries.map((entry, index) => ({
    entry,
    // Those without a number are the newest news there is.
    id: entry.id ?? Number.MAX_SAFE_INTEGER - entries.length + index,
    status: wordOf(entry),
    title: shownTitle(entry.request.title),
  }));
  const selection = select(listed, { rows: MAX_ROWS });
  const toDo = toDoOf(entries);
  return [
    {
      kind: "table",
      caption: [...[captionOf(selection, "job")].flat(), muted(` · ${path}`)],
      about: service === undefined ? [] : [`Sent to ${service}`],
      columns: COLUMNS,
      rows: selection.shown.map(({ entry, status, title }): readonly Line[] => [
        entry.id === undefined
          ? muted("–")
          : entry.kind === "task"
          ? `task ${entry.id}`
          : `${entry.id}`,
        statusBadge(status),
        title,
        entry.key,
        formatInstant(entry.since).slice(0, 16),
      ]),
    },
    ...(toDo.length === 0
      ? []
      : [{ kind: "note", tone: "plain", lines: [strong("Still to do"), ...toDo] } as const]),
    ...warnings,
  ];
}

/** What is still to do, each with the call that does it. */
function toDoOf(entries: readonly LedgerEntry[]): readonly Line[] {
  const lines: Line[] = [];
  const say = (
    found: readonly LedgerEntry[],
    what: (amount: string) => string,
    call: (first: LedgerEntry) => Piece | string,
  ) => {
    const [first] = found;
    if (first !== undefined) lines.push([what(count(found.length, "job")), call(first)]);
  };
  const of = (...states: readonly LedgerEntry["state"][]) =>
    entries.filter(({ state }) => states.includes(state));
  const resource = ({ kind }: LedgerEntry) => kind === "job" ? "unitJobs" : "upscaleTasks";
  say(
    entries.filter(isOpen),
    (amount) => `${amount} whose answer was lost: `,
    () => command("await ledger.reconcile(client)"),
  );
  say(
    of("ambiguous"),
    (amount) => `${amount} that only you can tell: `,
    ({ key, candidates: [id] = [] }) =>
      command(`await ledger.decide(${JSON.stringify(key)}, { id: ${id} })`),
  );
  say(
    of("intent", "absent", "refused"),
    (amount) => `${amount} that came to nothing: `,
    () => "run the cell again that sends it, or submitAll with the same requests",
  );
  const made = entries.filter(isMade);
  say(
    made.filter(({ status = "" }) => !hasEnded(status)),
    (amount) => `${amount} under way: `,
    (first) => command(`await follow(client.${resource(first)}.watch(${first.id}))`),
  );
  say(
    made.filter(({ status, folder, kind }) =>
      kind === "job" && status === "finished" && folder === undefined
    ),
    (amount) => `${amount} finished and not brought home: `,
    ({ id }) => command(`await download(client, ${id}, "out/")`),
  );
  const again = new Set(entries.flatMap(({ again }) => again ?? []));
  say(
    made.filter(({ key, status = "" }) =>
      hasEnded(status) && status !== "finished" && !again.has(key)
    ),
    (amount) => `${amount} failed or canceled: `,
    () => command("await batch.retryFailed()"),
  );
  return lines;
}
