import { shownTitle } from "../../../models/title_token.ts";
import { formatDuration, formatInstant } from "../../../core/units.ts";
import { shorten } from "../../../core/width.ts";
import { STATUS_COLORS } from "../../../map/status.ts";
import { hasEnded, type ProcessingJob } from "../../../models/jobs.ts";
import type { Snapshot, WatchSubject } from "../../../models/snapshot.ts";
import { everyJobFailed, type UpscalingTask } from "../../../models/upscaling.ts";
import { barPieces, type Block, muted, type Piece, strong } from "../../render/document.ts";
import { statusBadge } from "../../render/value.ts";
import { locate } from "../../render/link.ts";
import { serviceName } from "../../views/work/job.ts";
import {
  type End,
  endBlock,
  endWords,
  figuresLine,
  figuresOf,
  figuresWords,
  nameOf,
  nextBlocks,
} from "./lead.ts";
import { type History, partsOf, type Work } from "./work.ts";
import { rowsBlock, rowsOf } from "./rows.ts";

/** What a frame of the live view shows. */
export interface FrameState {
  /** What is followed. */
  readonly subject: WatchSubject;
  /** What is known of it. */
  readonly snapshot?: Snapshot<Work> | undefined;
  /** What stands in the way, in words. */
  readonly problem?: string | undefined;
  /** When following began. */
  readonly began: Date;
  /** What time it is. */
  readonly now: Date;
  /** What was seen so far. */
  readonly history: History;
  /** How following ended, if it has before the work did. */
  readonly end?: End;
  readonly map?: Block | undefined;
}

/** The most characters of a title in the first line. */
const MOST_TITLE = 80;

/**
 * A frame of the live view. First what moves: how far the work is, in figures and as a bar; what stands in the way; the
 * map; then only the rows that matter. Its last line tells the time at which all that was so: a frame that is saved, or
 * left behind by a kernel that died, pretends nothing.
 */
export function frameBlocks(state: FrameState): readonly Block[] {
  const { snapshot, subject, end, map, now, began } = state;
  if (snapshot === undefined) {
    const asking = `Asking about ${nameOf(subject)} for ${
      formatDuration(now.getTime() - began.getTime())
    }`;
    return [
      { kind: "line", line: end === undefined ? asking : strong(capital(nameOf(subject))) },
      ...noteOf(state),
      { kind: "line", line: muted(`As of ${formatInstant(now)}`) },
    ];
  }
  const { value, done } = snapshot;
  const rows = rowsOf(value, optionsOf(state));
  const isJob = !("processing_jobs" in value) && !("jobs" in value);
  return [
    { kind: "line", line: headOf(snapshot, subject) },
    leadOf(state, snapshot),
    ...noteOf(state),
    ...(map === undefined ? [] : [map]),
    ...(isJob ? [] : rowsBlock(rows, value, optionsOf(state))),
    ...(done ? nextBlocks(value) : []),
    { kind: "line", line: muted(footerOf(state, snapshot, isJob ? 0 : rows.hidden)) },
  ];
}

/** What stands before the line in a terminal: the bar, or the sign of a job's status, in its colours. */
export function frameLead(
  state: FrameState,
): readonly { readonly text: string; readonly badge?: string }[] {
  const { snapshot } = state;
  if (snapshot === undefined) return [];
  const { value } = snapshot;
  if ("processing_jobs" in value || "jobs" in value) {
    return barPieces(figuresOf(snapshot, optionsOf(state)).bar);
  }
  const { text, badge } = statusBadge(value.status);
  return badge === undefined ? [] : [{ text: text.slice(0, 1), badge }];
}

/** A frame in one line, for a terminal or a log. */
export function frameLine(state: FrameState): string {
  const { snapshot, subject, end, now, began, problem } = state;
  const facts = [
    snapshot === undefined
      ? `nothing learned yet · ${formatDuration(now.getTime() - began.getTime())}`
      : leadWords(state, snapshot),
    ...(problem === undefined || end?.kind === "error" ? [] : [problem]),
    ...(end === undefined ? [] : endWords(end, { subject, snapshot, now }).slice(0, 1)),
  ];
  return `${nameOf(subject)}: ${facts.join(" · ")}`;
}

