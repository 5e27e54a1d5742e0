import { operations } from "../../api/operations.ts";
import { type Answer, jsonAnswer, rawAnswer } from "../server/answer.ts";
import { authenticationFailed, internalError } from "../server/errors.ts";
import { type Handler, handler } from "../server/handler.ts";
import { type Arguments, type Maker, MAKERS } from "../platform/makers.ts";
import { argumentsOf, refusalOf } from "../platform/platform.ts";
import { kindsOf } from "../platform/results.ts";
import { timeSeries } from "../platform/series.ts";
import { findService } from "../platform/services.ts";
import { toJobRequest } from "./unit_jobs.ts";

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
