// Answers as the service passes on what platforms, its own parts and proxies say, and the calls that get them.
import type { AuthenticatedClient } from "../../../mod.ts";

/** A call that is answered. */
export type Asked =
  | "create openeo"
  | "create ogc"
  | "sync"
  | "task"
  | "get"
  | "results"
  | "delete"
  | "list"
  | "params";

/** One answer. */
export interface Answer {
  readonly asked: Asked;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The token that the call carries, if it matters. */
  readonly token?: string;
}

const UDP = "https://catalogue.example.test/udp.json";

const MESSAGES: Readonly<Record<string, string>> = {
  "create openeo": "An error occurred while creating processing job.",
  "create ogc": "An error occurred while creating processing job.",
  sync: "An error occurred while creating the synchronous job.",
  get: "An error occurred while retrieving the processing job.",
  results: "An error occurred while retrieving processing job results.",
  delete: "An error occurred while deleting the processing job.",
  list: "An error occurred while retrieving the job status.",
};

/** The service's own shape, with a reason. */
function reason(asked: Asked, error: string): Answer {
  const own = {
    status: "error",
    error_code: "INTERNAL_ERROR",
    message: MESSAGES[asked],
    details: { error },
    request_id: "c-1",
  };
  return asked === "params"
    ? {
      asked,
      status: 500,
      body: { detail: `An error occurred while retrieving service parameters: ${error}` },
    }
    : { asked, status: 500, body: own };
}

/** The service's own shape, without a reason. */
function own(asked: Asked, status: number, code: string, message: string): Answer {
  return {
    asked,
    status,
    body: { status: "error", error_code: code, message, details: null, request_id: "c-1" },
  };
}

function page(asked: Asked, status: number, title: string): Answer {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { asked, status, body, headers: { "Content-Type": "text/html" } };
}

/** An exception of an OGC API, as its Python client prints it. */
function exception(status: number, title: string, kind: string, detail: string): string {
  return `(${status})\nReason: ${title}\nHTTP response headers: HTTPHeaderDict({'Server': 'x', 'Set-Cookie': 'sid=1'})\n` +
    `HTTP response body: type='http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/${kind}' ` +
    `title='${title}' status=${status} detail='${detail}' instance=None additional_properties={}\n`;
}

