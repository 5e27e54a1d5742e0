import { operations } from "../../api/operations.ts";
import { jsonAnswer, rawAnswer } from "../server/answer.ts";
import { areaOf } from "../platform/area.ts";
import { authenticationFailed, internalError } from "../server/errors.ts";
import { type Handler, handler } from "../server/handler.ts";
import { refusalOf } from "../platform/platform.ts";
import { vegetationRaster } from "../platform/results.ts";
import { toJobRequest } from "./unit_jobs.ts";
import { vegetationIndex } from "../platform/vegetation.ts";

const FAILURE = "An error occurred while creating the synchronous job.";
const DAY = 24 * 3600 * 1000;

/**
 * `POST /sync_jobs`: a time series as JSON, or a GeoTIFF where a parameter asks for one. Only openEO can do it,
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
    if (wantsGeoTiff(request.parameters)) {
      return rawAnswer(200, await vegetationRaster(areaOf(request.parameters)), {
        "content-type": "image/tiff; application=geotiff",
      });
    }
    return jsonAnswer(200, timeSeries(request.parameters));
  },
);

/** The `format` of the request is ignored, as by the service; the process has a parameter for it. */
function wantsGeoTiff(parameters: Readonly<Record<string, unknown>>): boolean {
  return ["format", "output_format", "file_format"].some((name) => {
    const value = parameters[name];
    return typeof value === "string" && /tiff?$/i.test(value);
  });
}

/** The index at the middle of the area every five days: `{"<ISO date>": [[value]]}`. */
function timeSeries(parameters: Readonly<Record<string, unknown>>): Record<string, number[][]> {
  const [west, south, east, north] = areaOf(parameters);
  const middle = vegetationIndex((west + east) / 2, (south + north) / 2);
  const [begin, end] = interval(parameters.temporal_extent);
  const series: Record<string, number[][]> = {};
  const step = Math.max(5 * DAY, Math.ceil((end - begin) / 100 / DAY) * DAY);
  for (let day = begin; day <= end; day += step) {
    const season = 0.12 * Math.sin((day / DAY - 80) / 365.25 * 2 * Math.PI);
    const value = Math.round((middle + season) * 10_000) / 10_000;
    series[new Date(day).toISOString().replace(".000Z", "Z")] = [[value]];
  }
  return series;
}

function interval(value: unknown): readonly [begin: number, end: number] {
  const given = Array.isArray(value)
    ? value.map((text) => typeof text === "string" ? Date.parse(text) : NaN)
    : [];
  const [begin = NaN, end = NaN] = given;
  return begin <= end ? [begin, end] : [Date.UTC(2025, 4, 1), Date.UTC(2025, 5, 1)];
}
