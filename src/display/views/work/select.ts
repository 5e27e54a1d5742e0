import type { OptionRules } from "../../../models/schema/options.ts";
import { clean } from "../../../core/redact.ts";
import { count } from "../../../core/units.ts";
import { countsOf } from "../../../map/status.ts";
import { command, type Line, MAX_ROWS, muted, type Piece, strong } from "../../render/document.ts";
import { statusBadge } from "../../render/value.ts";

/** What a table of work needs of each thing in it. */
export interface Listed {
  /** The thing's number; a higher one is newer. */
  readonly id: number;
  /** How far it is. */
  readonly status: string;
  /** What it is called. */
  readonly title: string;
}

/** The words for an order in which a table shows work. */
export type WorkOrderWord = "attention" | "newest" | "oldest" | "title" | "given";

/** In which order a table shows work. */
export type WorkOrder<T> = WorkOrderWord | ((one: T, other: T) => number);

/** Which of many a table shows. */
export interface RowOptions<T> {
  /**
   * The most rows to show.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
  /**
   * Which page of so many rows to show, from 1.
   *
   * @default 1
   */
  readonly page?: number | undefined;
  /**
   * The order: `"attention"` shows failed ones first, then running ones, then the newest, and some of each status
   * where not all can be shown; `"given"` is the list's own; a function compares two, as for `toSorted`.
   *
   * @default {"attention"}
   */
  readonly sort?: WorkOrder<T> | undefined;
  /**
   * Which to look at: a function that says yes to them, or the values that their fields must have.
   *
   * @default all of them
   */
  readonly where?: ((item: T) => boolean) | { readonly [K in keyof T]?: T[K] } | undefined;
}

const ORDERS: readonly WorkOrderWord[] = ["attention", "newest", "oldest", "title", "given"];

/** What those options can be: the order a function, or one of the words. */
export function rowRules(
  { sort }: { readonly sort?: unknown },
): OptionRules<RowOptions<Listed>> {
  return {
    rows: "number",
    page: "number",
    sort: typeof sort === "function" ? "function" : ORDERS,
    where: "any",
  };
}

/** The few of many that a table shows, and how many there are of each status. */
export interface Selection<T> {
  /** How many there are. */
  readonly total: number;
  /** Those to show, in order. */
  readonly shown: readonly T[];
  /** How many stand before these, on other pages. */
  readonly skipped: number;
  /** How many there are of each status. */
  readonly counts: ReadonlyMap<string, number>;
}

/** The most statuses that have a share of their own; the service may learn new ones, but not many. */
const MAX_SHARES = 8;

/** Picks what to show. */
export function select<T extends Listed>(
  list: readonly T[],
  { rows = MAX_ROWS, page = 1, sort = "attention", where }: RowOptions<T> = {},
): Selection<T> {
  const all = where === undefined ? list : list.filter(testOf(where));
  const counts = countStatuses(all);
  const size = Math.max(1, rows === Infinity ? list.length : Math.trunc(rows) || 1);
  const skipped = Math.max(0, Math.trunc(page - 1) || 0) * size;
  const compare = comparison(sort);
  const whole = compare === undefined
    ? all
    : sort === "attention" && all.length > size
    ? withShares(all, counts, size, skipped > 0)
    : all.toSorted(compare);
  return { total: all.length, shown: whole.slice(skipped, skipped + size), skipped, counts };
}

