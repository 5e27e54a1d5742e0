import { hasEnded, type ProcessingJob } from "../../models/jobs.ts";
import type { JobsStatusResponse } from "../../models/jobs_status.ts";
import type { Snapshot, WatchSubject } from "../../models/snapshot.ts";
import type { UpscalingTask } from "../../models/upscaling.ts";
import { type Block, code, type Line, muted } from "../render/document.ts";
import { jobBlocks } from "../views/work/job.ts";
import { jobsStatusBlocks } from "../views/work/jobs_status.ts";
import { progressOf } from "../views/work/progress.ts";
import { countsOf } from "../../map/status.ts";
import { select } from "../views/work/select.ts";
import { taskBlocks } from "../views/work/task.ts";
import { count, formatDuration, formatInstant, roughDuration } from "../../core/units.ts";

/** Work that can be followed. */
export type Work = ProcessingJob | UpscalingTask | JobsStatusResponse;

/** What a frame of the live view shows. */
export interface FrameState {
  /** What is followed. */
  readonly subject: WatchSubject;
  /** What is known of it. */
  readonly snapshot?: Snapshot<Work> | undefined;
  /** When following began. */
  readonly began: Date;
  /** What time it is. */
  readonly now: Date;
  /** The states that the work went through, and since when. */
  readonly states: readonly { readonly status: string; readonly since: Date }[];
  /** How following ended, if it has: nobody watches any more, or an error. */
  readonly end?: { readonly kind: "stopped" } | { readonly kind: "error"; readonly error: unknown };
  /** The map of it. */
  readonly map?: Block | undefined;
}

/** A frame of the live view: the work, its map, and how the watching goes. */
export function frameBlocks(state: FrameState): readonly Block[] {
  const { snapshot, map } = state;
  const work = snapshot === undefined ? [] : workBlocks(snapshot);
  const [card, ...rest] = work;
  return [
    ...(card === undefined ? [] : [card]),
    ...(map === undefined ? [] : [map]),
    ...rest,
    ...footer(state),
  ];
}

/** A frame in one line, for a terminal or a log. */
export function frameLine(state: FrameState): string {
  const { snapshot, subject, end } = state;
  const facts = [
    snapshot === undefined ? "nothing learned yet" : summary(snapshot),
    ...(snapshot?.problem === undefined ? [] : [snapshot.problem]),
    ...(end?.kind === "error" ? [headlineOf(end.error)] : []),
    formatDuration(state.now.getTime() - state.began.getTime()),
    ...(end?.kind === "stopped" ? [stoppedWords(state), `${AGAIN} ${againCall(state)}`] : []),
  ];
  return `${nameOf(subject)}: ${facts.join(" · ")}`;
}

/** What a frame says in substance: while it stays the same, there is nothing new to show. */
export function frameKey({ snapshot, end }: FrameState): string {
  return JSON.stringify([
    snapshot === undefined ? "" : summary(snapshot),
    snapshot?.problem ?? "",
    end?.kind ?? "",
  ]);
}

function workBlocks({ value, expectedJobs }: Snapshot<Work>): readonly Block[] {
  if ("processing_jobs" in value) return jobsStatusBlocks(value);
  return "jobs" in value ? taskBlocks(value, { expected: expectedJobs }) : jobBlocks(value);
}

function summary({ value, expectedJobs }: Snapshot<Work>): string {
  if ("processing_jobs" in value) {
    const { processing_jobs: jobs, upscaling_tasks: tasks } = value;
    const open = [...jobs, ...tasks].filter(({ status }) => !hasEnded(status)).length;
    const words = countsOf(select([...jobs, ...tasks], 1).counts);
    return [`${open} of ${count(jobs.length + tasks.length, "piece")} of work under way`, ...words]
      .join(" · ");
  }
  return "jobs" in value ? progressOf(value, expectedJobs).summary : value.status;
}

