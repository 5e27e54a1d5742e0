import { operations } from "../operations.ts";
import { accountHint, platformHint } from "./platform_hints.ts";
import { type Failure, hintOf, type Rule, says } from "./failure.ts";

/** Whether the oldest known version of the service does not have a call. */
function isNewer(called: string): boolean {
  return Object.values(operations).some(({ name, since }) =>
    name === called && since !== undefined
  );
}

/** What the service itself does not find, and addresses that are not its own. */
const ADDRESS: readonly Rule[] = [
  {
    when: ({ name, errorCode }) => name === "unitJobs.results" && errorCode === "JOB_NOT_FOUND",
    hint:
      "no such job among yours, or it is a failed job of an upscaling task, which has no results: look at its status with client.unitJobs.get(id)",
  },
  {
    when: ({ errorCode }) => errorCode === "JOB_NOT_FOUND",
    hint:
      "it was deleted, belongs to another account, or never was: client.jobsStatus.get() lists your jobs, and client.upscaleTasks.get(id) those of a task",
  },
  {
    when: ({ errorCode }) => errorCode === "TASK_NOT_FOUND",
    hint: "it belongs to another account, or never was: client.jobsStatus.get() lists your tasks",
  },
  {
    when: ({ name, status, errorCode }) =>
      isNewer(name) && errorCode === undefined && (status === 404 || status === 405),
    hint:
      "this service is older than the call, which came after version 0.7.2: there is nothing to be had until it is renewed; if it is not older, check the base URL, and any path in it",
  },
  {
    when: ({ status }) => status === 404 || status === 405,
    hint:
      "this address does not answer as the Dispatch API does: check the base URL, and any path in it",
  },
  {
    when: ({ status }) => status >= 300 && status < 400,
    hint:
      "redirects are not followed, because the token would go along: check the base URL (https, no extra path)",
  },
];

/** The words of a failure of the service's own database. */
export const DATABASE: RegExp = /pymysql|SQL:/i;

/** Causes as the service itself words them, the particular ones first. */
const REASONS: readonly Rule[] = [
  {
    when: says(/OGC API Process job execution not implemented/),
    hint:
      "synchronous jobs run on openEO only: use client.unitJobs.create() for an OGC API process",
  },
  {
    when: says(
      /No OpenEO backend configuration found for URL: \S*\/$|(?:^|[.:] )'https?:\/\/[^']{0,2000}\/'/,
    ),
    hint:
      "service.endpoint has to equal the configured address to the letter: leave out the slash at its end",
  },
  {
    when: says(/No OpenEO backend configuration found|(?:^|[.:] )'https?:\/\/[^']{0,2000}'$/),
    hint: "the Dispatch service knows no platform at this service.endpoint: check it to the letter",
  },
  {
    when: says(/Invalid URL '/),
    hint:
      "service.application has to be the URL of a process definition (UDP, JSON), with https:// before it",
  },
  {
    when: says(/Data too long for column 'title'/),
    hint:
      "the title is longer than the service can store (255 characters): the platform's job was made, the service's record of it was not",
  },
  {
    when: says(/Unsupported GeoJSON type for parameter/),
    hint: "a bounding-box parameter takes { west, south, east, north } or one GeoJSON Polygon",
  },
  {
    when: says(/'NoneType' object has no attribute 'get'/),
    hint: "a bounding-box parameter is null: give { west, south, east, north }, or leave it out",
  },
  {
    when: says(/'\w{1,40}' object has no attribute 'get'/),
    hint:
      "a bounding-box parameter takes an object, { west, south, east, north }: an array or a text is none",
  },
  {
    when: says(/multiple values for keyword argument '(?:namespace|process_id)'/),
    hint:
      'no openEO parameter can be called "namespace" or "process_id": the service cannot pass it on',
  },
  {
    when: says(/missing a required argument/i),
    hint:
      "a required parameter is missing: client.unitJobs.parameters() lists what the service takes",
  },
  {
    when: says(/No 'id' field found in process definition/),
    hint: "service.application has to be the URL of a process definition (UDP, JSON) with an id",
  },
  {
    when: says(/Unsupported parameter schemas|validation errors? for Parameter/),
    hint:
      "the Dispatch service cannot handle one of this service's parameters, so its jobs fail as well: tell the service's author",
  },
  {
    when: says(/validation errors? for Collection|No match found when deserializing/),
    hint:
      "the platform's results are no STAC Collection, so they cannot be handed over: fetch them from the platform",
  },
  {
    when: says(/Read timed out|ReadTimeout/),
    hint: "the platform took too long to answer the Dispatch service: it is slow or busy",
  },
  {
    when: says(/HTTPS?ConnectionPool|Max retries exceeded|NameResolutionError/),
    hint:
      "the Dispatch service cannot reach the platform at service.endpoint: check the address; if it is right, the platform is down",
  },
  {
    when: says(/\bjob \S{1,80} is failed\b|\bjob \S{1,80} (?:has )?failed\b/i),
    hint:
      "the job failed, and its results never come: look at its log on the platform, correct it, and create it anew",
  },
  {
    when: says(/\bjob \S{1,80} (?:is|was) (?:dismissed|cancell?ed)\b/i),
    hint: "the job was canceled, and its results never come: create it anew if it is still wanted",
  },
  {
    when: says(DATABASE),
    hint: "the service's database failed: wait a few minutes, and tell its team if it goes on",
  },
  {
    when: says(/^.{0,200}'sub'$/),
    hint: "the token names no user (it has no `sub`): sign in as a person, not as a client",
  },
];

