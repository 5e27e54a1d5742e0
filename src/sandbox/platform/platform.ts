import { isObject } from "../../core/objects.ts";
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

/** What a platform looks at before it makes a job. */
export interface RefusalOptions {
  /** The services it knows. */
  readonly services: readonly SandboxService[];
  /** Whether it takes others too. */
  readonly lenient: boolean;
  /** The time. */
  readonly now: number;
}

/** Why a platform refuses a job before it makes one; nothing if it takes it. */
export function refusalOf(request: JobRequest, options: RefusalOptions): string | undefined {
  return request.label === "openeo"
    ? openeoRefusal(request, options)
    : ogcRefusal(request, options);
}

/** What is wrong with an endpoint: the service looks it up as it stands, so a slash makes it another. */
export function endpointProblem(
  { label, service: { endpoint } }: Pick<JobRequest, "label" | "service">,
  { services, lenient }: Pick<RefusalOptions, "services" | "lenient">,
): string | undefined {
  const isKnown = services.some((known) =>
    known.label === label && known.service.endpoint === endpoint
  );
  if (isKnown || (lenient && !endpoint.endsWith("/"))) return undefined;
  return label === "openeo"
    ? `No OpenEO backend configuration found for URL: ${endpoint}`
    : `'${endpoint}'`;
}

function ogcRefusal(request: JobRequest, options: RefusalOptions): string | undefined {
  const problem = endpointProblem(request, options);
  if (problem !== undefined) return problem;
  const { service: { namespace, application } } = request;
  if (namespace?.endsWith("/")) {
    const path = `/${namespace}/processes/${application}/execution`;
    return quoteProblem({ type: "not-found", title: "Not Found", detail: path }, options.now);
  }
  const known = findService(options.services, "ogc_api_process", request.service);
  return known !== undefined || options.lenient && !application.includes("..")
    ? undefined
    : noSuchProcess(application, options.now);
}

function openeoRefusal(request: JobRequest, options: RefusalOptions): string | undefined {
  const { parameters, service: { application } } = request;
  const known = findService(options.services, "openeo", request.service);
  if (known?.error !== undefined) return known.error;
  const problem = applicationProblem(application, known !== undefined || options.lenient) ??
    endpointProblem(request, options);
  if (problem !== undefined) return problem;
  for (const name of ["namespace", "process_id"]) {
    if (Object.hasOwn(parameters, name)) {
      return `openeo.rest.connection.Connection.datacube_from_process() got multiple values for keyword argument '${name}'`;
    }
  }
  const boxes = known?.parameters?.filter(({ type }) => type === "bounding-box");
  for (const name of boxes?.map((parameter) => parameter.name) ?? ["spatial_extent"]) {
    if (!Object.hasOwn(parameters, name)) continue;
    const problem = boxProblem(name, parameters[name]);
    if (problem !== undefined) return problem;
  }
  return argumentProblem(known, parameters);
}

/** The service fetches the process definition, by whatever it was given. */
function applicationProblem(application: string, isThere: boolean): string | undefined {
  if (!/^[a-z][\w+.-]*:/i.test(application)) {
    return `Invalid URL '${application}': No scheme supplied. Perhaps you meant https://${application}?`;
  }
  if (!/^https?:/i.test(application)) {
    return `No connection adapters were found for '${application}'`;
  }
  return isThere ? undefined : `404 Client Error: Not Found for url: ${application}`;
}

/** What the back-end says of arguments; those that it does not know it does not look at. */
function argumentProblem(
  service: SandboxService | undefined,
  parameters: JobRequest["parameters"],
): string | undefined {
  const process = service?.service.application.split("/").at(-1)?.replace(/\.json$/, "");
  for (const { name, optional, type } of service?.parameters ?? []) {
    if (!Object.hasOwn(parameters, name)) {
      if (optional === true) continue;
      return openeoError(
        400,
        "ProcessParameterRequired",
        `Process '${process}' parameter '${name}' is required.`,
      );
    }
    const wanted = mismatch(type, parameters[name]);
    if (wanted === undefined) continue;
    return openeoError(
      400,
      "ProcessParameterInvalid",
      `The value passed for parameter '${name}' in process '${process}' is invalid: ${wanted}.`,
    );
  }
  return undefined;
}

/** What a value should have been; nothing if it is. */
function mismatch(type: string, value: unknown): string | undefined {
  if (type === "polygon") {
    return isObject(value) && "type" in value ? undefined : "Expected a GeoJSON object";
  }
  if (type === "array-string" || type === "date-interval") {
    return Array.isArray(value) ? undefined : "Expected an array";
  }
  return undefined;
}

/** A failure in openEO's grammar: `[status] Code: message`. */
export function openeoError(status: number, code: string, message: string): string {
  return `[${status}] ${code}: ${message} (ref: r-${crypto.randomUUID().replaceAll("-", "")})`;
}

/** What a job runs with: what its process does not know is left out, and defaults are filled in. */
export function argumentsOf(
  { label, parameters }: Pick<JobRequest, "label" | "parameters">,
  service: SandboxService | undefined,
): Readonly<Record<string, unknown>> {
  if (label !== "openeo" || service?.parameters === undefined) return parameters;
  return Object.fromEntries(
    service.parameters.map(({ name, default: value = null }) => [
      name,
      Object.hasOwn(parameters, name) ? parameters[name] : value,
    ]),
  );
}

/** A bounding box has its four keys and no other, or is a polygon, which the service turns into one. */
function boxProblem(name: string, value: unknown): string | undefined {
  if (!isObject(value)) {
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
      ? openeoError(424, "JobFailed", `Job '${job.id}' ended without results: ${status}.`)
      : openeoError(
        400,
        "JobNotFinished",
        `Job '${job.id}' has not finished computing the results yet: ${status}.`,
      );
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
