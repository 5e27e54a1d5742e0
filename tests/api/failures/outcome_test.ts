import { assert, assertEquals } from "@std/assert";
import type { Failure } from "../../../src/api/failures/failure.ts";
import { creationOf, outcomeOf, refusesToken } from "../../../src/api/failures/outcome.ts";
import { platformWords } from "../../../src/api/failures/platform_words.ts";
import { test } from "../../support/test.ts";

const UDP = "https://catalogue.example.test/udp.json";

function failure(reason: string, particular: Partial<Failure> = {}): Failure {
  return {
    name: "unitJobs.create",
    status: 500,
    errorCode: "INTERNAL_ERROR",
    message: "An error occurred while creating processing job.",
    reason,
    platform: platformWords(reason),
    label: "openeo",
    application: UDP,
    ...particular,
  };
}

const outcomes = (reasons: readonly string[], particular?: Partial<Failure>) =>
  reasons.map((reason) => [reason, outcomeOf(failure(reason, particular))]);
const all = (reasons: readonly string[], outcome: string) =>
  reasons.map((reason) => [reason, outcome]);

test("outcomeOf() is refused where the service's words come before it asks a platform", () => {
  const reasons = [
    "No OpenEO backend configuration found for URL: https://openeo.test/",
    "'https://processes.test/'",
    "Invalid URL 'demo': No scheme supplied.",
    "No 'id' field found in process definition at https://x.test",
    "Unsupported GeoJSON type for parameter x: FeatureCollection",
    "'list' object has no attribute 'get'",
    "x() got multiple values for keyword argument 'namespace'",
    "OGC API Process job execution not implemented yet.",
    `404 Client Error: Not Found for url: ${UDP}`,
    "404 Client Error: Not Found for url: https://openeo.test/openeo/1.2/",
    "HTTPSConnectionPool(host='x', port=1): Max retries exceeded with url: / (Caused by NewConnectionError('x'))",
  ];
  assertEquals(outcomes(reasons), all(reasons, "refused"));
});

test("outcomeOf() is unknown where a platform may have made the job", () => {
  const reasons = [
    "[402] PaymentRequired: Insufficient credits",
    "[400] ProcessParameterMissing: missing spatial_extent",
    "[503] InfrastructureBusy: busy",
    "(500)\nReason: Internal Server Error",
    "503 Server Error: Busy for url: https://openeo.test/openeo/1.2/jobs/j-1/results",
    "HTTPSConnectionPool(host='x', port=1): Max retries exceeded with url: /jobs/j-1/results (Caused by NewConnectionError('x'))",
    "HTTPSConnectionPool(host='x', port=1): Read timed out. (read timeout=60)",
    "(pymysql.err.OperationalError) (2013, 'Lost connection')",
    "'sub'",
    "",
  ];
  assertEquals(outcomes(reasons), all(reasons, "unknown"));
});

test("outcomeOf() takes a refusal for one where a single call makes the job", () => {
  const reasons = [
    "[400] ProcessParameterMissing: x",
    "(400)\nReason: Bad Request",
    "[403] TokenInvalid: x",
  ];
  assertEquals(outcomes(reasons, { label: "ogc_api_process" }), all(reasons, "refused"));
  assertEquals(outcomes(reasons, { name: "unitJobs.createSync" }), all(reasons, "refused"));
  assertEquals(
    outcomes(["[503] x", "[408] x"], { label: "ogc_api_process" }).map(([, outcome]) => outcome),
    ["unknown", "unknown"],
  );
});

test("outcomeOf() proves nothing by a 401 or 403 but in the service's own words", () => {
  const said = (status: number, message: string, errorCode?: string) =>
    outcomeOf({ name: "unitJobs.create", status, message, errorCode, label: "openeo" });
  const own = "AUTHENTICATION_FAILED";
  assertEquals([
    said(401, "Not authenticated"),
    said(401, "Could not validate credentials. Please retry signing in.", own),
    said(401, "Please link your account with cdse", own),
    said(502, "Could not authenticate with cdse.", own),
    said(401, "Authentication error when executing: Unauthorized.", own),
    said(403, "Authentication error when executing: expired", own),
    said(403, 'with a page that says "403 Forbidden"'),
  ], ["refused", "refused", "refused", "refused", "unknown", "unknown", "unknown"]);
});

test("outcomeOf() has nothing to say of calls that make nothing", () => {
  assertEquals(outcomeOf(failure("x", { name: "unitJobs.get" })), undefined);
});

test("refusesToken() goes by the service's own words", () => {
  const says = (message: string, status = 401) => refusesToken({ status, message });
  assertEquals([
    says("Could not validate credentials. Please retry signing in."),
    says("Not authenticated"),
    says("Could not validate credentials", 403),
    says("Authentication error when executing: Authorization token has expired."),
    says("Could not authenticate with gep: Invalid token"),
    says("Please link your account with cdse"),
  ], [true, true, false, false, false, false]);
});

test("creationOf() names what can be looked for on that kind of platform", () => {
  assertEquals(creationOf("job", { label: "openeo" }), {
    what: "job",
    where:
      "look for its title in client.jobsStatus.get(), and in the platform's own list of your jobs",
  });
  const { where } = creationOf("job", { label: "ogc_api_process" });
  assert(where.includes("ids above the last one you know") && where.includes("knows no titles"));
  const after = creationOf("job", { label: "ogc_api_process", newest: 41 }).where;
  assert(after.includes("among the ids above 41, the highest that this client knew before"), after);
  assert(!after.includes("last one you know"), after);
  assertEquals(creationOf("task", { label: "openeo" }).what, "task");
  assert(creationOf("result").where.includes("keeps none of synchronous ones"));
});
