import * as z from "zod/mini";
import {
  errorResponseSchema,
  httpValidationErrorSchema,
  validationErrorItemSchema,
} from "./error_response.ts";
import {
  geometryCollectionSchema,
  lineStringSchema,
  multiLineStringSchema,
  multiPointSchema,
  multiPolygonSchema,
  pointSchema,
  polygonSchema,
  position2dSchema,
  position3dSchema,
} from "./geojson/geojson.ts";
import {
  baseJobRequestSchema,
  openProcessingStatusSchema,
  outputFormatSchema,
  processingJobSchema,
  processingJobSummarySchema,
} from "./jobs.ts";
import { jobsFilterSchema, jobsStatusResponseSchema } from "./jobs_status.ts";
import { openParamTypeSchema, parameterSchema, paramRequestSchema } from "./parameters.ts";
import { processTypeSchema, serviceDetailsSchema } from "./service.ts";
import { openMimeTypesSchema } from "./stac/mime_types.ts";
import {
  assetSchema,
  collectionSchema,
  extentSchema,
  linkSchema,
  providerSchema,
  rangeSchema,
  spatialExtentSchema,
  timeIntervalSchema,
} from "./stac/stac.ts";
import {
  entityStatisticsSchema,
  publicStatisticsResponseSchema,
  upscalingStatisticsSchema,
} from "./monitoring.ts";
import { gridTypeSchema, tileRequestSchema } from "./tiles.ts";
import {
  parameterDimensionSchema,
  upscalingTaskRequestSchema,
  upscalingTaskSchema,
  upscalingTaskSummarySchema,
} from "./upscaling.ts";

/** Every schema of the contract, by the name that the contract gives it. */
export const schemas = {
  Asset: assetSchema,
  BaseJobRequest: baseJobRequestSchema,
  Collection: collectionSchema,
  EntityStatistics: entityStatisticsSchema,
  ErrorResponse: errorResponseSchema,
  Extent: extentSchema,
  GeometryCollection: geometryCollectionSchema,
  GridTypeEnum: gridTypeSchema,
  HTTPValidationError: httpValidationErrorSchema,
  JobsFilter: jobsFilterSchema,
  JobsStatusResponse: jobsStatusResponseSchema,
  LineString: lineStringSchema,
  Link: linkSchema,
  Links: z.array(linkSchema),
  MimeTypes: openMimeTypesSchema,
  MultiLineString: multiLineStringSchema,
  MultiPoint: multiPointSchema,
  MultiPolygon: multiPolygonSchema,
  OutputFormatEnum: outputFormatSchema,
  ParamRequest: paramRequestSchema,
  ParamTypeEnum: openParamTypeSchema,
  Parameter: parameterSchema,
  ParameterDimension: parameterDimensionSchema,
  Point: pointSchema,
  Polygon: polygonSchema,
  Position2D: position2dSchema,
  Position3D: position3dSchema,
  ProcessTypeEnum: processTypeSchema,
  ProcessingJob: processingJobSchema,
  ProcessingJobSummary: processingJobSummarySchema,
  ProcessingStatusEnum: openProcessingStatusSchema,
  Provider: providerSchema,
  PublicStatisticsResponse: publicStatisticsResponseSchema,
  Range: rangeSchema,
  ServiceDetails: serviceDetailsSchema,
  SpatialExtent: spatialExtentSchema,
  TileRequest: tileRequestSchema,
  TimeInterval: timeIntervalSchema,
  UpscalingStatistics: upscalingStatisticsSchema,
  UpscalingTask: upscalingTaskSchema,
  UpscalingTaskRequest: upscalingTaskRequestSchema,
  UpscalingTaskSummary: upscalingTaskSummarySchema,
  ValidationError: validationErrorItemSchema,
};
