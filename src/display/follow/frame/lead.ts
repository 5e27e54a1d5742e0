import { count, formatDuration, formatInstant } from "../../../core/units.ts";
import { countsOf, OTHER_LOOK, STATUS_LOOKS, STATUS_ORDER } from "../../../map/status.ts";
import { hasEnded } from "../../../models/jobs.ts";
import { type Snapshot, watchCall, type WatchSubject } from "../../../models/snapshot.ts";
import {
  type Block,
  command,
  type Line,
  type Piece,
  type Segment,
  strong,
} from "../../render/document.ts";
import { nextStep, remarksOn } from "../../views/work/job.ts";
import { roundTimeLeft, timeLeft } from "./time_left.ts";
import { countStatuses, type History, type Part, partsOf, type Work } from "./work.ts";

/** How far work is, in figures. */
export interface Figures {
  /** The pieces of the bar. */
  readonly bar: readonly Segment[];
  /** What leads: `7 of 12 finished`. */
  readonly head: string;
  /** How many pieces failed; a number that stands out. */
  readonly failed: number;
  /** The other counts, and times. */
  readonly facts: readonly string[];
}

/** What tells the figures. */
export interface FiguresOptions {
  /** What time it is. */
  readonly now: number;
  /** What was seen so far. */
  readonly history: History;
  /** Whether nobody watches any more. */
  readonly over: boolean;
}

/** From how many ended jobs on the time left is guessed. */
const ENOUGH = 3;

/** The order of the bar's pieces: what is done, what is lost, what moves, what waits. */
const BAR_ORDER = ["finished", "failed", "canceled", "running", "queued", "created", "unknown"];
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["finished", "█"],
  ["failed", "✗"],
  ["canceled", "⊘"],
  ["running", "▓"],
  ["queued", "▒"],
  ["created", "░"],
]);
/** How jobs look that are not made yet. */
const UNMADE = { color: "#a8b0b8", sign: "·" };

/** How far followed work is, in figures. */
export function figuresOf(snapshot: Snapshot<Work>, options: FiguresOptions): Figures {
  const { value } = snapshot;
  const parts = partsOf(value);
  const counts = countStatuses(parts);
  const total = Math.max(snapshot.expectedJobs ?? 0, parts.length);
  const missing = total - parts.length;
  const failed = counts.get("failed") ?? 0;
  const ended = parts.filter(({ status }) => hasEnded(status)).length;
  const isList = "processing_jobs" in value;
  const headStatuses = isList ? ENDED : FINISHED;
  const rest = countsOf(new Map([...counts].filter(([status]) => !headStatuses.includes(status))));
  const head = isList
    ? `${ended} of ${total} ended`
    : `${counts.get("finished") ?? 0} of ${count(total, "job")} finished`;
  return {
    bar: barOf(counts, missing),
    head,
    failed,
    facts: [
      ...rest,
      ...(missing === 0 ? [] : [`${missing} not made yet`]),
      ...ageOf(snapshot, options),
      ...(options.over || snapshot.done
        ? []
        : leftOf(snapshot, parts, { ...options, ended, missing })),
    ],
  };
}

const FINISHED = ["finished", "failed"];
const ENDED = ["finished", "failed", "canceled"];

/** The figures as a line: what leads stands out, and what failed most of all. */
export function figuresLine({ head, failed, facts }: Figures): readonly Piece[] {
  return [
    strong(head),
    ...(failed === 0 ? [] : [
      { text: " · " },
      { text: `✗ ${failed} failed`, badge: STATUS_LOOKS.get("failed")?.color ?? OTHER_LOOK.color },
    ]),
    { text: facts.map((fact) => ` · ${fact}`).join("") },
  ];
}

/** The figures as plain words. */
export function figuresWords({ head, failed, facts }: Figures): string {
  return [head, ...(failed === 0 ? [] : [`${failed} failed`]), ...facts].join(" · ");
}

/** The pieces of a bar: how many there are of each status, and how many are not made yet. */
export function barOf(counts: ReadonlyMap<string, number>, missing: number): readonly Segment[] {
  const others = [...counts.keys()].filter((status) => !STATUS_ORDER.includes(status));
  const pieces = [...BAR_ORDER, ...others].flatMap((status): Segment[] => {
    const amount = counts.get(status) ?? 0;
    if (amount === 0) return [];
    const { color } = STATUS_LOOKS.get(status) ?? OTHER_LOOK;
    return [{ amount, color, sign: SIGNS.get(status) ?? "?" }];
  });
  return missing === 0 ? pieces : [...pieces, { amount: missing, ...UNMADE }];
}