function footer(state: FrameState): Block[] {
  const { snapshot, end, subject } = state;
  const blocks: Block[] = [];
  if (end?.kind === "error") {
    blocks.push({ kind: "note", tone: "error", lines: linesOf(end.error) });
  } else if (end?.kind === "stopped") {
    const again: Line = [`${AGAIN} `, code(againCall(state))];
    blocks.push({ kind: "note", tone: "warning", lines: [stoppedWords(state), again] });
  } else if (snapshot?.problem !== undefined) {
    blocks.push({ kind: "note", tone: "warning", lines: [capital(snapshot.problem)] });
  }
  const ended = snapshot?.done === true || end !== undefined;
  const facts = [
    ...timeline(state),
    ...(ended ? [] : timeLeft(snapshot, state.now)),
    snapshot === undefined
      ? `asking about ${nameOf(subject)}`
      : `${snapshot.done ? "last checked" : "last news"} ${formatInstant(snapshot.at)}${
        snapshot.via === "socket" ? ", by WebSocket" : ", by asking"
      }`,
  ];
  blocks.push({ kind: "note", tone: "plain", lines: [muted(facts.join(" · "))] });
  return blocks;
}

/** How long the work has been in each state, as far as it was seen; a task can come back to one. */
function timeline({ states, snapshot, now, began }: FrameState): string[] {
  if (states.length === 0) {
    return [`watching for ${formatDuration(now.getTime() - began.getTime())}`];
  }
  const until = snapshot?.done === true ? snapshot.at : now;
  const totals = new Map<string, number>();
  for (const [index, { status, since }] of states.entries()) {
    const time = (states[index + 1]?.since ?? until).getTime() - since.getTime();
    if (!hasEnded(status)) totals.set(status, (totals.get(status) ?? 0) + time);
  }
  const words = [...totals].map(([status, time]) => `${status} ${formatDuration(time)}`);
  return words.length === 0 ? [] : [words.join(" → ")];
}

/** A guess at the time left, once three tiles have told how long one takes, and all that there will be are known. */
function timeLeft(snapshot: Snapshot<Work> | undefined, now: Date): string[] {
  if (snapshot?.expectedJobs === undefined || !("jobs" in snapshot.value)) return [];
  const { jobs, created } = snapshot.value;
  const total = Math.max(snapshot.expectedJobs, jobs.length);
  const finished = jobs.filter(({ status }) => status === "finished").length;
  const open = total - jobs.filter(({ status }) => hasEnded(status)).length;
  // The task was created by the service's clock, which need not agree with this one.
  const elapsed = now.getTime() - created.getTime();
  if (finished < 3 || open === 0 || !(elapsed > 0)) return [];
  return [`about ${roughDuration(elapsed / finished * open)} left`];
}

const AGAIN = "Take it up again with";

function stoppedWords({ subject, snapshot }: FrameState): string {
  const value = snapshot?.value;
  const status = value !== undefined && "status" in value ? value.status : "";
  const is = ["created", "queued", "running"].includes(status) ? `is still ${status}` : "goes on";
  return `Stopped watching; ${subject.kind === "list" ? "the work" : nameOf(subject)} ${is}`;
}

function againCall({ subject: { kind, id }, snapshot }: FrameState): string {
  const expected = snapshot?.expectedJobs;
  const more = expected === undefined ? "" : `, { expectedJobs: ${expected} }`;
  const watch = kind === "list"
    ? "jobsStatus.watch()"
    : `${kind === "job" ? "unitJobs" : "upscaleTasks"}.watch(${id ?? kind}${more})`;
  return `await follow(client.${watch})`;
}

function nameOf({ kind, id }: WatchSubject): string {
  if (kind === "list") return "all work";
  return `${kind}${id === undefined ? "" : ` ${id}`}`;
}

/** The most lines of an error that are shown. */
const MAX_LINES = 20;

function linesOf(error: unknown): string[] {
  const message = error instanceof Error && error.message !== "" ? error.message : String(error);
  return message.split("\n").map((line) => line.trim()).filter((line) => line !== "")
    .slice(0, MAX_LINES);
}

function headlineOf(error: unknown): string {
  return linesOf(error)[0] ?? "an error without a word";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
