import type { ApiPromise } from "../http/api_promise.ts";
import type { HttpConfig } from "../http/config.ts";
import { roughDuration } from "../core/units.ts";
import type { Poll } from "../live/polling.ts";
import type { WaitContext } from "../live/wait.ts";
import type { WatchStream } from "../live/watch.ts";
import { hasEnded, type ProcessingJobSummary } from "../models/jobs.ts";
import { watchCall, type WatchSubject } from "../models/snapshot.ts";
import { everyJobFailed, type UpscalingTask } from "../models/upscaling.ts";
import { hintFor } from "./failures/hints.ts";
import type { Operation } from "./operations.ts";

/** A configuration for asking again and again: a failure is the watch's to count, not the call's to repeat. */
export function withoutRepeats(config: HttpConfig): HttpConfig {
  return { ...config, retry: { ...config.retry, limit: 0 } };
}

/** How long any reading of a task or of the list is given, in milliseconds. */
const AT_LEAST = 120_000;

/** How much longer for each job that the service asks its platform about, in milliseconds: it takes about 1.4 s. */
const FOR_EACH_JOB = 3_000;

/** How long one is given of which nobody knows how many jobs it is about, in milliseconds. */
const OF_UNKNOWN_SIZE = 1_800_000;

/**
 * The time limit of a reading for which the service asks the platform about so many jobs, one after the other; never
 * less than any call has.
 */
export function timeForJobs({ timeout }: HttpConfig, jobs: number | undefined): number | null {
  if (timeout === null) return null;
  const needed = jobs === undefined ? OF_UNKNOWN_SIZE : AT_LEAST + jobs * FOR_EACH_JOB;
  return Math.max(timeout, needed);
}

/** How long the service takes to ask a platform about one job, in milliseconds. */
const ONE_JOB = 1_400;

/** Why a reading about so many jobs takes long, in words. */
export function slowFor(jobs: number | undefined, of: string): string {
  const many = jobs !== undefined && jobs > 1;
  const each = many ? `each of ${jobs} jobs` : `every open job ${of}`;
  const long = many ? `which can take ${roughDuration(jobs * ONE_JOB)}` : "which takes its time";
  return `waiting for an answer: the service asks the platform about ${each}, one after the other, ${long}`;
}

/** A call as an answer to the question how the work is. */
export async function poll<T>(asked: ApiPromise<T>): Promise<Poll<T>> {
  const response = await asked.detailed();
  if (!response.ok) throw response.error;
  return { value: response.parsed, content: response.content };
}

/** Where an operation's stream is, and how its snapshots are read; `show` makes them show themselves. */
export function streamOf<T>(
  { name, stream, readValue }: Operation<unknown, T>,
): (
  given: {
    readonly id?: number;
    readonly query?: WatchStream<T>["query"];
    readonly show: (value: T) => T;
  },
) => WatchStream<T> {
  if (stream === undefined || readValue === undefined) throw new TypeError(`${name} has no stream`);
  return ({ id, query = [], show }) => ({
    path: stream.replace(/\{\w+\}/, `${id}`),
    query,
    hintFor: (failure) => hintFor({ name: name.replace(/get$/, "watch"), ...failure }),
    read(data) {
      const reading = readValue(data);
      if (!reading.ok) return reading;
      // What is told of other work is no snapshot of this.
      if (id !== undefined && Object(reading.value).id !== id) return { ok: false, issues: [] };
      return { ok: true, value: show(reading.value) };
    },
  });
}

/** How a job ended badly, in words; nothing if it did not. */
export function failureOfJob(job: ProcessingJobSummary): string | undefined {
  if (!hasEnded(job.status) || job.status === "finished") return undefined;
  return `it has ${job.status === "failed" ? "failed" : "been canceled"}; ` +
    `the service gives no reason: look at the job's log on the platform`;
}

/** How jobs of a task ended badly, in words; nothing if none did. */
export function failureOfTask(task: UpscalingTask): string | undefined {
  const { jobs } = task;
  const bad = jobs.filter((job) => hasEnded(job.status) && job.status !== "finished");
  if (bad.length === 0) return undefined;
  if (everyJobFailed(task)) {
    const all = jobs.length === 1 ? "its only job" : `all of its ${jobs.length} jobs`;
    return `${all} failed; the service gives no reason: look whether your account is linked ` +
      `with the platform, and at the parameters`;
  }
  const ids = bad.slice(0, 10).map(({ id }) => id).join(", ");
  return `${bad.length} of its ${jobs.length} jobs failed or were canceled (${ids}${
    bad.length > 10 ? ", …" : ""
  }); the service gives no reason: look at their logs on the platform`;
}

/** The options of `wait` beside those of a watch. */
export const WAIT_OPTIONS = ["timeout", "onUpdate", "throwOnFailure"] as const;

/** What waiting for some work needs to know. */
export function waitContext<T>(
  { clock }: HttpConfig,
  { subject, failureOf, expectedJobs }: Pick<WaitContext<T>, "failureOf"> & {
    readonly subject: WatchSubject;
    readonly expectedJobs?: number | undefined;
  },
): WaitContext<T> {
  const what = subject.kind === "job" ? "unit job" : "upscaling task";
  const again = watchCall(subject, expectedJobs).replace(".watch(", ".wait(");
  return { headline: `Cannot wait for ${what} ${subject.id}`, failureOf, again, clock };
}
