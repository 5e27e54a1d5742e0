import { operations } from "../../api/operations.ts";
import type { BaseJobRequest } from "../../models/jobs.ts";
import { jsonAnswer } from "../server/answer.ts";
import {
  authenticationFailed,
  internalServerError,
  jobNotFound,
  proxyTimeout,
} from "../server/errors.ts";
import { type Handler, userHandler } from "../server/handler.ts";
import { createJob, detailsOf, findJob, readJob, summaryOf } from "./jobs.ts";
import { noResultsReason } from "../platform/platform.ts";
import { collectionOf } from "../platform/results.ts";
import type { JobRequest } from "./state.ts";

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
