import { allWords, creates, type Failure, hintOf, type Rule, says } from "./failure.ts";

const PARAMETERS = "client.unitJobs.parameters() lists what the service takes";
const SIGN_IN =
  "the platform refused your sign-in: sign in anew, and check that your account there is valid";
const NEVER =
  "its results never come: look at its log on the platform, correct it, and create it anew";
const DEFINITION =
  "the process definition in service.application does not suit this platform: check service.endpoint, and tell the service's author";

/** What to do by the code that a platform gives: openEO's (its list of errors), and those of OGC API Processes. */
const BY_CODE: Readonly<Record<string, string>> = {
  PaymentRequired:
    "your account at the platform has too few credits, or no plan: see to that there; until then every attempt fails",
  BillingPlanMissing:
    "choose a billing plan in your account at the platform; until then every attempt fails",
  BillingPlanInvalid: "choose another billing plan in your account at the platform",
  BudgetInvalid: "the budget is too low for this job: see to that in your account at the platform",
  ConcurrentJobLimit:
    "as many jobs of yours run at the platform as may: wait until one has ended, or submit fewer at a time",
  TooManyRequests: "the platform had too many calls: wait a few minutes, and make fewer at a time",
  RateLimitExceeded:
    "the platform had too many calls: wait a few minutes, and make fewer at a time",
  AuthenticationRequired: SIGN_IN,
  AuthenticationSchemeInvalid: SIGN_IN,
  TokenInvalid: SIGN_IN,
  CredentialsInvalid: SIGN_IN,
  PermissionsInsufficient:
    "your account at the platform may not do this: ask there for access (ESA's Network of Resources gives it for most)",
  ProcessGraphComplexity:
    "too much for a synchronous job: client.unitJobs.create() makes a batch job of it, which may take hours",
  NoDataAvailable:
    "there is no data for that place and time: check both, the order of the coordinates too, and widen them",
  TemporalExtentEmpty:
    "the time ends before it begins, or at once: check the order of its two ends",
  CollectionNotFound:
    "the platform has no such data: the service was made for another platform (check service.endpoint), or its author has to mend it",
  ProcessParameterRequired: `a required parameter is missing: ${PARAMETERS}`,
  ProcessParameterMissing: `a required parameter is missing: ${PARAMETERS}`,
  ProcessParameterInvalid: `a parameter's value does not suit: ${PARAMETERS}, and of which kind`,
  ProcessParameterUnsupported: `the service does not know that parameter: ${PARAMETERS}`,
  ProcessUnsupported: DEFINITION,
  ProcessGraphNotFound: DEFINITION,
  ProcessGraphMissing: DEFINITION,
  ProcessGraphInvalid: DEFINITION,
  ProcessInvalid: DEFINITION,
  CRSInvalid: "the platform does not know that reference system: give degrees (EPSG:4326)",
  FormatUnsupported: "the platform does not write that format: choose another one (request.format)",
  FormatUnsuitable: "that format cannot hold this result: choose another one (request.format)",
  FileTypeInvalid: "the platform does not write that format: choose another one (request.format)",
  ContentTypeInvalid:
    "the platform does not take that kind of request: tell the Dispatch service's team",
  StorageQuotaExceeded:
    "your storage at the platform is full: delete results there that you no longer need",
  StorageFailure:
    "the platform could not store files: wait a few minutes, and tell its team if it goes on",
  JobFailed: `the job failed, and ${NEVER}`,
  JobCanceled:
    "the job was canceled, and its results never come: create it anew if it is still wanted",
  JobNotFinished:
    'the job has not finished: ask again when client.unitJobs.get(id) says "finished"',
  JobNotStarted:
    "the job was made at the platform and never started: look at it there, start it or create it anew",
  JobNotFound:
    "the platform no longer knows this job: it was deleted there, or kept for a while only",
  JobLocked: "the job is running, and cannot be changed meanwhile",
  ResultLinkExpired:
    "the addresses of results last some days: client.unitJobs.results(job) gives new ones",
  FeatureUnsupported: "this platform cannot do that at all",
  UnsupportedApiVersion:
    "service.endpoint names a version that the platform does not have: check it",
  RequestTimeout:
    "too much for a synchronous job: client.unitJobs.create() makes a batch job of it, which may take hours",
  InfrastructureMaintenance: "the platform is being maintained: wait, and look at its status page",
  "no-such-process":
    "the platform knows no such process: check endpoint, namespace and application of the service",
  "result-not-ready":
    'the job has not finished: ask again when client.unitJobs.get(id) says "finished"',
};

