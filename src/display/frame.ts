import { hasEnded, type ProcessingJob } from "../models/jobs.ts";
import type { JobsStatusResponse } from "../models/jobs_status.ts";
import type { Snapshot, WatchSubject } from "../models/snapshot.ts";
import type { UpscalingTask } from "../models/upscaling.ts";
import { type Block, code, type Line, muted } from "./document.ts";
import { formatDuration, roughDuration } from "./duration.ts";
import { jobBlocks } from "./job.ts";
import { jobsStatusBlocks } from "./jobs_status.ts";
import { progressOf } from "./progress.ts";
import { select } from "./select.ts";
import { taskBlocks } from "./task.ts";
import { count, formatInstant } from "./units.ts";

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
    ...(end?.kind === "stopped" ? ["stopped watching"] : []),
    ...(end?.kind === "error" ? [headlineOf(end.error)] : []),
    formatDuration(state.now.getTime() - state.began.getTime()),
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
    const { counts } = select([...jobs, ...tasks], 1);
    const words = [...counts].map(([status, amount]) => `${amount} ${status}`);
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
    blocks.push({ kind: "note", tone: "warning", lines: stoppedLines(state) });
  } else if (snapshot?.problem !== undefined) {
    blocks.push({ kind: "note", tone: "warning", lines: [capital(snapshot.problem)] });
  }
  const ended = snapshot?.done === true || end !== undefined;
  const facts = [
    ...timeline(state),
    ...(ended ? [] : timeLeft(snapshot, state.now)),
    snapshot === undefined
      ? `asking about ${nameOf(subject)}`
      : `last checked ${formatInstant(snapshot.at)}${
        snapshot.via === "socket" ? ", by WebSocket" : ", by asking"
      }`,
  ];
  blocks.push({ kind: "note", tone: "plain", lines: [muted(facts.join(" · "))] });
  return blocks;
}

/** How long the work has been in each state, as far as it was seen. */
function timeline({ states, snapshot, now, began }: FrameState): string[] {
  const until = snapshot?.done === true ? snapshot.at : now;
  if (states.length === 0) {
    return [`watching for ${formatDuration(now.getTime() - began.getTime())}`];
  }
  return [
    states.flatMap(({ status, since }, index) => {
      const next = states[index + 1]?.since ?? until;
      return hasEnded(status)
        ? []
        : [`${status} ${formatDuration(next.getTime() - since.getTime())}`];
    }).join(" → "),
  ].filter((text) => text !== "");
}

/** A guess at the time left, once three tiles have told how long one takes. */
function timeLeft(snapshot: Snapshot<Work> | undefined, now: Date): string[] {
  if (snapshot === undefined || !("jobs" in snapshot.value)) return [];
  const { jobs, created } = snapshot.value;
  const total = Math.max(snapshot.expectedJobs ?? 0, jobs.length);
  const finished = jobs.filter(({ status }) => status === "finished").length;
  const open = total - jobs.filter(({ status }) => hasEnded(status)).length;
  if (finished < 3 || open === 0) return [];
  const perTile = (now.getTime() - created.getTime()) / finished;
  return [`about ${roughDuration(perTile * open)} left`];
}

function stoppedLines({ subject, snapshot }: FrameState): Line[] {
  const value = snapshot?.value;
  const state = value === undefined || !("status" in value) ? "as it was" : `still ${value.status}`;
  const work = subject.kind === "list" ? "the work goes on" : `${nameOf(subject)} is ${state}`;
  return [
    `Stopped watching; ${work}.`,
    ["Take it up again with ", code(`await follow(client.${callOf(subject)})`)],
  ];
}

function callOf({ kind, id }: WatchSubject): string {
  if (kind === "list") return "jobsStatus.watch()";
  return `${kind === "job" ? "unitJobs" : "upscaleTasks"}.watch(${id ?? kind})`;
}

function nameOf({ kind, id }: WatchSubject): string {
  if (kind === "list") return "all work";
  return `${kind}${id === undefined ? "" : ` ${id}`}`;
}

function linesOf(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

function headlineOf(error: unknown): string {
  return linesOf(error)[0] ?? "an error without a word";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
