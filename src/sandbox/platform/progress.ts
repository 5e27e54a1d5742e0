import type { ProcessingStatusEnum } from "../../models/jobs.ts";

/** How long a job stays in each state, in milliseconds of the sandbox's clock. */
export interface SandboxPace {
  /** How long a job is `created`. @default 1000 */
  readonly created?: number;
  /** How long a job is `queued`. @default 1000 */
  readonly queued?: number;
  /** How long a job is `running`. @default 4000 */
  readonly running?: number;
  /** How long the service takes over each job of an upscaling task, which are made one by one. @default 500 */
  readonly child?: number;
}

/** A pace with every part of it. */
export type Pace = Required<SandboxPace>;

/** The pace that lets a person see something and not wait long. */
export const DEFAULT_PACE: Pace = { created: 1000, queued: 1000, running: 4000, child: 500 };

/** How a job can end. `unknown` is no end: the platform cannot be asked any more. */
export type SandboxOutcome = "finished" | "failed" | "canceled" | "unknown";

/** What decides how far a job is. */
export interface Course {
  /** When the job was created. */
  readonly created: number;
  /** How it ends. */
  readonly outcome: SandboxOutcome;
  /** The pace it goes at. */
  readonly pace: Pace;
  /** A status that was set by hand, and when. */
  readonly set?: { readonly status: ProcessingStatusEnum; readonly at: number };
}

/** How far a job is, and since when. */
export interface Progress {
  readonly status: ProcessingStatusEnum;
  /** When it came to be so. */
  readonly since: number;
}

/** How far a job is at a time: nothing runs in the background, the time alone decides. */
export function progressAt(course: Course, now: number): Progress {
  if (course.set !== undefined && course.set.at <= now) {
    return { status: course.set.status, since: course.set.at };
  }
  const { created, outcome, pace } = course;
  const queued = created + pace.created;
  const running = queued + pace.queued;
  const ended = running + pace.running;
  if (now >= ended) return { status: outcome, since: ended };
  if (now >= running) return { status: "running", since: running };
  if (now >= queued) return { status: "queued", since: queued };
  return { status: "created", since: created };
}

/** Whether a status is an end, after which the service asks the platform no more. */
export function isTerminal(status: ProcessingStatusEnum): boolean {
  return status === "finished" || status === "failed" || status === "canceled";
}
