import type { ListWatchOptions } from "../../api/jobs_status.ts";
import { count } from "../../core/units.ts";
import { closable } from "../../live/closable.ts";
import { hasEnded } from "../../models/jobs.ts";
import type { JobsStatusResponse } from "../../models/jobs_status.ts";
import type { Snapshot, Watch } from "../../models/snapshot.ts";

/** What a watch of a batch needs to know. */
export interface WatchedBatch {
  /** The numbers of its jobs. */
  readonly ids: ReadonlySet<number>;
  /** Watches all of one's work. */
  watchAll(options: ListWatchOptions): Watch<JobsStatusResponse>;
  /** Is told how far the jobs are. */
  learn(value: JobsStatusResponse): Promise<void>;
}

/** Watches the jobs of a batch, of all of one's work, until all of them have ended. */
export function watchBatch(
  batch: WatchedBatch,
  options: Omit<ListWatchOptions, "filter"> = {},
): Watch<JobsStatusResponse> {
  const over = (inner: Watch<JobsStatusResponse>): Watch<JobsStatusResponse> => ({
    subject: {
      ...inner.subject,
      part: { name: `batch of ${count(batch.ids.size, "job")}`, watch: "batch" },
    },
    until: (signal, onProblem) => over(inner.until(signal, onProblem)),
    [Symbol.asyncIterator]: () => closable([], (signal) => snapshots(batch, inner.until(signal))),
  });
  return over(batch.watchAll({ ...options, filter: "processing" }));
}

async function* snapshots(
  { ids, learn }: WatchedBatch,
  inner: Watch<JobsStatusResponse>,
): AsyncGenerator<Snapshot<JobsStatusResponse>, void> {
  for await (const snapshot of inner) {
    const jobs = snapshot.value.processing_jobs.filter(({ id }) => ids.has(id));
    const value = { ...snapshot.value, processing_jobs: jobs, upscaling_tasks: [] };
    await learn(value);
    const done = snapshot.done || jobs.every(({ status }) => hasEnded(status));
    yield { ...snapshot, value, done };
    if (done) return;
  }
}