/** What is left: the status alone. */
const STATUSES: readonly Rule[] = [
  {
    when: ({ name, status }) => name === "unitJobs.results" && status === 500,
    hint:
      'most often the job has not finished: ask again when client.unitJobs.get(id) says "finished"',
  },
  { when: ({ status }) => status === 422, hint: "correct what is named above, and send it again" },
  {
    when: ({ status }) => status === 408,
    hint:
      "the request did not arrive whole in time: a slow network, or a large request; make fewer calls at once",
  },
  {
    when: ({ status }) => status === 413,
    hint:
      "the request is larger than the service takes: give fewer vertices, or fewer values in one task",
  },
  {
    when: ({ status }) => status === 414,
    hint: "the address is longer than the service takes: check the base URL and the query",
  },
  {
    when: ({ status }) => status === 431,
    hint:
      "the headers are larger than the service takes: a very long token, or many cookies and headers of your own",
  },
  {
    when: ({ status }) => status === 407,
    hint:
      "the proxy on the way wants to know who you are: give its user and password in HTTPS_PROXY",
  },
  {
    when: ({ status }) => status === 429,
    hint: "too many calls: make fewer at a time, with pauses between them",
  },
  {
    when: ({ status }) => status === 507,
    hint:
      "the service has no room left to store anything: tell its team, which alone can mend that",
  },
  {
    when: ({ status }) => status === 524,
    hint:
      "the service took longer than the proxy before it allows, and may still be at work: ask for less at once, or wait a few minutes",
  },
  {
    when: ({ status }) => status === 525 || status === 526,
    hint:
      "the proxy does not trust the service's certificate: tell the service's team, which alone can mend that",
  },
  {
    when: ({ status }) => status === 530,
    hint:
      "the proxy does not find the service behind it: check the base URL; if it is right, tell the service's team",
  },
  {
    when: ({ status }) => status >= 520 && status <= 523,
    hint: "the proxy cannot reach the service behind it: wait a few minutes",
  },
  {
    when: ({ status }) => status === 502 || status === 503 || status === 504,
    hint: "the service or the proxy before it is down or busy: wait a few minutes",
  },
  {
    when: ({ status }) => status >= 500,
    hint: "the service failed: wait a few minutes, and tell its team the request id if it goes on",
  },
];

const RULES: readonly Rule[] = [...REASONS, ...ADDRESS, ...STATUSES];

/** What to do where no rule knows the cause. */
const UNKNOWN_CAUSE =
  "the service does not take this call as it is: go by its words above, and ask its team with the request id";

/**
 * What to do about a failure, by its cause where that is known: the account, what the platform says (by openEO's codes,
 * else by the status that it answered), the service's own words, and last the status alone.
 */
export function hintFor(failure: Failure): string {
  return accountHint(failure) ?? platformHint(failure) ?? hintOf(RULES, failure) ?? UNKNOWN_CAUSE;
}
