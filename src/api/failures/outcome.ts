import type { Outcome } from "../../http/errors.ts";
import type { Creation } from "../../http/wire.ts";
import { allWords, creates, type Failure } from "./failure.ts";

/** Words of the service's own that come before it asks any platform. */
const BEFORE_ANYTHING: readonly RegExp[] = [
  /No OpenEO backend configuration found/i,
  // A key of the service's configuration, as Python prints it.
  /^'https?:\/\/[^']{1,2000}'$/,
  /Invalid URL '/,
  /No 'id' field found in process definition/,
  /Unsupported GeoJSON type for parameter/,
  /'\w{1,40}' object has no attribute 'get'/,
  /got multiple values for keyword argument/,
  /OGC API Process job execution not implemented/,
  /missing a required argument/,
  /Unsupported parameter schemas/,
  /link your account/i,
  /Could not authenticate with/i,
  /Could not validate credentials/i,
];

/** That a connection was never made; where there was none before either, nothing has been asked for. */
const NO_CONNECTION = /NewConnectionError|NameResolutionError|ConnectTimeout|SSLCertVerification/;

/** The addresses at which openEO back-ends make jobs, start them, and compute at once. */
const JOBS = /\/(?:jobs|result)\b/;

/**
 * Statuses below 500 that prove nothing: the service passes on a platform's 401 and 403, and after a 408 or a 499 it may
 * have read enough. With any other the service, or a proxy before it, says that it did not take the request.
 */
const UNPROVEN: ReadonlySet<number> = new Set([401, 403, 408, 499]);

/**
 * What is known of a job that was to be created and was answered with a failure: `refused` where the words prove that
 * nothing was made, else `unknown`. The platform's job is made before the service's record of it, and an openEO job
 * before it is started: neither a 5xx nor a refusal by an openEO platform proves anything.
 */
export function outcomeOf(failure: Failure): Outcome | undefined {
  if (!creates(failure)) return undefined;
  return provesNothingMade(failure) ? "refused" : "unknown";
}

function provesNothingMade(failure: Failure): boolean {
  const { status, errorCode, reason, platform, message } = failure;
  if (status < 500 && !UNPROVEN.has(status)) return true;
  if (platform !== undefined) return isRefusedAtOnce(failure);
  const said = (reason ?? message).trim();
  if (BEFORE_ANYTHING.some((words) => words.test(said) || words.test(message))) return true;
  if (NO_CONNECTION.test(said)) return !JOBS.test(said);
  if (/Authentication error when executing/.test(message)) return asksOnce(failure);
  // A token that is missing is found before anything else.
  return status === 401 && errorCode === undefined && /Not authenticated/.test(message);
}

/** Whether the platform's refusal was the answer to the one call that makes a job. */
function isRefusedAtOnce(failure: Failure): boolean {
  const { platform, application } = failure;
  const { status, url } = platform ?? {};
  if (url !== undefined) {
    // What could not be read is the process definition, which is read first.
    return url === application || !JOBS.test(url);
  }
  const refused = status !== undefined && status >= 400 && status < 500 && status !== 408;
  return refused && asksOnce(failure);
}

/** Whether one call to the platform makes the job and starts it; openEO's batch jobs take two. */
function asksOnce({ label, name }: Failure): boolean {
  return label === "ogc_api_process" || name === "unitJobs.createSync";
}

/** Whether the service itself says that it does not take the token, so that a fresh one may help. */
export function refusesToken(failure: Pick<Failure, "status" | "message" | "reason">): boolean {
  return failure.status === 401 &&
    /Could not validate credentials|Not authenticated|(?:token|signature) (?:has |is )?expired|Invalid token/i
      .test(allWords({ name: "", ...failure })) &&
    !/Could not authenticate with|when executing/i.test(failure.message);
}

/** What a call makes: a job, an upscaling task, or a result without a job that the service keeps. */
export type Made = "job" | "task" | "result";

/**
 * Where to look for what a call may have made: where it can be told from other work on this kind of platform. An OGC
 * platform gets no title, and numbers of jobs grow: `newest` is the highest that was known before.
 *
 * @example
 * ```ts
 * import { creationOf } from "./outcome.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(creationOf("task").where, "look for its title in client.jobsStatus.get(), among the tasks");
 * ```
 */
export function creationOf(
  made: Made,
  { label, newest }: { readonly label?: string | undefined; readonly newest?: number | undefined } =
    {},
): Creation {
  if (made === "result") {
    return {
      what: "job",
      where:
        "look in the platform's own list of your jobs (the Dispatch service keeps none of synchronous ones)",
    };
  }
  const listed = "look for its title in client.jobsStatus.get()";
  if (made === "task") return { what: "task", where: `${listed}, among the tasks` };
  const above = newest === undefined
    ? "above the last one you know"
    : `above ${newest}, the highest that this client knew before`;
  return {
    what: "job",
    where: label === "ogc_api_process"
      ? `${listed}, among the ids ${above}, and at the platform for a job as new as this call (its own list knows no titles)`
      : `${listed}, and in the platform's own list of your jobs`,
  };
}
