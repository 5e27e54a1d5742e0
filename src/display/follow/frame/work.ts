import { DispatchError } from "../../../core/dispatch_error.ts";
import type { JobsStatusResponse } from "../../../models/jobs_status.ts";
import { hasEnded, type ProcessingJob, type ProcessingJobSummary } from "../../../models/jobs.ts";
import { type Watch, watchOf, type WatchPace } from "../../../models/snapshot.ts";
import type { UpscalingTask } from "../../../models/upscaling.ts";

/** Work that can be followed. */
export type Work = ProcessingJob | UpscalingTask | JobsStatusResponse;

/** A piece of followed work that has a status of its own: a job, or a task in the list of all work. */
export interface Part {
  readonly kind: "job" | "task";
  /** Its number. */
  readonly id: number;
  /** How far it is. */
  readonly status: string;
  /** What it is called. */
  readonly title: string;
  /** The job itself; none of a task in a list. */
  readonly job?: Pick<ProcessingJobSummary, "parameters">;
}

/** The pieces that followed work is made of: the jobs of a task, tasks and jobs of a list, a job itself. */
export function partsOf(work: Work): readonly Part[] {
  if ("processing_jobs" in work) {
    return [
      ...work.upscaling_tasks.map(({ id, status, title }): Part => ({
        kind: "task",
        id,
        status,
        title,
      })),
      ...work.processing_jobs.map(partOf),
    ];
  }
  return "jobs" in work ? work.jobs.map(partOf) : [partOf(work)];
}

function partOf(job: ProcessingJobSummary): Part {
  const { id, status, title } = job;
  return { kind: "job", id, status, title, job };
}

/** How many pieces of each status there are. */
export function countStatuses(parts: readonly Part[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of parts) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** Since when something is as it is. */
export interface Since {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether the change was seen; else it was so when following began, and may have been for long. */
  readonly seen: boolean;
}

/** What was seen of work while it was followed. The service tells of a task's jobs no times at all. */
export interface History {
  /** Since when a piece has its status, as far as that was seen. */
  since(part: Pick<Part, "kind" | "id">): Since | undefined;
  /** How long jobs ran that were seen from their beginning to their end, in milliseconds. */
  readonly ran: readonly number[];
  /** How many ran at once at the last readings, at the most. */
  readonly atOnce: number;
  /** When a status was last seen to change, in milliseconds since 1970. */
  readonly lastChange: number | undefined;
}

/** A history that is being written. */
export interface WritableHistory extends History {
  /** Is told how the work is at a time. */
  learn(work: Work, at: number): void;
}

/** Over how many readings the most that ran at once is remembered: places are free for a moment between two jobs. */
const READINGS = 10;

/** Makes an empty history. */
export function createHistory(): WritableHistory {
  const known = new Map<string, Since & { readonly status: string }>();
  const ran: number[] = [];
  let running: number[] = [];
  let learned = false;
  let lastChange: number | undefined;
  return {
    ran,
    get atOnce() {
      return Math.max(0, ...running);
    },
    get lastChange() {
      return lastChange;
    },
    since: (part) => known.get(keyOf(part)),
    learn(work, at) {
      let atOnce = 0;
      for (const part of partsOf(work)) {
        const { status } = part;
        const key = keyOf(part);
        const before = known.get(key);
        if (status === "running") atOnce++;
        if (before?.status === status) continue;
        if (learned) lastChange = at;
        if (before?.status === "running" && before.seen && hasEnded(status)) {
          ran.push(at - before.at);
        }
        // A job that was not there at the last reading was made since.
        known.set(key, { status, at, seen: learned });
      }
      running = [...running, atOnce].slice(-READINGS);
      learned = true;
    },
  };
}

function keyOf({ kind, id }: Pick<Part, "kind" | "id">): string {
  return `${kind} ${id}`;
}

/** What watches when it is asked to: an area that was submitted, `client.jobsStatus`. */
export interface Watching<T> {
  /** Makes the watch. */
  watch(options?: WatchPace): Watch<T>;
}

/**
 * The watch of what somebody wants to follow.
 *
 * @throws {DispatchError} if it does not know how it is watched; the message says what does.
 */
export function watchToFollow(target: unknown, pace: WatchPace): Watch<Work> {
  const watch = watchOf(target, pace);
  if (watch !== undefined) return watch;
  const [what, instead] = describe(target);
  const hint = `follow ${instead}`;
  throw new DispatchError(
    `Cannot follow ${what}: it did not come from a client, so it does not know whom to ask\n  What to do: ${hint}`,
    { hint },
  );
}

const USUAL = "a job or task that a client returned, an area from upscaleArea, or a watch";

/** What somebody wanted to follow, and what can be followed in its place. */
function describe(target: unknown): readonly [what: string, instead: string] {
  if (typeof target === "number") {
    const instead = `client.unitJobs.watch(${target}), or client.upscaleTasks.watch(${target})`;
    return [`the number ${target}`, `${instead} if it is a task's`];
  }
  if (typeof target !== "object" || target === null) {
    return [target === undefined || target === null ? String(target) : `a ${typeof target}`, USUAL];
  }
  if (Array.isArray(target)) {
    return ["a list", "one of what is in it, or client.jobsStatus for all of your work"];
  }
  const id = fieldOf(target, "id");
  if (fieldOf(target, "processing_jobs") !== undefined) {
    return ["a list of all work", "client.jobsStatus"];
  }
  if (typeof id !== "number") return ["this object", USUAL];
  return fieldOf(target, "parameters") === undefined || Array.isArray(fieldOf(target, "jobs"))
    ? [`task ${id}`, `client.upscaleTasks.watch(${id})`]
    : [`job ${id}`, `client.unitJobs.watch(${id})`];
}

/** A field of data of any kind, getters that throw included. */
function fieldOf(target: object, name: string): unknown {
  try {
    return Reflect.get(target, name);
  } catch {
    return undefined;
  }
}
