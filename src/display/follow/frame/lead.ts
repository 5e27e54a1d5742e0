import { count, formatDuration } from "../../../core/units.ts";
import { countsOf, OTHER_LOOK, STATUS_LOOKS, STATUS_ORDER } from "../../../map/status.ts";
import { hasEnded } from "../../../models/jobs.ts";
import type { Snapshot } from "../../../models/snapshot.ts";
import type { Segment } from "../../render/bar.ts";
import { type Piece, strong } from "../../render/document.ts";
import type { History } from "./history.ts";
import { roundTimeLeft, timeLeft } from "./time_left.ts";
import { countStatuses, type Part, partsOf, type Work } from "./work.ts";

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
