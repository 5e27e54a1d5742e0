import { quote } from "../core/text.ts";
import { count, formatInstant } from "../core/units.ts";
import { type Displayable, displayable, withData } from "../display/render/displayable.ts";
import {
  type Block,
  type Column,
  command,
  type Line,
  MAX_ROWS,
  muted,
  type Piece,
  strong,
} from "../display/render/document.ts";
import { statusBadge } from "../display/render/value.ts";
import { captionOf, select } from "../display/views/work/select.ts";
import { hasEnded } from "../models/jobs.ts";
import { shownTitle } from "../models/title_token.ts";
import { isComplete, isMade, isOpen, type LedgerEntry } from "./journal/entry.ts";

/** What a table of a ledger needs of it. */
export interface ShownLedger {
  /** Where the file is. */
  readonly path: string;
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
function rowOf(
  { key, kind, id, state, status, request, since, reason, folder, children }: LedgerEntry,
) {
  const { title, service, parameters, format } = request;
  return {
    ...{ key, kind, id, state, status, title, service, parameters, format },
    ...{ sent: since, reason, folder },
    ...(children === undefined ? {} : { children }),
  };
}

/** What the file of a ledger is called; where it is, nobody wants to read in every table. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
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
      caption: [...[captionOf(selection, "job")].flat(), muted(` · ${fileName(path)}`)],
      about: service === undefined ? [] : [`Sent to ${service}`],
      columns: COLUMNS,
      rows: selection.shown.map(({ entry, status, title }): readonly Line[] => [
        entry.id === undefined
          ? muted("–")
          : entry.kind === "task"
          ? `task ${entry.id}`
          : `${entry.id}`,
        statusBadge(status),
        entry.children === undefined ? title : `${title} (${childWords(entry)})`,
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

/** How far the jobs of a task are, in words. */
function childWords({ children = [], request }: LedgerEntry): string {
  const counts = new Map<string, number>();
  for (const { status } of children) counts.set(status, (counts.get(status) ?? 0) + 1);
  const missing = expectedOf(request) - children.length;
  return [
    ...[...counts].map(([status, amount]) => `${amount} ${status}`),
    ...(missing > 0 ? [`${missing} not made`] : []),
  ].join(", ");
}

/** What is still to do, each with the call that does it. */
function toDoOf(entries: readonly LedgerEntry[]): readonly Line[] {
  const lines: Line[] = [];
  const say = (
    found: readonly LedgerEntry[],
    what: (amount: string) => string,
    call: (first: LedgerEntry) => Piece | string,
    word = "job",
  ) => {
    const [first] = found;
    if (first !== undefined) lines.push([what(count(found.length, word)), call(first)]);
  };
  const of = (...states: readonly LedgerEntry["state"][]) =>
    entries.filter(({ state }) => states.includes(state));
  say(
    entries.filter(isOpen),
    (amount) => `${amount} sent, answer lost: `,
    () => command("await ledger.reconcile(client)"),
    "request",
  );
  say(
    of("ambiguous"),
    (amount) => `${amount} of which several can be the one; look at them, then say which: `,
    ({ key, candidates: [id] = [] }) =>
      command(`await ledger.decide(${quote(key)}, { id: ${id} })`),
  );
  const jobs = entries.filter(({ kind }) => kind === "job");
  const resumed = () => command("const batch = await resume(client, ledger)");
  say(
    of("intent", "absent", "refused").filter(({ kind }) => kind === "job").filter(isComplete),
    (amount) => `${amount} not sent, or refused: `,
    resumed,
  );
  say(
    of("intent", "absent", "refused").filter((entry) =>
      entry.kind === "task" || !isComplete(entry)
    ),
    (amount) => `${amount} not sent, or refused, that this ledger cannot send by itself: `,
    () => "run the cell again that makes the request",
  );
  const made = entries.filter(isMade);
  const isFor = (kind: LedgerEntry["kind"]) => (entry: LedgerEntry) => entry.kind === kind;
  const underWay = made.filter(({ status = "" }) => !hasEnded(status));
  say(
    underWay.filter(isFor("job")),
    (amount) => `${amount} under way: `,
    (first) =>
      command(
        jobs.length === 1
          ? `await follow(client.unitJobs.watch(${first.id}))`
          : "await follow(await resume(client, ledger))",
      ),
  );
  say(
    underWay.filter(isFor("task")),
    (amount) => `${amount} under way: `,
    ({ id, request }) =>
      command(
        `await follow(client.upscaleTasks.watch(${id}, { expectedJobs: ${expectedOf(request)} }))`,
      ),
    "task",
  );
  say(
    made.filter(({ status, folder, kind }) =>
      kind === "job" && status === "finished" && folder === undefined
    ),
    (amount) => `${amount} finished and not brought home: `,
    () => command('await (await resume(client, ledger)).download("out/")'),
  );
  const again = new Set(
    entries.flatMap((entry) =>
      entry.again !== undefined && (isMade(entry) || isOpen(entry)) ? [entry.again] : []
    ),
  );
  say(
    made.filter(({ key, kind, status = "" }) =>
      kind === "job" && hasEnded(status) && status !== "finished" && !again.has(key)
    ),
    (amount) => `${amount} failed or canceled: `,
    () => command("await (await resume(client, ledger)).retryFailed()"),
  );
  say(
    made.filter((entry) => hasEnded(entry.status ?? "") && lostChildren(entry) > 0),
    (amount) => `${amount} of which jobs failed or were never made: `,
    ({ id, request }) =>
      command(`await retryFailed(client, ${id}, { format: ${quote(request.format)} })`),
    "task",
  );
  return lines;
}

function expectedOf(request: LedgerEntry["request"]): number {
  return "dimension" in request ? request.dimension.values.length : 0;
}

/** How many jobs of a task failed, were canceled or never made, as far as the task was asked. */
function lostChildren({ request, children, status }: LedgerEntry): number {
  const expected = expectedOf(request);
  if (children === undefined) return status === "finished" ? 0 : expected;
  const finished = children.filter(({ status }) => status === "finished").length;
  return Math.max(expected, children.length) - finished;
}
