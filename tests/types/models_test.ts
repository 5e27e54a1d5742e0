import { assertEquals } from "@std/assert";
import type * as z from "zod/mini";
import * as errorResponse from "../../src/models/error_response.ts";
import * as geojson from "../../src/models/geojson/geojson.ts";
import * as health from "../../src/models/monitoring.ts";
import * as statistics from "../../src/models/monitoring.ts";
import * as jobs from "../../src/models/jobs.ts";
import * as jobsStatus from "../../src/models/jobs_status.ts";
import type { Model, Open } from "../../src/models/schema/model.ts";
import * as parameters from "../../src/models/parameters.ts";
import { schemas } from "../../src/models/schemas.ts";
import * as service from "../../src/models/service.ts";
import * as mimeTypes from "../../src/models/stac/mime_types.ts";
import * as stac from "../../src/models/stac/stac.ts";
import * as tiles from "../../src/models/tiles.ts";
import * as upscaling from "../../src/models/upscaling.ts";
import { test } from "../support/test.ts";
import { fieldsOf } from "../models/support/values.ts";

/** `true` where two types are the same to the letter: fields, optional or not, `null`, `undefined`. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

/** A type with every field and array `readonly`, which the hand-written interfaces are. */
type DeepReadonly<T> = T extends Date ? T
  : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
  : T;

/** What each schema of the contract is read as. */
interface Interfaces {
  Asset: stac.Asset;
  BaseJobRequest: jobs.BaseJobRequest;
  Collection: stac.Collection;
  EntityStatistics: statistics.EntityStatistics;
  ErrorResponse: errorResponse.ErrorResponse;
  Extent: stac.Extent;
  GeometryCollection: geojson.GeometryCollection;
  GridTypeEnum: tiles.GridTypeEnum;
  HTTPValidationError: errorResponse.HTTPValidationError;
  JobsFilter: jobsStatus.JobsFilter;
  JobsStatusResponse: jobsStatus.JobsStatusResponse;
  LineString: geojson.LineString;
  Link: stac.Link;
  Links: stac.Collection["links"];
  MimeTypes: Open<mimeTypes.MimeTypes>;
  MultiLineString: geojson.MultiLineString;
  MultiPoint: geojson.MultiPoint;
  MultiPolygon: geojson.MultiPolygon;
  OutputFormatEnum: jobs.OutputFormatEnum;
  ParamRequest: parameters.ParamRequest;
  ParamTypeEnum: Open<parameters.ParamTypeEnum>;
  Parameter: parameters.Parameter;
  ParameterDimension: upscaling.ParameterDimension;
  Point: geojson.Point;
  Polygon: geojson.Polygon;
  Position2D: geojson.Position2D;
  Position3D: geojson.Position3D;
  ProcessTypeEnum: service.ProcessTypeEnum;
  ProcessingJob: jobs.ProcessingJob;
  ProcessingJobSummary: jobs.ProcessingJobSummary;
  ProcessingStatusEnum: Open<jobs.ProcessingStatusEnum>;
  Provider: stac.Provider;
  PublicStatisticsResponse: statistics.PublicStatisticsResponse;
  Range: stac.Range;
  ServiceDetails: service.ServiceDetails;
  SpatialExtent: stac.SpatialExtent;
  TileRequest: tiles.TileRequest;
  TimeInterval: stac.TimeInterval;
  UpscalingStatistics: statistics.UpscalingStatistics;
  UpscalingTask: upscaling.UpscalingTask;
  UpscalingTaskRequest: upscaling.UpscalingTaskRequest;
  UpscalingTaskSummary: upscaling.UpscalingTaskSummary;
  ValidationError: errorResponse.ValidationErrorItem;
  // What is not in the contract, or a second time in other words.
  Health: health.Health;
  ComponentHealth: health.ComponentHealth;
  ServiceDetailsRequest: service.ServiceDetails;
  Geometry: geojson.Geometry;
}

type Schemas = typeof schemas & {
  Health: typeof health.healthSchema;
  ComponentHealth: typeof health.componentHealthSchema;
  ServiceDetailsRequest: typeof service.serviceDetailsRequestSchema;
  Geometry: typeof geojson.geometrySchema;
};

/** For each schema: whether what it reads is the interface. A schema without an interface is `false`. */
type Agreement = {
  [K in keyof Schemas]: K extends keyof Interfaces
    ? Equal<DeepReadonly<z.output<Schemas[K]>>, DeepReadonly<Interfaces[K]>>
    : false;
};

