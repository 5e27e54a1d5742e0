import type { BaseJobRequest } from "../../models/jobs.ts";
import {
  type Answer,
  authenticationFailed,
  frameworkError,
  internalError,
  internalServerError,
  jobNotFound,
  jsonAnswer,
  proxyTimeout,
  rawAnswer,
} from "../server/answers.ts";
import { type Handler, handler, userHandler } from "../server/handler.ts";
import { createJob, detailsOf, findJob, readJob, summaryOf } from "./jobs.ts";
import {
  argumentsOf,
  endpointProblem,
  noResultsReason,
  noSuchProcess,
  refusalOf,
} from "../platform/platform.ts";
import { collectionOf, kindsOf } from "../platform/results.ts";
import type { JobRequest, StoredService } from "./state.ts";
import { operations } from "../../api/operations.ts";
import { type Arguments, type Maker, MAKERS } from "../platform/makers.ts";
import { timeSeries } from "../platform/series.ts";
import { findService } from "../platform/services.ts";

/** `POST /unit_jobs`. */
export const createUnitJob: Handler = userHandler(operations.createUnitJob, {
  failure: "An error occurred while creating processing job.",
  platformFirst: true,
  run({ body, user, requestId, fail, commitAfter }, world) {
    const at = world.clock.now();
    const created = createJob(world, toJobRequest(body), { user, at, commitAfter });
    switch (created.outcome) {
      case "made":
        return jsonAnswer(201, summaryOf(created.job, { status: "created" }));
      case "late":
        // The service still waits for its database when the proxy gives up.
        return proxyTimeout();
      case "crashed":
        return internalServerError(requestId);
      case "unlinked":
        return authenticationFailed(requestId, created.reason);
      default:
        return fail(created.reason);
    }
  },
});

/** `GET /unit_jobs/{job_id}`. */
export const getUnitJob: Handler = userHandler(operations.getUnitJob, {
  failure: "An error occurred while retrieving the processing job.",
  run({ id, user, requestId, fail }, world) {
    const job = findJob(world, id, user);
    if (job === undefined) return jobNotFound(requestId);
    const reading = readJob(job, world.clock.now());
    return reading.ok ? jsonAnswer(200, detailsOf(job, reading.progress)) : fail(reading.reason);
  },
});

/** `GET /unit_jobs/{job_id}/results`. */
export const getUnitJobResults: Handler = userHandler(operations.getUnitJobResults, {
  failure: "An error occurred while retrieving processing job results.",
  async run({ id, user, origin, requestId, fail }, world) {
    const job = findJob(world, id, user);
    if (job === undefined) return jobNotFound(requestId);
    const now = world.clock.now();
    const reading = readJob(job, now);
    if (!reading.ok) return fail(reading.reason);
    const { status } = reading.progress;
    const { platform, taskId } = job;
    const failedChild = status === "failed" && taskId !== undefined;
    if (platform === undefined || failedChild) return jobNotFound(requestId);
    if (status !== "finished") return fail(noResultsReason(platform, status, now));
    return jsonAnswer(200, await collectionOf(platform, { ...world, origin, now }));
  },
});

/** `DELETE /unit_jobs/{job_id}`: the record goes, the job on the platform goes on. */
export const deleteUnitJob: Handler = userHandler(operations.deleteUnitJob, {
  failure: "An error occurred while deleting the processing job.",
  run({ id, user, requestId, fail }, world) {
    const job = findJob(world, id, user);
    if (job === undefined) return jobNotFound(requestId);
    const reading = readJob(job, world.clock.now());
    if (!reading.ok) return fail(reading.reason);
    world.state.jobs.delete(id);
    return jsonAnswer(200, null);
  },
});

/** A request as it is stored: without what the service does not know, a missing namespace as null. */
export function toJobRequest(body: BaseJobRequest): JobRequest {
  const { title, label, service, parameters, format } = body;
  const { endpoint, namespace = null, application } = service;
  return { title, label, service: { endpoint, namespace, application }, parameters, format };
}

/**
 * `POST /params`. It fails in the framework's own shape; the token is looked at only for an OGC API,
 * because an openEO process is public.
 */
export const getParameters: Handler = handler(
  operations.getParameters,
  ({ body, token = "" }, world) => {
    const { label, service: { endpoint, namespace = null, application } } = body;
    const wanted: StoredService = { endpoint, namespace, application };
    const now = world.clock.now();
    if (label === "ogc_api_process") {
      const problem = endpointProblem({ label, service: wanted }, world);
      if (problem !== undefined) return failure(problem);
      if (world.tokens.userAt(token, now) === undefined) {
        return failure("AUTHENTICATION_FAILED: Could not authenticate with gep: Invalid token");
      }
    }
    const service = findService(world.services, label, wanted);
    if (service?.error !== undefined) return failure(service.error);
    if (service !== undefined) return jsonAnswer(200, service.parameters ?? []);
    return failure(
      label === "openeo"
        ? `404 Client Error: Not Found for url: ${application}`
        : noSuchProcess(application, now),
    );
  },
);

function failure(reason: string) {
  return frameworkError(500, `An error occurred while retrieving service parameters: ${reason}`);
}

const FAILURE = "An error occurred while creating the synchronous job.";

/**
 * `POST /sync_jobs`: a time series as JSON, the one file of processes that make another, or a GeoTIFF where a parameter asks for one. Only openEO can do it,
 * and the token is looked at by nobody but the platform, which may take one that no longer holds.
 */
export const createSyncJob: Handler = handler(
  operations.createSyncJob,
  async ({ body, token = "", requestId }, world) => {
    if (body.label !== "openeo") {
      const reason = "OGC API Process job execution not implemented yet.";
      return internalError(requestId, FAILURE, reason);
    }
    if (!world.tokens.wasIssued(token)) {
      return authenticationFailed(
        requestId,
        "Could not authenticate with cdse: Invalid token",
      );
    }
    const request = toJobRequest(body);
    const refusal = refusalOf(request, { ...world, now: world.clock.now() });
    if (refusal !== undefined) return internalError(requestId, FAILURE, refusal);
    const service = findService(world.services, request.label, request.service);
    const args = argumentsOf(request, service);
    const [first] = kindsOf({ ...request, format: "json" }, world.services);
    if (wantsGeoTiff(request.parameters)) return await sent(MAKERS.raster, args);
    return first === undefined || first === "items" || first === "features" || first === "series"
      ? jsonAnswer(200, timeSeries(args))
      : await sent(MAKERS[first], args);
  },
);

/** A file as the platform sends it. */
async function sent({ type, make }: Maker, args: Arguments): Promise<Answer> {
  return rawAnswer(200, await make(args), { "content-type": type });
}

/** The `format` of the request is ignored, as by the service; the process has a parameter for it. */
function wantsGeoTiff(parameters: Readonly<Record<string, unknown>>): boolean {
  return ["format", "output_format", "file_format"].some((name) => {
    const value = parameters[name];
    return typeof value === "string" && /tiff?$/i.test(value);
  });
}
