import { DispatchError } from "../../core/dispatch_error.ts";
import { type Watch, watchOf, type WatchPace } from "../../models/snapshot.ts";
import type { Work } from "./frame/work.ts";

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