/** The type check fails on the line of a model of which interface and schema differ. */
const AGREEMENT: Agreement & { readonly [K in keyof Schemas]: true } = {
  Asset: true,
  BaseJobRequest: true,
  Collection: true,
  EntityStatistics: true,
  ErrorResponse: true,
  Extent: true,
  GeometryCollection: true,
  GridTypeEnum: true,
  HTTPValidationError: true,
  JobsFilter: true,
  JobsStatusResponse: true,
  LineString: true,
  Link: true,
  Links: true,
  MimeTypes: true,
  MultiLineString: true,
  MultiPoint: true,
  MultiPolygon: true,
  OutputFormatEnum: true,
  ParamRequest: true,
  ParamTypeEnum: true,
  Parameter: true,
  ParameterDimension: true,
  Point: true,
  Polygon: true,
  Position2D: true,
  Position3D: true,
  ProcessTypeEnum: true,
  ProcessingJob: true,
  ProcessingJobSummary: true,
  ProcessingStatusEnum: true,
  Provider: true,
  PublicStatisticsResponse: true,
  Range: true,
  ServiceDetails: true,
  SpatialExtent: true,
  TileRequest: true,
  TimeInterval: true,
  UpscalingStatistics: true,
  UpscalingTask: true,
  UpscalingTaskRequest: true,
  UpscalingTaskSummary: true,
  ValidationError: true,
  Health: true,
  ComponentHealth: true,
  ServiceDetailsRequest: true,
  Geometry: true,
};

/** The models that are objects, each of which could gain a field. */
type Objects = {
  [K in keyof Interfaces as Interfaces[K] extends object ? K : never]: Interfaces[K];
};

/** For each object: whether the comparison would miss a field that one side alone has. */
type Misses = {
  [K in keyof Objects]:
    | Equal<DeepReadonly<Objects[K]>, DeepReadonly<Objects[K] & { gained?: string }>>
    | Equal<DeepReadonly<Objects[K] & { gained: string }>, DeepReadonly<Objects[K]>>;
};

/** What `Equal` has to tell apart; the type check fails on a line that it does not. */
const TOLD_APART: {
  readonly fieldMissing: Equal<{ a: 1 }, { a: 1; b: 2 }>;
  readonly optionalFieldMissing: Equal<{ a: 1 }, { a: 1; b?: 2 }>;
  readonly optional: Equal<{ a?: 1 | undefined }, { a: 1 | undefined }>;
  readonly withUndefined: Equal<{ a?: 1 }, { a?: 1 | undefined }>;
  readonly nullable: Equal<{ a: 1 }, { a: 1 | null }>;
  readonly wider: Equal<{ a: "x" }, { a: string }>;
  readonly anyValue: Equal<{ a: 1 }, { a: unknown }>;
  readonly open: Equal<{ a: "x" }, { a: Open<"x"> }>;
  readonly loose: Equal<{ a: 1 }, { a: 1; [extra: string]: unknown }>;
  readonly tuple: Equal<[1, 1], 1[]>;
  readonly deep: Equal<DeepReadonly<{ a: { b: 1 }[] }>, DeepReadonly<{ a: { b: 2 }[] }>>;
  readonly models: Misses[keyof Misses];
} = {
  fieldMissing: false,
  optionalFieldMissing: false,
  optional: false,
  withUndefined: false,
  nullable: false,
  wider: false,
  anyValue: false,
  open: false,
  loose: false,
  tuple: false,
  deep: false,
  models: false,
};

/** The fields of the one schema whose type is written down, because it refers to itself. */
const COLLECTION_FIELDS: { readonly [K in keyof geojson.GeometryCollection]-?: true } = {
  type: true,
  geometries: true,
  bbox: true,
};

test("schemas and interfaces are the same for every model", () => {
  const others = ["Health", "ComponentHealth", "ServiceDetailsRequest", "Geometry"];
  assertEquals(Object.keys(AGREEMENT).sort(), [...Object.keys(schemas), ...others].sort());
  assertEquals(new Set<boolean>(Object.values(AGREEMENT)), new Set([true]));
  assertEquals(new Set<boolean>(Object.values(TOLD_APART)), new Set([false]));
});

test("geometryCollectionSchema has the fields of its interface and no other", () => {
  assertEquals(
    Object.keys(COLLECTION_FIELDS).sort(),
    [...fieldsOf(geojson.geometryCollectionSchema)].sort(),
  );
});

test("every model has a companion that parses and is a Standard Schema", () => {
  const companions: Readonly<Record<string, unknown>> = {
    ...errorResponse,
    ...geojson,
    ...jobs,
    ...jobsStatus,
    ...parameters,
    ...service,
    ...mimeTypes,
    ...stac,
    ...statistics,
    ...tiles,
    ...upscaling,
    ...health,
    // What the contract calls so is an error class here; a list of links has no name of its own.
    ValidationError: errorResponse.ValidationErrorItem,
    Links: stac.Link,
  };
  const names = [...Object.keys(schemas), "Health", "ComponentHealth"];
  assertEquals(names.filter((name) => !isModel(companions[name])), []);
});

function isModel(value: unknown): value is Model<unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (!("parse" in value) || !("~standard" in value)) return false;
  const standard = Object(value["~standard"]);
  return typeof value.parse === "function" && standard.version === 1 &&
    standard.vendor === "apex-dispatch" && typeof standard.validate === "function";
}
