import { operations } from "./operations.ts";

/** What is known of a failure, to tell its cause by. */
export interface Failure {
  /** How the client's user calls the operation: `unitJobs.get`. */
  readonly name: string;
  /** The status. */
  readonly status: number;
  /** The service's own code. */
  readonly errorCode?: string | undefined;
  /** The service's words, and the reason it gives. */
  readonly text: string;
}

interface Rule {
  readonly when: (failure: Failure) => boolean;
  readonly hint: string;
}

const PLATFORM_DOWN = /platform answered 50[0234]/;
const CREATES = /\.create/;

/** Whether the oldest known version of the service does not have a call. */
function isNewer(called: string): boolean {
  return Object.values(operations).some(({ name, since }) =>
    name === called && since !== undefined
  );
}

const says = (pattern: RegExp) => ({ text }: Failure) => pattern.test(text);

/** Causes as the service words them, the particular ones first. */
const RULES: readonly Rule[] = [
  {
    when: says(/link your account/i),
    hint:
      "open the account page named above, link your account with that platform, then try again; a fresh token does not help",
  },
  {
    when: says(/not allowed to exchange/i),
    hint:
      "this token's client may not act for you on that platform: sign in through the client id that your Dispatch service names, or ask its team",
  },
  {
    when: ({ status, errorCode }) => status === 502 && errorCode === "AUTHENTICATION_FAILED",
    hint: "the sign-in service cannot be reached from the Dispatch service: wait a few minutes",
  },
  {
    when: says(/^Authentication error when executing/),
    hint:
      "the platform itself refused your sign-in: sign in anew and check that your account there is valid",
  },
  {
    when: ({ status, text }) => status === 401 && /Not authenticated/.test(text),
    hint:
      'the service saw no bearer token: use AuthenticatedClient with the prefix "Bearer" and the header "Authorization"',
  },
  {
    when: ({ status, text }) => status === 401 || /AUTHENTICATION_FAILED/.test(text),
    hint:
      "the token is expired or not meant for this service: sign in anew; a token function (option token) lets the client ask for a fresh one by itself",
  },
  {
    when: ({ status }) => status === 403,
    hint:
      "your account may not do this, or the platform refused your sign-in: sign in anew, then ask the platform's team",
  },
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
  {
    when: says(/OGC API Process job execution not implemented/),
    hint:
      "synchronous jobs run on openEO only: use client.unitJobs.create() for an OGC API process",
  },
  {
    when: says(/(?:^|[.:] )'https?:\/\/[^']*\/'/),
    hint:
      "service.endpoint has to equal the configured address to the letter: leave out the slash at its end",
  },
  {
    when: says(/(?:^|[.:] )'https?:\/\/[^']*'$/),
    hint: "the Dispatch service knows no platform at this service.endpoint: check it to the letter",
  },
  {
    when: says(/Data too long for column 'title'/),
    hint: "the title is longer than the service can store (255 characters)",
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
    when: says(/multiple values for keyword argument '(?:namespace|process_id)'/),
    hint:
      'no openEO parameter can be called "namespace" or "process_id": the service cannot pass it on',
  },
  {
    when: says(/ProcessParameterMissing|missing a required argument/i),
    hint:
      "a required parameter is missing: client.unitJobs.parameters() lists what the service takes",
  },
  {
    when: says(/No 'id' field found in process definition/),
    hint: "service.application has to be the URL of a process definition (UDP, JSON) with an id",
  },
  {
    when: says(/404 Client Error: Not Found for url/),
    hint: "nothing is at the URL in service.application: check it in a browser",
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
    when: says(/HTTPConnectionPool|Max retries exceeded|NameResolutionError/),
    hint:
      "the Dispatch service cannot reach the platform at service.endpoint: check the address, or wait",
  },
  {
    when: ({ name, status }) => name === "unitJobs.results" && status === 500,
    hint:
      'most often the job has not finished: ask again when client.unitJobs.get(id) says "finished"',
  },
  {
    when: ({ name, text }) => PLATFORM_DOWN.test(text) && CREATES.test(name),
    hint: "the platform failed or is down",
  },
  {
    when: says(PLATFORM_DOWN),
    hint: "the platform is down or busy; the job itself goes on: ask again in a few minutes",
  },
  {
    when: says(/platform answered 4(?:00|22)/),
    hint:
      "the platform found the parameters wrong: client.unitJobs.parameters() lists what the service takes",
  },
  {
    when: ({ name, status, text }) =>
      status === 500 && /platform answered 404/.test(text) &&
      /^(?:unitJobs\.(?:get|delete)|jobsStatus\.get)$/.test(name),
    hint:
      "the platform no longer knows one of your jobs; while it is there the list cannot be read: tell the service's team, with the request id",
  },
  {
    when: says(/platform answered 404/),
    hint:
      "the platform knows no such process: check endpoint, namespace and application of the service",
  },
  {
    when: says(/pymysql|SQL:/i),
    hint: "the service's database failed: wait a few minutes, and tell its team if it goes on",
  },
  {
    when: ({ status }) => status === 422,
    hint: "correct what is named above, and send it again",
  },
  {
    when: ({ status }) => status === 429,
    hint: "too many calls: make fewer at a time, with pauses between them",
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

/** What to do where no rule knows the cause. */
const UNKNOWN_CAUSE =
  "the service does not take this call as it is: go by its words above, and ask its team with the request id";

/** What to do about a failure: by its cause where that is known. */
export function hintFor(failure: Failure): string {
  return RULES.find(({ when }) => when(failure))?.hint ?? UNKNOWN_CAUSE;
}
