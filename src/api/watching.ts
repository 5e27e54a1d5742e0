import type { ApiPromise } from "../http/api_promise.ts";
import type { HttpConfig } from "../http/config.ts";
import type { Poll } from "../live/polling.ts";
import type { WatchStream } from "../live/watch.ts";
import { hasEnded, type ProcessingJobSummary } from "../models/jobs.ts";
import { everyJobFailed, type UpscalingTask } from "../models/upscaling.ts";
import type { Operation } from "./operations.ts";

/** A configuration for asking again and again: a failure is the watch's to count, not the call's to repeat. */
export function withoutRepeats(config: HttpConfig): HttpConfig {
  return { ...config, retry: { ...config.retry, limit: 0 } };
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
    read(data) {
      const reading = readValue(data);
      return reading.ok ? { ok: true, value: show(reading.value) } : reading;
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
