import { schemas } from "../../../src/models/schemas.ts";
import type { core } from "zod/mini";
import { madeBy } from "../../../src/models/schema/reader.ts";

/** The name of a schema of the contract. */
export type SchemaName = keyof typeof schemas;

const service = { endpoint: "https://p.example.test", namespace: "apex", application: "/index" };

const summary = {
  id: 42,
  title: "Vegetation index",
  label: "ogc_api_process",
  status: "running",
  service,
  parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
};

const times = { created: "2026-11-23T15:38:21", updated: "2026-11-23T15:38:25.123456" };

const { status: _status, id: _id, ...described } = summary;
const job = { ...described, format: "geojson" };

const task = { id: 7, title: "Latium", label: "openeo", status: "created" };

const ring = [[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]];
const polygon = { type: "Polygon", coordinates: [ring], bbox: [12, 41, 13, 42] };
const geometries = {
  Point: { type: "Point", coordinates: [12, 41], bbox: null },
  MultiPoint: { type: "MultiPoint", coordinates: [[12, 41], [13, 42, 100]] },
  LineString: {
    type: "LineString",
    coordinates: [[12, 41], [13, 42]],
    bbox: [12, 41, 0, 13, 42, 9],
  },
  MultiLineString: { type: "MultiLineString", coordinates: [[[12, 41], [13, 42]]] },
  Polygon: polygon,
  MultiPolygon: { type: "MultiPolygon", coordinates: [[ring]] },
};

const link = { href: "https://data.example.test/c1", rel: "self", type: "application/json" };
const asset = {
  href: "https://data.example.test/i.tif",
  type: null,
  roles: ["data"],
  "file:size": 9,
};
const extent = {
  spatial: { bbox: [[12, 41, 13, 42], [12, 41, 0, 13, 42, 9]] },
  temporal: { interval: [["2025-05-01T00:00:00Z", null]] },
};
const provider = {
  name: "APEx",
  description: null,
  roles: ["host"],
  url: "https://apex.example.test",
};
const problem = { loc: ["body", 0], msg: "Field required", type: "missing", input: null, ctx: {} };

const counts = {
  total: 97,
  by_status: { finished: 90, failed: 7 },
  by_interface: { openeo: 80, ogc_api_process: 17 },
  by_service: { ndvi: 97 },
};
const taskCounts = { ...counts, average_processing_jobs_per_upscaling_task: 12.5 };

/** A value of each model as the service sends or takes it. */
export const WIRE: Readonly<Record<SchemaName, unknown>> = {
  Asset: asset,
  BaseJobRequest: job,
  Collection: {
    id: "c1",
    description: "Results",
    stac_version: "1.0.0",
    links: [link],
    stac_extensions: [],
    title: null,
    type: "Collection",
    assets: { index: asset },
    license: "proprietary",
    extent,
    keywords: null,
    providers: [provider],
    summaries: { gsd: { minimum: 10, maximum: "20" }, bands: ["B04", 1], other: { a: null } },
  },
  EntityStatistics: counts,
  ErrorResponse: {
    status: "error",
    error_code: "JOB_NOT_FOUND",
    message: "The requested job was not found.",
    details: { errors: [] },
    request_id: "c-404",
  },
  Extent: extent,
  GeometryCollection: {
    type: "GeometryCollection",
    geometries: [
      ...Object.values(geometries),
      { type: "GeometryCollection", geometries: [polygon] },
    ],
  },
  GridTypeEnum: "20x20km",
  HTTPValidationError: { detail: [problem] },
  JobsFilter: "processing",
  JobsStatusResponse: { upscaling_tasks: [task], processing_jobs: [summary] },
  ...geometries,
  Link: link,
  Links: [link],
  MimeTypes: "image/png",
  OutputFormatEnum: "gtiff",
  ParamRequest: { label: "ogc_api_process", service },
  ParamTypeEnum: "bounding-box",
  Parameter: {
    name: "bbox",
    type: "bounding-box",
    optional: false,
    description: "Where",
    default: null,
    options: [1, "a", null],
  },
  ParameterDimension: { name: "year", values: [2024, 2025] },
  Position2D: [12, 41],
  Position3D: [12, 41, 100],
  ProcessTypeEnum: "openeo",
  ProcessingJob: { ...summary, ...times },
  ProcessingJobSummary: summary,
  ProcessingStatusEnum: "unknown",
  Provider: provider,
  PublicStatisticsResponse: {
    generated_at: "2026-11-23T15:38:21",
    processing_jobs: counts,
    upscaling_tasks: taskCounts,
  },
  Range: { minimum: 0, maximum: 1 },
  ServiceDetails: service,
  SpatialExtent: extent.spatial,
  TileRequest: { aoi: polygon, grid: "20x20km" },
  TimeInterval: extent.temporal,
  UpscalingStatistics: taskCounts,
  UpscalingTask: { ...task, service, ...times, jobs: [summary] },
  UpscalingTaskRequest: { ...job, dimension: { name: "year", values: [2024, 2025] } },
  UpscalingTaskSummary: task,
  ValidationError: problem,
};

/** The names of all schemas. */
export const NAMES: readonly SchemaName[] = Object.keys(schemas).filter(isName);

function isName(name: string): name is SchemaName {
  return Object.hasOwn(schemas, name);
}

/** The names of the fields that a schema of an object knows. */
export function fieldsOf(schema: core.$ZodType): string[] {
  const { def } = madeBy(schema)._zod;
  return "shape" in def ? Object.keys(Object(def.shape)) : [];
}
