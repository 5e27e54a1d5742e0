import type { ProcessingStatusEnum } from "../../models/jobs.ts";
import { findService } from "./services.ts";
import type { JobRequest, PlatformJob } from "../service/state.ts";
import type { SandboxService } from "../service/world.ts";

/** One failure of an OGC API, as the service quotes it. */
interface PlatformProblem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
}

/** Why a platform refuses a job before it makes one; nothing if it takes it. */
export function refusalOf(
  request: JobRequest,
  services: readonly SandboxService[],
  now: number,
): string | undefined {
  const { label, service } = request;
  const slash = endpointProblem(service.endpoint);
  if (slash !== undefined) return slash;
  if (label === "openeo") return openeoRefusal(request, services);
  if (service.namespace?.endsWith("/")) {
    const path = `/${service.namespace}/processes/${service.application}/execution`;
    return quoteProblem({ type: "not-found", title: "Not Found", detail: path }, now);
  }
  return undefined;
}

/** What is wrong with an endpoint: the service looks it up as it stands, so a slash makes it another. */
export function endpointProblem(endpoint: string): string | undefined {
  return endpoint.endsWith("/") ? `'${endpoint}'` : undefined;
}

function openeoRefusal(
  request: JobRequest,
  services: readonly SandboxService[],
): string | undefined {
  const known = findService(services, "openeo", request.service);
  if (known?.error !== undefined) return known.error;
  for (const name of ["namespace", "process_id"]) {
    if (Object.hasOwn(request.parameters, name)) {
      return `openeo.rest.connection.Connection.datacube_from_process() got multiple values for keyword argument '${name}'`;
    }
  }
  const boxes = known?.parameters?.filter(({ type }) => type === "bounding-box");
  for (const name of boxes?.map((parameter) => parameter.name) ?? ["spatial_extent"]) {
    if (!Object.hasOwn(request.parameters, name)) continue;
    const problem = boxProblem(name, request.parameters[name]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A bounding box has its four keys and no other, or is a polygon, which the service turns into one. */
function boxProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `'${pythonType(value)}' object has no attribute 'get'`;
  }
  if ("type" in value) {
    return value.type === "Polygon"
      ? undefined
      : `Unsupported GeoJSON type for parameter ${name}: ${value.type}`;
  }
  const keys = Object.keys(value).sort().join();
  return keys === "east,north,south,west"
    ? undefined
    : `Unsupported bounding box for parameter ${name}: ${keys}`;
}

function pythonType(value: unknown): string {
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int" : "float";
}

/**
 * Why a job on an OGC API can never be read; nothing if it can. A colon in the namespace breaks the
 * id that the service stored, so the platform is asked for another job.
 */
export function unreadableReason(job: PlatformJob, now: number): string | undefined {
  if (job.label !== "ogc_api_process" || !job.service.namespace?.includes(":")) return undefined;
  const id = `${job.service.namespace.split(":").slice(1).join(":")}:${job.id}`;
  const detail = `job ${encodeURIComponent(id)} not found`;
  return quoteProblem({ type: "no-such-job", title: "No Such Job", detail }, now);
}

/** What the service quotes of an OGC API that is down; with openEO the status is `unknown` instead. */
export function platformDown(now: number): string {
  const body = "<html>503 Service Unavailable</html>";
  return `(503)\nReason: Service Unavailable\nHTTP response headers: ${
    quoteHeaders("text/html", body.length, now)
  }\nHTTP response body: ${body}\n`;
}

/** Why there are no results: the job has not ended, or ended without any. */
export function noResultsReason(
  job: PlatformJob,
  status: ProcessingStatusEnum,
  now: number,
): string {
  if (job.label === "openeo") {
    return status === "failed" || status === "canceled"
      ? `[424] JobFailed: Job '${job.id}' ended without results: ${status} (ref: ${job.id})`
      : `[400] JobNotFinished: Job '${job.id}' has not finished computing the results yet: ${status} (ref: ${job.id})`;
  }
  if (status === "failed" || status === "canceled") {
    const detail = `job ${job.id} is ${status === "failed" ? "failed" : "dismissed"}`;
    return quoteProblem({ type: "job-failed", title: "Job Failed", detail }, now);
  }
  const word = status === "running" ? "running" : "accepted";
  const detail = `job ${job.id} is ${word}`;
  return quoteProblem({ type: "result-not-ready", title: "Result Not Ready", detail }, now);
}

/** Why the parameters of a process of an OGC API are not to be had. */
export function noSuchProcess(application: string, now: number): string {
  const detail = `process ${application} not found`;
  return quoteProblem({ type: "no-such-process", title: "No Such Process", detail }, now);
}

function quoteProblem({ type, title, detail }: PlatformProblem, now: number): string {
  const uri = `http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/${type}`;
  const length = JSON.stringify({ type: uri, title, status: 404, detail }).length;
  return `(404)\nReason: Not Found\nHTTP response headers: ${
    quoteHeaders("application/json", length, now)
  }\nHTTP response body: type='${uri}' title='${title}' status=404 detail='${detail}' instance=None additional_properties={}\n`;
}

function quoteHeaders(contentType: string, length: number, now: number): string {
  const date = new Date(now).toUTCString();
  return `HTTPHeaderDict({'Server': 'sandbox', 'Date': '${date}', 'Content-Type': '${contentType}', 'Content-Length': '${length}'})`;
}
