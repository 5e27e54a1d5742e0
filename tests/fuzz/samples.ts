import { JOB_REQUEST, jobSummary, wholeJob } from "../support/requests.ts";

const SQUARE = [[[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]]];

/** A polygon. */
export const POLYGON = { type: "Polygon", coordinates: SQUARE };

/** A task with jobs of every status. */
export const TASK = {
  ...wholeJob(7),
  jobs: ["created", "queued", "running", "finished", "failed", "canceled", "unknown"].map(
    (status, index) => jobSummary(index + 1, status),
  ),
};

/** All of somebody's work. */
export const LIST = {
  upscaling_tasks: [{ id: 7, title: "Tiles", label: "openeo", status: "running" }],
  processing_jobs: TASK.jobs,
};

/** The results of a job. */
export const RESULTS = {
  type: "Collection",
  stac_version: "1.0.0",
  id: "results",
  description: "Results",
  license: "proprietary",
  extent: {
    spatial: { bbox: [[12, 41, 13, 42]] },
    temporal: { interval: [["2026-11-23T15:38:21Z", null]] },
  },
  links: [{ rel: "self", href: "https://data.example.test/a", type: null, title: null }],
  assets: {
    "openEO.tif": {
      href: "https://data.example.test/openEO.tif?X-Amz-Signature=s3cret",
      type: "image/tiff; application=geotiff",
      title: null,
      description: null,
      roles: ["data"],
      "file:size": 12_345,
    },
  },
};

/** The parameters of a service. */
export const PARAMETERS = [
  { name: "bbox", type: "bounding-box", description: "Where", optional: false, default: null },
  { name: "resolution", type: "integer", description: "How fine", optional: true, default: 0.5 },
];

/** How the service is. */
export const HEALTH = { status: "ok", database: { status: "ok", message: null } };

/** Tiles. */
export const TILES = { type: "GeometryCollection", geometries: [POLYGON, POLYGON] };

/** An error in the service's own shape. */
export const FAILURE = {
  status: "error",
  error_code: "INTERNAL_ERROR",
  message: "An error occurred",
  details: { error: "[403] TokenInvalid: no", errors: [] },
  request_id: "r-1",
};

/** A request of many jobs. */
export const TASK_REQUEST = {
  ...JOB_REQUEST,
  dimension: { name: "bbox", values: [[12, 41, 13, 42], POLYGON] },
};

/** A request of tiles. */
export const TILE_REQUEST = { aoi: POLYGON, grid: "20x20km" };
