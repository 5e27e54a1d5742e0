import { shownTitle } from "../../../models/title_token.ts";
import { formatDuration } from "../../../core/units.ts";
import { shorten } from "../../../core/width.ts";
import { cornersOf } from "../../../geo/extent.ts";
import { findGeometry } from "../../../geo/read/read_geometry.ts";
import { hasEnded } from "../../../models/jobs.ts";
import { type Block, type Column, type Line, muted } from "../../render/document.ts";
import { statusBadge } from "../../render/value.ts";
import { tersely } from "../../views/work/traits.ts";
import { type History, type Part, partsOf, type Work } from "./work.ts";

/** So many rows leave room for the map, on a screen that is 720 pixels high. */
const MOST_ROWS = 6;
/** For how long a piece of work has just ended, in milliseconds. */
const JUST = 60_000;

/** Which pieces are listed, and how many are not. */
export interface Rows {
  /** Those that matter at the moment. */
  readonly shown: readonly Part[];
  /** How many there are besides. */
  readonly hidden: number;
}

/** What tells which pieces matter. */
export interface RowsOptions {
  /** What time it is, in milliseconds since 1970. */
  readonly now: number;
  /** What was seen so far. */
  readonly history: History;
  /** Whether nothing will change any more. */
  readonly over: boolean;
}

/**
 * Picks the pieces that matter: what failed, what runs, what has just ended, each with its share of the room; of each
 * the latest. Of all one's work only what ended while it was followed: last year's failures are no news.
 */
export function rowsOf(work: Work, { now, history, over }: RowsOptions): Rows {
  const parts = partsOf(work);
  const isList = "processing_jobs" in work;
  const groups: Record<"failed" | "running" | "ended", Part[]> = {
    failed: [],
    running: [],
    ended: [],
  };
  for (const part of parts) {
    const since = history.since(part);
    if (part.status === "running") groups.running.push(part);
    else if (part.status === "failed" && (!isList || since?.seen)) groups.failed.push(part);
    else if (hasEnded(part.status) && since?.seen && (over || now - since.at < JUST)) {
      groups.ended.push(part);
    }
  }
  const latest = (a: Part, b: Part) =>
    (history.since(b)?.at ?? 0) - (history.since(a)?.at ?? 0) || b.id - a.id;
  const lists = [
    groups.failed.sort(latest),
    groups.running.sort(latest),
    // Once all is over, what went well is told by the count.
    over ? [] : groups.ended.sort(latest),
  ];
  const shown = share(lists.map(({ length }) => length), MOST_ROWS).flatMap((amount, index) =>
    lists[index]?.slice(0, amount) ?? []
  );
  return { shown, hidden: parts.length - shown.length };
}

/** How much of the room each gets: an equal share at the least, as far as it wants that. */
function share(wanted: readonly number[], room: number): number[] {
  const given = wanted.map(() => 0);
  for (let left = room; left > 0;) {
    const open = wanted.flatMap((want, index) => want > (given[index] ?? 0) ? [index] : []);
    if (open.length === 0) break;
    for (const index of open.slice(0, left)) {
      given[index] = (given[index] ?? 0) + 1;
      left--;
    }
  }
  return given;
}

const NUMBER: Column = { title: "Job", max: 24, align: "right" };
const WORK: Column = { title: "Work", max: 24 };
const STATUS: Column = { title: "Status", max: 26 };
const NO: Column = { title: "No.", max: 12, align: "right" };
const TITLE: Column = { title: "Title", max: 48, yields: true };
const WHERE: Column = { title: "Where", max: 44, yields: true };
const PARAMETERS: Column = { title: "Parameters", max: 44, yields: true };
const SINCE: Column = { title: "In this state", max: 24, align: "right" };

/** The table of the pieces that matter; none where there is nothing to list. */
export function rowsBlock(
  { shown }: Rows,
  work: Work,
  { now, history, over }: RowsOptions,
): readonly Block[] {
  if (shown.length === 0) return [];
  const isList = "processing_jobs" in work;
  // Once all is over, ages only grow.
  const since = over ? [] : [SINCE];
  const places = shown.map(placeOf);
  const numbers = shown.map((part) => numberOf(part, work));
  const numbered = numbers.every((number) => number !== undefined);
  const known = places.every((place) => place !== undefined);
  const table: Block = {
    kind: "table",
    caption: "",
    columns: isList
      ? [WORK, STATUS, TITLE, ...since]
      : [NUMBER, STATUS, numbered ? NO : TITLE, known ? WHERE : PARAMETERS, ...since],
    rows: shown.map((part, index): readonly Line[] => [
      isList ? `${part.kind} ${part.id}` : String(part.id),
      statusBadge(part.status),
      (numbered ? numbers[index] : undefined) ?? shorten(shownTitle(part.title), 200),
      ...(isList
        ? []
        : [(known ? places[index] : undefined) ?? tersely(part.job?.parameters ?? {})]),
      ...(over ? [] : [agesOf(part, now, history)]),
    ]),
  };
  return [table, ...reasonOf(shown, work)];
}

/** What is known of why jobs failed: the service tells it of none, but where all fail, the account is to blame most often. */
function reasonOf(shown: readonly Part[], work: Work): readonly Block[] {
  if (!shown.some(({ kind, status }) => kind === "job" && status === "failed")) return [];
  const statuses = partsOf(work).map(({ status }) => status);
  const failed = statuses.filter((status) => status === "failed").length;
  const all = failed > 1 && !statuses.includes("finished") && !statuses.includes("running");
  const line = all
    ? "No job has got through: is your account linked to the platform? The service tells no reason."
    : "Why a job failed is in the platform's own log; the service tells no reason.";
  return [{ kind: "line", line: muted(line) }];
}

/** The service calls a task's jobs `{title} - Processing Job {n}`. */
function numberOf({ title }: Part, work: Work): string | undefined {
  const prefix = `${"title" in work ? work.title : ""} - Processing Job `;
  const number = title.startsWith(prefix) ? title.slice(prefix.length) : "";
  return /^\d{1,9}$/.test(number) ? number : undefined;
}

function placeOf({ job }: Part): string | undefined {
  try {
    const geometry = findGeometry(job?.parameters ?? {});
    // The kind of geometry is the same in every row.
    return geometry === undefined ? undefined : cornersOf(geometry)?.replace(/^\w+ /, "");
  } catch {
    return undefined;
  }
}

function agesOf(part: Part, now: number, history: History): string {
  const since = history.since(part);
  if (since === undefined) return "";
  const age = formatDuration(now - since.at);
  return since.seen ? age : hasEnded(part.status) ? "before" : `${age} or more`;
}