function token(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => btoa(JSON.stringify(value)).replaceAll("=", "");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmF0dXJl`;
}

const LATER = 4_000_000_000;

/** What the service answers, one row a kind. */
export const ANSWERS: readonly Answer[] = [
  // openEO's codes.
  reason("create openeo", "[402] PaymentRequired: Insufficient credits. (ref: r-1)"),
  reason("sync", "[402] PaymentRequired: Insufficient credits. (ref: r-1)"),
  reason("create openeo", "[400] ConcurrentJobLimit: You have 2 jobs running, the limit is 2."),
  reason("create openeo", "[400] ProcessParameterMissing: missing spatial_extent (ref: r-1)"),
  reason("sync", "[400] ProcessParameterInvalid: bands: B99 is none of B01, B02"),
  reason("sync", "[400] ProcessGraphComplexity: The process graph is too heavy"),
  reason("sync", "[400] NoDataAvailable: There is no data available for the given extents."),
  reason("create openeo", "[404] CollectionNotFound: Collection 'SENTINEL_9' does not exist."),
  reason("create openeo", "[400] ProcessUnsupported: Process 'x' is not available."),
  reason("create openeo", "[403] TokenInvalid: Authorization token has expired or is invalid."),
  reason("create openeo", "[403] PermissionsInsufficient: Forbidden"),
  reason("create openeo", "[429] TooManyRequests: slow down"),
  reason("create openeo", "[503] <html><body><h1>503 Service Unavailable</h1></body></html>"),
  reason("create openeo", "[500] Internal: Server error: NullPointerException (ref: r-1)"),
  reason("results", "[424] JobFailed: The job failed."),
  reason("results", "[400] JobNotFinished: Batch job has not finished yet."),
  reason("get", "[404] JobNotFound: The batch job 'j-1' does not exist."),
  reason("get", "[503] InfrastructureBusy: overloaded"),
  reason("params", "[404] ProcessGraphNotFound: User-defined process 'x' does not exist."),
  // An OGC API's exceptions.
  reason("create ogc", exception(404, "No Such Process", "no-such-process", "process x not found")),
  reason("create ogc", exception(400, "Bad Request", "bad-request", "missing input aoi")),
  reason("create ogc", exception(500, "Internal Server Error", "internal-error", "worker died")),
  reason("create ogc", exception(403, "Forbidden", "forbidden", "no access to ns1")),
  reason("results", exception(404, "Not Ready", "result-not-ready", "job 1f2e is running")),
  reason("results", exception(404, "Failed", "no-such-job", "job 1f2e is failed")),
  reason("list", exception(404, "No Such Job", "no-such-job", "job 1f2e not found")),
  reason(
    "get",
    "(503)\nReason: Service Unavailable\nHTTP response body: <html>503 Service Unavailable</html>\n",
  ),
  // Python's own words.
  reason("create openeo", `404 Client Error: Not Found for url: ${UDP}`),
  reason("create openeo", `HTTPError('403 Client Error: Forbidden for url: ${UDP}')`),
  reason(
    "create openeo",
    "HTTPError('503 Server Error: Service Unavailable for url: https://openeo.example.test/jobs/j-1/results')",
  ),
  reason("create openeo", "'list' object has no attribute 'get'"),
  reason("create openeo", "'NoneType' object has no attribute 'get'"),
  reason(
    "create openeo",
    "Unsupported GeoJSON type for parameter spatial_extent: FeatureCollection",
  ),
  reason(
    "create openeo",
    "No OpenEO backend configuration found for URL: https://openeo.example.test/",
  ),
  reason("create ogc", "'https://processes.example.test/'"),
  reason(
    "create openeo",
    "Invalid URL 'demo': No scheme supplied. Perhaps you meant https://demo?",
  ),
  reason("sync", "OGC API Process job execution not implemented yet."),
  reason(
    "create openeo",
    "HTTPSConnectionPool(host='x.test', port=443): Max retries exceeded with url: / (Caused by NewConnectionError(\"Failed to establish a new connection: [Errno 111] Connection refused\"))",
  ),
  reason(
    "create openeo",
    "HTTPSConnectionPool(host='x.test', port=443): Read timed out. (read timeout=60)",
  ),
  reason(
    "create ogc",
    "(pymysql.err.OperationalError) (2013, 'Lost connection')\n[SQL: INSERT INTO jobs]\n[parameters: {'user_id': 'ivan'}]",
  ),
  reason("create openeo", "'sub'"),
  own("create openeo", 500, "INTERNAL_SERVER_ERROR", "An unexpected error occurred."),
  // Sign-in and the account.
  { asked: "create openeo", status: 401, body: { detail: "Not authenticated" } },
  {
    ...own(
      "create openeo",
      401,
      "AUTHENTICATION_FAILED",
      "Could not validate credentials. Please retry signing in.",
    ),
    token: token({ exp: 1_000_000_000 }),
  },
  {
    ...own(
      "get",
      401,
      "AUTHENTICATION_FAILED",
      "Could not validate credentials. Please retry signing in.",
    ),
    token: token({ exp: LATER, azp: "my-client" }),
  },
  {
    ...own(
      "get",
      401,
      "AUTHENTICATION_FAILED",
      "Could not validate credentials. Please retry signing in.",
    ),
    token: token({ exp: LATER, aud: "account", azp: "my-client" }),
  },
  own(
    "get",
    401,
    "AUTHENTICATION_FAILED",
    'Fail to fetch data from the url, err: "<urlopen error [Errno 111] Connection refused>"',
  ),
  own(
    "create openeo",
    401,
    "AUTHENTICATION_FAILED",
    "Please link your account with cdse in your <a href='https://auth.example.test/account'>Account Dashboard</a>",
  ),
  own(
    "create ogc",
    401,
    "AUTHENTICATION_FAILED",
    "Could not authenticate with gep: Client not allowed to exchange",
  ),
  own(
    "sync",
    502,
    "AUTHENTICATION_FAILED",
    "Could not authenticate with cdse. Please contact APEx support.",
  ),
  own(
    "create openeo",
    403,
    "AUTHENTICATION_FAILED",
    "Authentication error when executing: Authorization token has expired.",
  ),
  own("sync", 401, "AUTHENTICATION_FAILED", "Authentication error when executing: Unauthorized."),
  reason("params", "AUTHENTICATION_FAILED: Could not authenticate with gep: Invalid token"),
  page("create openeo", 403, "403 Forbidden"),
  // What is not there.
  own("get", 404, "JOB_NOT_FOUND", "The requested job was not found."),
  own("results", 404, "JOB_NOT_FOUND", "The requested job was not found."),
  { asked: "get", status: 404, body: { detail: "Not Found" } },
  // The framework and what stands before the service.
  { asked: "get", status: 400, body: { error: "bad things" } },
  { asked: "get", status: 403, body: { message: "Forbidden" } },
  {
    asked: "create openeo",
    status: 503,
    body: { message: "no healthy upstream" },
    headers: { "Retry-After": "7" },
  },
  {
    asked: "get",
    status: 503,
    body: {
      type: "about:blank",
      title: "Service Unavailable",
      detail: "Down until six",
      status: 503,
    },
  },
  { asked: "get", status: 500, body: { detail: { code: "Internal", message: "It broke." } } },
  page("create openeo", 408, "408 Request Time-out"),
  page("task", 413, "413 Request Entity Too Large"),
  page("list", 414, "414 Request-URI Too Large"),
  page("get", 429, "429 Too Many Requests"),
  page("get", 431, "431 Request Header Fields Too Large"),
  page("create openeo", 502, "502 Bad Gateway"),
  { asked: "task", status: 504, body: "upstream request timeout" },
  page("create openeo", 507, "507 Insufficient Storage"),
  page("get", 520, "520: Web server is returning an unknown error"),
  page("get", 522, "522: Connection timed out"),
  page("sync", 524, "524: A timeout occurred"),
  page("get", 526, "526: Invalid SSL certificate"),
  page("get", 530, "530: Origin DNS error"),
  { asked: "create openeo", status: 307, body: "", headers: { Location: "/unit_jobs/" } },
];

/** Makes the call that is answered. */
export function ask(client: AuthenticatedClient, asked: Asked): PromiseLike<unknown> {
  const openeo = {
    title: "NDVI",
    label: "openeo",
    service: { endpoint: "https://openeo.example.test", application: UDP },
    parameters: {},
    format: "gtiff",
  } as const;
  const ogc = {
    ...openeo,
    label: "ogc_api_process",
    service: { endpoint: "https://processes.example.test", namespace: "ns1", application: "water" },
  } as const;
  switch (asked) {
    case "create openeo":
      return client.unitJobs.create(openeo);
    case "create ogc":
      return client.unitJobs.create(ogc);
    case "sync":
      return client.unitJobs.createSync(openeo);
    case "task":
      return client.upscaleTasks.create({ ...openeo, dimension: { name: "year", values: [2024] } });
    case "get":
      return client.unitJobs.get(42);
    case "results":
      return client.unitJobs.results(42);
    case "delete":
      return client.unitJobs.delete(42);
    case "list":
      return client.jobsStatus.get();
    case "params":
      return client.unitJobs.parameters({ label: "openeo", service: openeo.service });
  }
}