/** Codes that say no more than their status does. */
const PLAIN_CODE =
  /^(?:Internal|InfrastructureBusy|NotFound|not-found|bad-request|internal-server-error)$/;

/** What to do about what a platform said: by its code, else by the status that it answered. */
export function platformHint(failure: Failure): string | undefined {
  const { platform } = failure;
  if (platform === undefined) return undefined;
  const { status, code = "", url } = platform;
  const byCode = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  if (byCode !== undefined) return byCode;
  const result = ofJob(failure);
  if (result !== undefined) return result;
  if (url !== undefined && status !== undefined) return ofAddress(failure, status);
  if (status !== undefined) return byStatus(failure, status);
  return PLAIN_CODE.test(code) ? undefined : unknownCode(failure);
}

/** What an OGC platform says of a job in its words: `job 1f2e is failed`. */
function ofJob({ platform }: Failure): string | undefined {
  const sentence = platform?.sentence ?? "";
  const state = /\bjob \S{1,120} (?:is|was|has) (\w{1,20})/i.exec(sentence)?.[1] ?? "";
  if (/^failed$/i.test(state)) return BY_CODE.JobFailed;
  if (/^(?:dismissed|cancell?ed)$/i.test(state)) return BY_CODE.JobCanceled;
  return /^(?:accepted|running|queued|created)$/i.test(state) ? BY_CODE.JobNotFinished : undefined;
}

/** What to do where an address could not be read: mostly that of the process definition. */
function ofAddress({ platform, application }: Failure, status: number): string {
  const what = application === undefined || platform?.url === application
    ? "service.application"
    : "the address above";
  if (status === 404 || status === 410) return `nothing is at ${what}: check it in a browser`;
  if (status < 500 && status !== 429) {
    return `${what} is not open to everyone: it has to be readable without signing in`;
  }
  return `whoever serves ${what} is down or busy: wait a few minutes`;
}

function byStatus(failure: Failure, status: number): string {
  const { name } = failure;
  switch (status) {
    case 401:
      return SIGN_IN;
    case 402:
      return BY_CODE.PaymentRequired ?? "";
    case 403:
      return BY_CODE.PermissionsInsufficient ?? "";
    case 404:
    case 410:
      return notFound(failure);
    case 408:
    case 504:
      return name === "unitJobs.createSync"
        ? BY_CODE.RequestTimeout ?? ""
        : "the platform took too long to answer: it is slow or busy";
    case 413:
      return "the request is larger than the platform takes: give fewer vertices, or a smaller area";
    case 424:
      return BY_CODE.JobFailed ?? "";
    case 429:
      return BY_CODE.TooManyRequests ?? "";
  }
  if (status >= 500) return down(failure);
  return status === 400 || status === 422
    ? `the platform found the parameters wrong: ${PARAMETERS}`
    : "the platform does not take this: go by its words above, and ask its team";
}

function notFound({ name }: Failure): string {
  if (name === "unitJobs.results") return BY_CODE.JobNotFinished ?? "";
  if (/^(?:unitJobs\.(?:get|delete)|jobsStatus\.|upscaleTasks\.get)/.test(name)) {
    return "the platform no longer knows one of your jobs; while it is there the list cannot be read: tell the service's team, with the request id";
  }
  return BY_CODE["no-such-process"] ?? "";
}

function down(failure: Failure): string {
  if (failure.name === "jobsStatus.get") {
    return "the platform of one of your jobs is down or busy, and that makes the whole list fail; the job itself goes on: " +
      'ask again in a few minutes; meanwhile one part of the list may answer (client.jobsStatus.get({ filter: "upscaling" }), ' +
      "or processing), and each job by itself (client.unitJobs.get(id))";
  }
  return creates(failure) || /parameters/.test(failure.name)
    ? "the platform failed or is down"
    : "the platform is down or busy; the job itself goes on: ask again in a few minutes";
}