/** How many there are of each status. */
export function countStatuses(all: readonly Pick<Listed, "status">[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of all) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/**
 * Each status keeps a share of the first page, so that no crowd of old failures hides what is running; what is left of
 * it goes to those that come first. One pass that holds no more of each status than it can show, because lists can
 * have ten thousand.
 */
function withShares<T extends Listed>(
  all: readonly T[],
  counts: ReadonlyMap<string, number>,
  size: number,
  wantsRest: boolean,
): readonly T[] {
  const shared = new Set(
    [...counts.keys()].sort((a, b) => urgency(a) - urgency(b)).slice(0, MAX_SHARES),
  );
  const newest = new Map<string, T[]>();
  for (const item of all) {
    const key = shared.has(item.status) ? item.status : "";
    const kept = newest.get(key) ?? [];
    newest.set(key, kept);
    const last = kept.at(-1);
    if (last !== undefined && kept.length >= size && last.id >= item.id) continue;
    let at = kept.length;
    while (at > 0 && (kept[at - 1]?.id ?? 0) < item.id) at--;
    kept.splice(at, 0, item);
    if (kept.length > size) kept.pop();
  }
  const groups = [...newest].sort(([a], [b]) => urgency(a) - urgency(b)).map(([, kept]) => kept);
  const share = Math.floor(size / groups.length);
  const first = groups.flatMap((kept) => kept.slice(0, share));
  const spare = groups.flatMap((kept) => kept.slice(share)).slice(0, size - first.length);
  const chosen = [...first, ...spare].sort(byAttention);
  if (!wantsRest) return chosen;
  const taken = new Set(chosen);
  return [...chosen, ...all.filter((item) => !taken.has(item)).sort(byAttention)];
}

function testOf<T>(where: NonNullable<RowOptions<T>["where"]>): (item: T) => boolean {
  if (typeof where === "function") return where;
  return (item) =>
    Object.entries(where).every(([name, value]) =>
      value === undefined || Reflect.get(Object(item), name) === value
    );
}

function comparison<T extends Listed>(
  sort: WorkOrder<T>,
): ((one: T, other: T) => number) | undefined {
  if (typeof sort === "function") return sort;
  switch (sort) {
    case "given":
      return undefined;
    case "newest":
      return (one, other) => other.id - one.id;
    case "oldest":
      return (one, other) => one.id - other.id;
    case "title":
      return (one, other) =>
        one.title < other.title ? -1 : one.title > other.title ? 1 : other.id - one.id;
    default:
      return byAttention;
  }
}

function byAttention(one: Listed, other: Listed): number {
  return urgency(one.status) - urgency(other.status) || other.id - one.id;
}

function urgency(status: string): number {
  return status === "failed" ? 0 : status === "running" ? 1 : 2;
}

/** What a table of work is called: how many of what, how many of each status, which of them it shows. */
export function captionOf(
  { total, shown, skipped, counts }: Selection<Listed>,
  one: string,
  name?: string,
): Line {
  const [status] = counts.keys();
  const pieces: Piece[] = [strong(name ?? count(total, one))];
  if (counts.size === 1 && total > 1 && status !== undefined) {
    pieces.push({ text: "  " }, statusBadge(status));
  }
  const facts = [
    ...(name === undefined ? [] : [count(total, one)]),
    ...(counts.size > 1 ? countsOf(counts) : []),
  ];
  if (shown.length < total) {
    const from = skipped === 0 ? "" : `${skipped + 1}–`;
    facts.push(`${from}${skipped + shown.length} of ${total} shown`);
  }
  if (facts.length > 0) pieces.push(muted(` · ${facts.join(" · ")}`));
  return pieces;
}

/** How to see the rest, where a table does not show all. */
export function moreOf(
  { total, shown, skipped }: Selection<Listed>,
  call: string,
  rows: number = MAX_ROWS,
): Line | undefined {
  if (skipped + shown.length >= total) return undefined;
  const page = Math.floor(skipped / Math.max(1, rows)) + 2;
  return [command(call.replace("#", String(page))), muted(" shows more")];
}

/** The part of a title that tells it from its neighbours: without what all begin with, up to the end of a word. */
export function sharedStart(titles: readonly string[], least: number): string {
  if (titles.length < 2) return "";
  const cleaned = titles.map(clean);
  const [first = ""] = cleaned;
  let length = first.length;
  for (const title of cleaned) {
    while (length > 0 && !title.startsWith(first.slice(0, length))) length--;
  }
  const start = first.slice(0, length).replace(/[^\s/:–-]*$/, "");
  return start.length >= least ? start : "";
}
