import { type Line, MAX_ROWS, muted, type Piece, strong } from "../../render/document.ts";
import { countsOf } from "../../../map/status.ts";
import { count } from "../../../core/units.ts";

/** What a table of work needs of each thing in it. */
export interface Work {
  /** The thing's number; a higher one is newer. */
  readonly id: number;
  /** How far it is. */
  readonly status: string;
}

/** The few of many that a table shows, and how many there are of each status. */
export interface Selection<T extends Work> {
  /** How many there are. */
  readonly total: number;
  /** Those to show, in order. */
  readonly shown: readonly T[];
  /** How many there are of each status. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Picks what to show: failed first, then running, then the newest. One pass that holds no more than
 * what is shown, because lists can have ten thousand.
 */
export function select<T extends Work>(all: readonly T[], rows: number = MAX_ROWS): Selection<T> {
  const counts = new Map<string, number>();
  const shown: T[] = [];
  for (const work of all) {
    const { status } = work;
    counts.set(status, (counts.get(status) ?? 0) + 1);
    const last = shown[shown.length - 1];
    if (last !== undefined && shown.length >= rows && !comesBefore(work, last)) continue;
    let at = shown.length;
    while (at > 0 && precedes(work, shown[at - 1])) at--;
    shown.splice(at, 0, work);
    if (shown.length > rows) shown.pop();
  }
  return { total: all.length, shown, counts };
}

/** What a table of work is called: how many of what, the counts by status, how many of them it shows. */
export function captionOf(
  { total, shown, counts }: Selection<Work>,
  one: string,
  name?: string,
): Line {
  const facts = [
    ...(name === undefined ? [] : [count(total, one)]),
    ...countsOf(counts),
    ...(shown.length < total ? [`showing ${shown.length} of ${total}`] : []),
  ];
  const pieces: Piece[] = [strong(name ?? count(total, one))];
  if (facts.length > 0) pieces.push(muted(` · ${facts.join(" · ")}`));
  return pieces;
}

function precedes(work: Work, other: Work | undefined): boolean {
  return other !== undefined && comesBefore(work, other);
}

function comesBefore(work: Work, other: Work): boolean {
  const difference = urgency(work.status) - urgency(other.status);
  return difference === 0 ? work.id > other.id : difference < 0;
}

function urgency(status: string): number {
  return status === "failed" ? 0 : status === "running" ? 1 : 2;
}
