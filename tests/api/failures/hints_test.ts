import { assert, assertEquals } from "@std/assert";
import type { Failure } from "../../../src/api/failures/failure.ts";
import { hintFor } from "../../../src/api/failures/hints.ts";
import { platformWords } from "../../../src/api/failures/platform_words.ts";
import { test } from "../../support/test.ts";

/** What is particular of a failure, its words as one text. */
type Particular = Partial<Failure> & { readonly text?: string };

/** A failure as most of them are, and what is particular of it. */
function failure({ text = "", ...particular }: Particular): Failure {
  const status = particular.status ?? 500;
  const reason = status === 500 ? text : undefined;
  return {
    name: "unitJobs.create",
    status,
    errorCode: "INTERNAL_ERROR",
    message: status === 500 ? "An error occurred" : text,
    ...(reason === undefined ? {} : { reason, platform: platformWords(reason) }),
    ...particular,
  };
}

const CREATING = "An error occurred while creating processing job.";
const RESULTS = "An error occurred while retrieving processing job results.";

/** Failures in the service's own words, and what their hint has to name. */
const KNOWN: readonly (readonly [Particular, named: string])[] = [
  [{ status: 401, text: "Please link your account with cdse" }, "link your account"],
  [
    { status: 401, text: "Could not authenticate with gep: Client not allowed to exchange" },
    "client id",
  ],
  [
    { status: 502, errorCode: "AUTHENTICATION_FAILED", text: "Could not authenticate with cdse" },
    "the sign-in service",
  ],
  [
    { status: 401, text: "Authentication error when executing: Unauthorized" },
    "the platform itself refused",
  ],
  [
    { status: 403, text: "Authentication error when executing: expired" },
    "the platform itself refused",
  ],
  [{ status: 401, errorCode: undefined, text: "Not authenticated" }, "no bearer token"],
  [
    { status: 401, text: "Could not validate credentials. Please retry signing in" },
    "sign in anew",
  ],
  [{ status: 403, text: "no" }, "your account may not do this"],
  [
    { name: "unitJobs.results", status: 404, errorCode: "JOB_NOT_FOUND" },
    "failed job of an upscaling task",
  ],
  [{ name: "unitJobs.get", status: 404, errorCode: "JOB_NOT_FOUND" }, "client.jobsStatus.get()"],
  [{ name: "upscaleTasks.get", status: 404, errorCode: "TASK_NOT_FOUND" }, "lists your tasks"],
  [{ status: 404, errorCode: undefined, text: "Not Found" }, "base URL"],
  [
    { name: "statistics", status: 404, errorCode: undefined, text: "Not Found" },
    "this service is older than the call, which came after version 0.7.2",
  ],
  [{ status: 405, errorCode: undefined, text: "Method Not Allowed" }, "base URL"],
  [{ status: 307, errorCode: undefined }, "redirects are not followed"],
  [{ text: "OGC API Process job execution not implemented yet" }, "client.unitJobs.create()"],
  [{ text: `${CREATING} 'https://openeo.test/'` }, "leave out the slash"],
  [
    { text: "An error occurred while retrieving service parameters: 'https://openeo.test/'" },
    "leave out the slash",
  ],
  [{ text: `${CREATING} 'https://openeo.test'` }, "no platform at this service.endpoint"],
  [{ text: `${CREATING} Data too long for column 'title' at row 1` }, "255 characters"],
  [
    { text: `${CREATING} Unsupported GeoJSON type for parameter x: FeatureCollection` },
    "one GeoJSON Polygon",
  ],
  [{ text: `${CREATING} 'NoneType' object has no attribute 'get'` }, "parameter is null"],
  [{ text: "got multiple values for keyword argument 'namespace'" }, '"namespace" or "process_id"'],
  [
    { text: `${CREATING} [400] ProcessParameterMissing: missing spatial_extent` },
    "client.unitJobs.parameters()",
  ],
  [
    { text: "No 'id' field found in process definition at http://x.test" },
    "URL of a process definition",
  ],
  [{ text: "404 Client Error: Not Found for url: http://x.test/udp.json" }, "service.application"],
  [{ text: "Unsupported parameter schemas: [{'type': 'object'}]" }, "tell the service's author"],
  [
    { name: "unitJobs.results", text: `${RESULTS} 4 validation errors for Collection` },
    "no STAC Collection",
  ],
  [
    { text: "HTTPConnectionPool(host='x', port=1): Max retries exceeded" },
    "cannot reach the platform",
  ],
  [
    { name: "unitJobs.results", text: `${RESULTS} (404)\nReason: Not Found` },
    'says "finished"',
  ],
  [
    { text: `${CREATING} (503)\nReason: Service Unavailable` },
    "the platform failed or is down",
  ],
  [
    { name: "unitJobs.get", text: "(503)\nReason: Service Unavailable" },
    "the job itself goes on",
  ],
  [{ text: `${CREATING} (400)\nReason: Bad Request` }, "found the parameters wrong"],
  [
    { name: "jobsStatus.get", text: "(404)\nReason: Not Found" },
    "no longer knows one of your jobs",
  ],
  [{ text: `${CREATING} (404)\nReason: Not Found` }, "knows no such process"],
  [
    { text: `${CREATING} (pymysql.err.OperationalError) (2013, 'Lost connection')` },
    "database failed",
  ],
  [{ status: 422, text: "Request validation failed" }, "correct what is named above"],
  [{ status: 429, errorCode: undefined }, "make fewer at a time"],
  [{ status: 503, errorCode: undefined }, "down or busy"],
  [{ text: "'sub'" }, "names no user"],
  [{ text: "'x'" }, "the service failed"],
  [{ status: 418, errorCode: undefined, text: "tea" }, "does not take this call"],
];

for (const [particular, named] of KNOWN) {
  const { status = 500, text = "" } = particular;
  test(`hintFor() knows what to do about ${status} ${text.slice(-60)} (${named})`, () => {
    const hint = hintFor(failure(particular));
    assert(hint.includes(named), hint);
  });
}

test("hintFor() speaks in one sentence that stands after a colon", () => {
  for (const [particular] of KNOWN) {
    const hint = hintFor(failure(particular));
    assert(/^[a-zO"][^\n]{15,}[^.]$/.test(hint), hint);
  }
});

test("hintFor() knows something about every status", () => {
  for (let status = 300; status < 600; status++) {
    const hint = hintFor({ name: "unitJobs.get", status, message: "" });
    assertEquals(hint.length > 20, true, String(status));
  }
});