function unknownCode(failure: Failure): string {
  return creates(failure)
    ? "the platform refused it: go by its words above, and ask its team"
    : "the platform could not answer: go by its words above, and ask its team";
}

/** Words with which a service says that it could not ask its sign-in service. */
const SIGN_IN_UNREACHABLE =
  /jwks|openid-connect|urlopen|fetch data from the url|Max retries exceeded|Connection refused|name resolution|timed out/i;

/** Causes about sign-in and the account, which no platform has a say in. */
const ACCOUNT: readonly Rule[] = [
  {
    when: says(/link your account/i),
    hint:
      "open the account page named above and link your account with that platform; a fresh token does not help",
  },
  {
    when: says(/not allowed to exchange/i),
    hint:
      "this token's client may not act for you on that platform: sign in through the client id that your Dispatch service names, or ask its team",
  },
  {
    when: says(/Could not authenticate with [^:\n]{1,200}: Invalid token/),
    hint: "the sign-in service does not take this token for that platform: sign in anew",
  },
  {
    when: ({ status, errorCode }) => status === 502 && errorCode === "AUTHENTICATION_FAILED",
    hint: "the sign-in service cannot be reached from the Dispatch service: wait a few minutes",
  },
  {
    when: says(/Authentication error when executing/),
    hint:
      "the platform itself refused your sign-in: sign in anew and check that your account there is valid",
  },
  {
    when: (failure) => failure.status === 401 && /Not authenticated/.test(failure.message),
    hint:
      'the service saw no bearer token: use AuthenticatedClient with the prefix "Bearer" and the header "Authorization"',
  },
  {
    when: (failure) => failure.status === 401 && SIGN_IN_UNREACHABLE.test(allWords(failure)),
    hint:
      "the Dispatch service cannot reach the sign-in service to check your token, which may be right: ask again in a few minutes",
  },
  { when: (failure) => isAuthentication(failure), hint: tokenHint },
  {
    when: ({ status, errorCode }) => status === 403 && errorCode === undefined,
    hint:
      "something before the service does not let this call through, such as a proxy or a firewall: check the base URL and your network, and ask the service's team",
  },
  {
    when: ({ status, platform }) => status === 403 && platform === undefined,
    hint:
      "your account may not do this, or the platform refused your sign-in: sign in anew, then ask the platform's team",
  },
];

/** What to do about a failure that has to do with sign-in or the account. */
export function accountHint(failure: Failure): string | undefined {
  return hintOf(ACCOUNT, failure);
}

/** Whether the service does not take the token, in its own words; a platform's are another matter. */
function isAuthentication(failure: Failure): boolean {
  const { status, platform, reason } = failure;
  return platform === undefined &&
    (status === 401 || /AUTHENTICATION_FAILED/.test(`${failure.message} ${reason ?? ""}`) ||
      failure.errorCode === "AUTHENTICATION_FAILED" && status !== 403);
}

/** What a refused token may be about, by what it says of itself. */
function tokenHint(failure: Failure): string {
  const { token } = failure;
  if (token?.expired === true) {
    return "the token has expired: sign in anew; a token function (option token) lets the client ask for a fresh one by itself";
  }
  const client = token?.client === undefined ? "its client" : `the client "${token.client}"`;
  if (token?.audience === true || /audience/i.test(allWords(failure))) {
    return `the token is meant for somebody else (it has an \`aud\` claim), and the service takes none of ${client}: ` +
      "sign in through the client id that your Dispatch service names, or ask its team to let that client leave out the claim";
  }
  if (token?.expired === false) {
    return "the token has not expired: it is of another sign-in service (development and production have one each), was " +
      "revoked, or the sign-in service cannot be reached to check it; sign in anew at the one that belongs to the base URL";
  }
  return "the token is expired or not meant for this service: sign in anew; a token function (option token) lets the client ask for a fresh one by itself";
}