/** What stands below the last line, each by itself: what is to be copied is not to be wrapped. */
export function frameAfterwords({ end, subject, snapshot, now }: FrameState): readonly string[] {
  return end === undefined ? [] : endWords(end, { subject, snapshot, now }).slice(1);
}

/** What a frame says in substance: while it stays the same, there is nothing new to show. */
export function frameKey({ snapshot, end, problem = "" }: FrameState): string {
  const statuses = snapshot === undefined
    ? []
    : partsOf(snapshot.value).map(({ status }) => status).sort();
  return JSON.stringify([statuses, snapshot?.expectedJobs ?? 0, problem, end?.kind ?? ""]);
}

function optionsOf({ now, history, snapshot, end }: FrameState) {
  return { now: now.getTime(), history, over: snapshot?.done === true || end !== undefined };
}

/** What is followed, and once it has ended, how. */
function headOf({ value, done }: Snapshot<Work>, subject: WatchSubject): readonly Piece[] {
  const name = strong(capital(nameOf("id" in value ? { ...subject, id: value.id } : subject)));
  if ("processing_jobs" in value) return [name];
  const title = {
    text: shorten(shownTitle(value.title), MOST_TITLE),
    whole: shownTitle(value.title),
  };
  const gap = { text: "  " };
  if (!("jobs" in value)) return [name, gap, statusBadge(value.status), gap, title];
  return done ? [name, gap, outcomeOf(value), gap, title] : [name, gap, title];
}

/** How a task ended: its own status can be called finished though jobs failed. */
function outcomeOf({ jobs }: Pick<UpscalingTask, "jobs">): Piece {
  if (everyJobFailed({ jobs })) return statusBadge("failed");
  if (jobs.every(({ status }) => status === "finished")) return statusBadge("finished");
  return { text: "ended, not all finished", badge: STATUS_COLORS.brown };
}

function leadOf(state: FrameState, snapshot: Snapshot<Work>): Block {
  const { value } = snapshot;
  if (!("processing_jobs" in value) && !("jobs" in value)) {
    return { kind: "line", line: jobFacts(value, state).join(" · ") };
  }
  const figures = figuresOf(snapshot, optionsOf(state));
  return { kind: "line", line: figuresLine(figures), bar: figures.bar };
}

function leadWords(state: FrameState, snapshot: Snapshot<Work>): string {
  const { value } = snapshot;
  if ("processing_jobs" in value || "jobs" in value) {
    return figuresWords(figuresOf(snapshot, optionsOf(state)));
  }
  const facts = jobFacts(value, state);
  return (facts[0]?.startsWith(value.status) ? facts : [value.status, ...facts]).join(" · ");
}

/** How long a job has been as it is, and how old it is; by its own times, for it may be an old one. */
function jobFacts(job: ProcessingJob, { now, history }: FrameState): string[] {
  const created = job.created.getTime();
  if (hasEnded(job.status)) return [`took ${formatDuration(job.updated.getTime() - created)}`];
  const since = history.since({ kind: "job", id: job.id });
  const changed = since?.seen ? since.at : Math.max(created, job.updated.getTime());
  const age = formatDuration(now.getTime() - created);
  const inState = formatDuration(now.getTime() - changed);
  return age === inState
    ? [`created ${age} ago`]
    : [`${job.status} for ${inState}`, `created ${age} ago`];
}

function noteOf({ end, subject, snapshot, now, problem }: FrameState): readonly Block[] {
  if (end !== undefined) return [endBlock(end, { subject, snapshot, now })];
  return problem === undefined
    ? []
    : [{ kind: "note", tone: "warning", lines: [capital(problem)] }];
}

function footerOf(
  { now, end }: FrameState,
  { value, at, done }: Snapshot<Work>,
  hidden: number,
): string {
  const service = "service" in value ? value.service : undefined;
  const silence = now.getTime() - at.getTime();
  return [
    ...(hidden === 0 || done ? [] : [`${hidden} more not listed`]),
    ...(service === undefined ? [] : [
      `${serviceName(service).text} on ${
        locate(service.endpoint).shown.replace(/^https?:\/\//, "")
      }`,
    ]),
    done
      ? `last asked ${formatInstant(at)}`
      : `as of ${formatInstant(now)}${
        silence < QUIET || end !== undefined ? "" : `, without news for ${formatDuration(silence)}`
      }`,
  ].join(" · ");
}

/** After what time without news a frame says so, in milliseconds. */
const QUIET = 30_000;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
