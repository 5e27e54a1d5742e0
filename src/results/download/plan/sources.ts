import { DispatchError } from "../../../core/dispatch_error.ts";
import { isObject } from "../../../core/objects.ts";
import { count } from "../../../core/units.ts";
import type { Clock } from "../../../core/waiting.ts";
import type { ProcessingJobSummary } from "../../../models/jobs.ts";
import type { Collection } from "../../../models/stac/stac.ts";
import type { UpscalingTask } from "../../../models/upscaling.ts";
import { ResultsError } from "../../results_error.ts";
import type { PlannedFile } from "./plan.ts";

/** What a download needs of a client. */
export interface ResultsClient {
  /** The jobs of the client. */
  readonly unitJobs: {
    /** The results of a finished job. */
    results(
      job: number | { readonly id: number },
      options?: { readonly signal?: AbortSignal | undefined },
    ): PromiseLike<Collection | null>;
  };
}

/** What can be brought home: the results of a job, of the finished jobs of a task, or a Collection. */
export type Downloadable =
  | number
  | Pick<ProcessingJobSummary, "id">
  | Pick<UpscalingTask, "id" | "jobs">
  | Collection;

/** How results are asked for. */
export interface SourcesOptions {
  /** Asks for them again when their addresses have ended. */
  readonly renew: (() => PromiseLike<Collection | null>) | undefined;
  /** What tells the time. */
  readonly clock: Clock;
  /** Turns an address that cannot be fetched into one that can. */
  readonly resolve: ((address: string) => string | URL | undefined) | undefined;
}

/** A Collection, where it goes, and how its addresses are renewed. */
export interface ResultsSource {
  /** The results. */
  readonly collection: Collection;
  /** The folders that its files lie in. */
  readonly folders: readonly string[];
  /** The address of a file, asked anew with one that has ended. */
  readonly addressOf: (file: PlannedFile, ended?: string) => Promise<string>;
}

/** What can be brought home, and the jobs of a task whose results cannot be had. */
export interface FoundSources {
  /** The results. */
  readonly sources: readonly ResultsSource[];
  /** Why those of some jobs are not among them. */
  readonly failures: readonly ResultsError[];
}

/** What is to be brought home, with the folder that each goes to. */
export async function sourcesOf(
  client: ResultsClient,
  what: Downloadable,
  { renew, clock, resolve }: SourcesOptions,
  signal: AbortSignal,
): Promise<FoundSources> {
  const source = (
    collection: Collection,
    folders: readonly string[],
    ask: (() => PromiseLike<Collection | null>) | undefined,
  ): ResultsSource => ({
    collection,
    folders,
    addressOf: createAddresses({ ask, clock, resolve }),
  });
  const ofJob = async (job: number | { readonly id: number }, folders: readonly string[]) => {
    const ask = renew ?? (() => client.unitJobs.results(job, { signal }));
    const collection = await client.unitJobs.results(job, { signal });
    if (collection === null) {
      throw new ResultsError(
        `Cannot download the results of job ${
          typeof job === "number" ? job : job.id
        }: the service gives none\n` +
          "  What to do: look at the job on the platform",
        { reason: "nothing" },
      );
    }
    return source(collection, folders, ask);
  };
  if (typeof what === "number") return only(await ofJob(what, []));
  if (!isObject(what)) {
    throw new ResultsError(
      "Cannot download the results: give a job, a task, or what client.unitJobs.results(job) gave",
      { reason: "invalid" },
    );
  }
  if (isCollection(what)) return only(source(what, [], renew));
  if ("jobs" in what) {
    const finished = what.jobs.filter(({ status }) => status === "finished");
    if (finished.length === 0) {
      throw new ResultsError(
        `Cannot download the results of task ${what.id}: none of its ${
          count(what.jobs.length, "job")
        } is finished\n` +
          "  What to do: wait for it, await client.upscaleTasks.wait(task)",
        { reason: "nothing" },
      );
    }
    const sources: ResultsSource[] = [];
    const failures: ResultsError[] = [];
    // One after the other: the service does nothing else while it asks the platform.
    for (const job of finished) {
      try {
        sources.push(await ofJob(job, [`job-${job.id}`]));
      } catch (error) {
        signal.throwIfAborted();
        // One of many keeps no other from coming.
        if (!(error instanceof DispatchError) || finished.length === 1) throw error;
        failures.push(ofJobFailed(job.id, error));
      }
    }
    return { sources, failures };
  }
  return only(await ofJob({ id: what.id }, []));
}

function isCollection(what: Exclude<Downloadable, number>): what is Collection {
  return "type" in what && what.type === "Collection";
}

function only(source: ResultsSource): FoundSources {
  return { sources: [source], failures: [] };
}

function ofJobFailed(id: number, error: DispatchError): ResultsError {
  return error instanceof ResultsError
    ? error
    : new ResultsError(`Cannot get the results of job ${id}: ${error.message}`, {
      reason: "refused",
      cause: error,
    });
}

/** How addresses are renewed. */
export interface AddressesOptions {
  /** Asks for the results again; nothing where nobody can be asked. */
  readonly ask: (() => PromiseLike<Collection | null>) | undefined;
  /** What tells the time. */
  readonly clock: Clock;
  /** Turns an address that cannot be fetched into one that can. */
  readonly resolve: ((address: string) => string | URL | undefined) | undefined;
}

/** How often results may be asked for again, in milliseconds. */
const ONCE_IN = 600_000;

/**
 * The addresses of the files of one result. They end after some days; asking for the results again gives new ones. All
 * files share what was asked, and nobody asks more than once in ten minutes.
 */
export function createAddresses(
  { ask, clock, resolve }: AddressesOptions,
): (file: PlannedFile, ended?: string) => Promise<string> {
  let renewed: { readonly at: number; readonly results: Promise<Collection | null> } | undefined;
  const addressIn = async (file: PlannedFile) => {
    const href = (await renewed?.results)?.assets?.[file.key]?.href;
    const resolved = href === undefined ? undefined : resolve?.(href) ?? href;
    return resolved === undefined ? undefined : String(resolved);
  };
  return async (file, ended) => {
    let before: typeof renewed;
    let current: string;
    do {
      // Another file may have asked meanwhile.
      before = renewed;
      current = await addressIn(file) ?? file.address;
    } while (before !== renewed);
    if (ended === undefined || current !== ended) return current;
    const mayAsk = renewed === undefined || clock.now() - renewed.at >= ONCE_IN;
    if (ask === undefined || !mayAsk) {
      throw new ResultsError(
        `Cannot download ${file.name}: its address has ended${
          ask === undefined ? "" : ", and so has the one that was asked for just now"
        }\n  What to do: ${
          ask === undefined
            ? "ask for the results again, and give the job instead of the results: then it is done by itself"
            : "wait ten minutes and call again: it goes on where it stopped"
        }`,
        { reason: "expired" },
      );
    }
    renewed = { at: clock.now(), results: Promise.resolve(ask()) };
    return await addressIn(file) ?? file.address;
  };
}
