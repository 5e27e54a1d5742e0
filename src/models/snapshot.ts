import type { ProcessingJob } from "./jobs.ts";
import type { JobsStatusResponse } from "./jobs_status.ts";
import type { UpscalingTask } from "./upscaling.ts";

/** How a snapshot was learned: pushed through a WebSocket, or asked for. */
export type Via = "socket" | "polling";

/**
 * What is known of a piece of work at one moment.
 *
 * @typeParam T a job, a task, or the list of all one's work.
 */
export interface Snapshot<T> {
  /** The work as it was last read. */
  readonly value: T;
  /** When it was read. */
  readonly at: Date;
  /** How it was learned. */
  readonly via: Via;
  /** Whether the work has ended: no snapshot comes after this one. */
  readonly done: boolean;
  /** How many jobs there will be, if it is known; of a task. */
  readonly expectedJobs?: number;
  /**
   * What stands in the way at the moment, in words: a service that cannot be reached, a platform that cannot be
   * asked, an answer that takes its time. The work itself is as it was.
   */
  readonly problem?: string;
}

/** What a watch watches. */
export interface WatchSubject {
  /** A job, an upscaling task, or all of one's work. */
  readonly kind: "job" | "task" | "list";
  /** The number of the job or task. */
  readonly id?: number;
  /** Which part of the list, if not all of it. */
  readonly filter?: readonly string[];
  /** What a part of the list that is watched by itself is called, such as `batch`, and what it is watched by. */
  readonly part?: { readonly name: string; readonly watch: string };
}

/**
 * Is told what stands in the way of watching, in words, whenever that changes; of nothing when it is gone. Snapshots
 * carry the same as their `problem`, but the first of them may be long in coming.
 */
export type ProblemListener = (problem: string | undefined) => void;

/**
 * Work being watched: an async iterable of snapshots, which comes to its end when the work does. Each loop over it
 * watches anew; leaving the loop closes whatever it had open.
 */
export interface Watch<T> extends AsyncIterable<Snapshot<T>> {
  /** What is watched. */
  readonly subject: WatchSubject;
  /**
   * Begins to watch. Leaving the iterator (`return()`, or `await using`) closes at once what it has open, even while
   * its next snapshot is awaited.
   */
  [Symbol.asyncIterator](): AsyncIteratorObject<Snapshot<T>, void>;
  /**
   * The same watch, which also ends, with the signal's reason, when the signal aborts, and tells one more listener
   * of what stands in the way: from the first failure on, before there is a snapshot too.
   */
  until(signal: AbortSignal, onProblem?: ProblemListener): Watch<T>;
}

/**
 * The call that takes a watch up again, as one would type it.
 *
 * @example
 * ```ts
 * import { watchCall } from "./snapshot.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   watchCall({ kind: "task", id: 7 }, 40),
 *   "client.upscaleTasks.watch(7, { expectedJobs: 40 })",
 * );
 * ```
 */
export function watchCall(
  { kind, id, filter = [], part: own }: WatchSubject,
  expectedJobs?: number,
): string {
  if (own !== undefined) return own.watch;
  const [part] = filter;
  const options = kind === "list" && filter.length === 1
    ? `{ filter: ${JSON.stringify(part)} }`
    : kind === "task" && expectedJobs !== undefined
    ? `{ expectedJobs: ${expectedJobs} }`
    : "";
  if (kind === "list") return `client.jobsStatus.watch(${options})`;
  const resource = kind === "job" ? "unitJobs" : "upscaleTasks";
  return `client.${resource}.watch(${[id ?? kind, options].filter(Boolean).join(", ")})`;
}

/** What can be watched: a job, a task, or all of one's work. */
export type WatchedWork = ProcessingJob | UpscalingTask | JobsStatusResponse;

/** How often whoever watches asks. */
export interface WatchPace {
  /** In milliseconds; as the client does by itself where it is left out. */
  readonly interval?: number | undefined;
}

/**
 * The key under which work knows how it is watched: a method that makes the watch. What a client returned
 * has it where nobody who lists, copies, compares or writes the value sees it; what came from JSON has none.
 *
 * An area, or `client.jobsStatus`, carries the method itself. The jobs and tasks of an answer carry it on
 * the method that shows them: a second hidden property on each of ten thousand jobs would take as long as
 * a quarter of reading them.
 */
export const watchable: unique symbol = Symbol.for("@apex-dispatch/client.watch");

const shown = Symbol.for("Jupyter.display");

/**
 * How work is watched, from whatever a client returned: a job, a task, an area, `client.jobsStatus`, or a
 * watch itself. Nothing where the value does not know, such as a job that was read from JSON.
 *
 * @throws whatever making the watch throws: an area that was only planned cannot be watched.
 */
export function watchOf(
  work: unknown,
  options: WatchPace = {},
): Watch<WatchedWork> | undefined {
  if (typeof work !== "object" || work === null) return undefined;
  if (isWatch(work)) return work;
  const how = methodOf(work) ?? methodOf(Reflect.get(work, shown));
  if (how === undefined) return undefined;
  const watch: unknown = Reflect.apply(how, work, [options]);
  return isWatch(watch) ? watch : undefined;
}

/** Says how a value is watched, where nobody else sees it. The value is changed in place. */
export function attachWatch<T extends object>(
  value: T,
  watch: (options: WatchPace) => Watch<WatchedWork>,
): T {
  Reflect.defineProperty(value, watchable, { configurable: true, value: watch });
  return value;
}

function methodOf(holder: unknown) {
  if ((typeof holder !== "object" && typeof holder !== "function") || holder === null) {
    return undefined;
  }
  const method: unknown = Reflect.get(holder, watchable);
  return typeof method === "function" ? method : undefined;
}

function isWatch(value: unknown): value is Watch<WatchedWork> {
  return typeof value === "object" && value !== null && "subject" in value &&
    "until" in value && typeof value.until === "function" &&
    Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === "function";
}