/** How old the work is, by its own times; how long it took, once it has ended. */
function ageOf({ value, done }: Snapshot<Work>, { now, history }: FiguresOptions): string[] {
  if ("processing_jobs" in value) return [];
  const created = value.created.getTime();
  if (!done) return [formatDuration(now - created)];
  // A task's own time can be that of a moment before its last jobs were made.
  const seen = "jobs" in value ? history.lastChange ?? 0 : 0;
  return [`took ${formatDuration(Math.max(value.updated.getTime(), seen) - created)}`];
}

function leftOf(
  { value, expectedJobs }: Snapshot<Work>,
  parts: readonly Part[],
  { now, history, ended, missing }: FiguresOptions & {
    readonly ended: number;
    readonly missing: number;
  },
): string[] {
  // Nobody knows how many there will be.
  if (!("jobs" in value) || expectedJobs === undefined || ended < ENOUGH) return [];
  const running = parts.filter(({ status }) => status === "running");
  const left = timeLeft({
    ended,
    running: running.map((part) => now - (history.since(part)?.at ?? now)),
    waiting: parts.length - ended - running.length + missing,
    ran: history.ran,
    // The task was created by the service's clock, which need not agree with this one.
    elapsed: now - value.created.getTime(),
    atOnce: history.atOnce,
  });
  return left === undefined ? [] : [`about ${formatDuration(roundTimeLeft(left))} left`];
}

/** How following ended, if not with the work: nobody watches any more, or an error. */
export type End =
  | { readonly kind: "stopped" }
  | { readonly kind: "error"; readonly error: unknown };

/** The most lines of an error that are shown. */
const MAX_LINES = 20;

/** What is told of how following ended. */
export interface Ending {
  /** What is followed. */
  readonly subject: WatchSubject;
  /** What is known of it. */
  readonly snapshot: Snapshot<Work> | undefined;
  /** When it ended. */
  readonly now: Date;
}

/** What a frame says of how following ended. */
export function endBlock(end: End, ending: Ending): Block {
  if (end.kind === "error") return { kind: "note", tone: "error", lines: linesOf(end.error) };
  const again: Line = ["Take it up again with ", command(againCall(ending))];
  return {
    kind: "note",
    tone: "warning",
    lines: [
      `Stopped watching at ${formatInstant(ending.now)}: ${stillWords(ending)}`,
      again,
      "Run all goes on with the next cell.",
    ],
  };
}

/** The same in lines of plain words: the first to stand beside the figures, the others alone. */
export function endWords(end: End, ending: Ending): readonly string[] {
  return end.kind === "error"
    ? linesOf(end.error).slice(0, 1)
    : [`stopped watching: ${stillWords(ending)}`, `Take it up again with ${againCall(ending)}`];
}

/** What there is to do once the work has ended by itself. */
export function nextBlocks(work: Work): readonly Block[] {
  if ("processing_jobs" in work) return [];
  if ("jobs" in work) {
    const lost = work.jobs.some(({ status }) => hasEnded(status) && status !== "finished");
    const call = command(`await retryFailed(client, ${work.id}, { format })`);
    return lost
      ? [{
        kind: "line",
        line: ["Make again what failed: ", call, ", in the format that was asked for"],
      }]
      : [];
  }
  const next = nextStep(work);
  return [
    ...(next === undefined ? [] : [{ kind: "line", line: next } as const]),
    ...remarksOn(work),
  ];
}

/** What the followed work is called in a sentence. */
export function nameOf({ kind, id, part }: WatchSubject): string {
  if (part !== undefined) return part.name;
  return kind === "list" ? "all work" : `${kind}${id === undefined ? "" : ` ${id}`}`;
}

function stillWords({ subject, snapshot }: Ending): string {
  const value = snapshot?.value;
  const status = value !== undefined && "status" in value ? value.status : "";
  const is = ["created", "queued", "running"].includes(status) ? `is still ${status}` : "goes on";
  return `${
    subject.kind === "list" && subject.part === undefined ? "the work" : nameOf(subject)
  } ${is}`;
}

function againCall({ subject, snapshot }: Ending): string {
  return `await follow(${watchCall(subject, snapshot?.expectedJobs)})`;
}

function linesOf(error: unknown): string[] {
  const message = error instanceof Error && error.message !== "" ? error.message : String(error);
  const lines = message.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.length === 0 ? ["An error without a word"] : lines.slice(0, MAX_LINES);
}
