import { DispatchError } from "../core/dispatch_error.ts";
import type { Feature, FeatureCollection, Geometry, Polygon } from "../models/geojson/geojson.ts";
import type { ProcessingJobSummary, ProcessingStatusEnum } from "../models/jobs.ts";
import { describeValue } from "../models/schema/issue.ts";
import type { Open } from "../models/schema/model.ts";
import type { UpscalingTask } from "../models/upscaling.ts";
import { findGeometry } from "./read/read_geometry.ts";
import { splitAtAntimeridian } from "./split_at_antimeridian.ts";

/** What a job's feature tells of it. */
export interface JobProperties {
  /** The job's number. */
  readonly id: number;
  /** What the job is called. */
  readonly title: string;
  /** How far the job is. */
  readonly status: Open<ProcessingStatusEnum>;
}

/** A job as a feature; its geometry is `null` where its parameters do not say where it works. */
export type JobFeature = Feature<Geometry | null, JobProperties>;

/** How jobs become features. */
export interface ToFeatureCollectionOptions {
  /**
   * The parameter that says where a job works.
   *
   * @default the first of `spatial_extent`, `bbox`, `geometry`, `aoi`, or any other, that holds a place
   */
  readonly dimension?: string | undefined;
}

/**
 * The jobs of a task as GeoJSON, for a geographic information system or a map library: a feature for each,
 * in their order, with `id`, `title` and `status`. The geometry comes from the job's parameters: a bounding
 * box of four or six numbers or with named edges, a GeoJSON geometry, feature or feature collection.
 * Polygons that run over the antimeridian are cut there (RFC 7946, section 3.1.9).
 *
 * @example
 * ```ts
 * import { toFeatureCollection, type ProcessingJobSummary } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const job: ProcessingJobSummary = {
 *   id: 8,
 *   title: "Latium - Processing Job 1",
 *   label: "openeo",
 *   status: "running",
 *   service: { endpoint: "https://openeo.example.test", application: "ndvi" },
 *   parameters: { spatial_extent: { west: 12, south: 41, east: 13, north: 42 } },
 * };
 * const { features: [feature] } = toFeatureCollection([job]);
 * assertEquals(feature?.properties.status, "running");
 * assertEquals(feature?.geometry, {
 *   type: "Polygon",
 *   coordinates: [[[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]]],
 * });
 * ```
 */
export function toFeatureCollection(
  work: Pick<UpscalingTask, "jobs"> | readonly ProcessingJobSummary[],
  { dimension }: ToFeatureCollectionOptions = {},
): FeatureCollection<JobFeature> {
  const jobs: readonly ProcessingJobSummary[] = "jobs" in Object(work) ? Object(work).jobs : work;
  // A notebook checks no types.
  if (!Array.isArray(jobs)) {
    throw new DispatchError(
      `Cannot make features of the work: expected a task or a list of jobs, got ${
        describeValue(work)
      }`,
    );
  }
  return {
    type: "FeatureCollection",
    features: jobs.map(({ id, title, status, parameters }) => {
      const geometry = findGeometry(parameters, dimension);
      return {
        type: "Feature",
        id,
        properties: { id, title, status },
        geometry: geometry === undefined ? null : cut(geometry),
      };
    }),
  };
}

function cut(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case "Polygon":
      return join(splitAtAntimeridian(geometry), geometry);
    case "MultiPolygon":
      return join(
        geometry.coordinates.flatMap((coordinates) =>
          splitAtAntimeridian({ type: "Polygon", coordinates })
        ),
        geometry,
      );
    case "GeometryCollection":
      return { ...geometry, geometries: geometry.geometries.map(cut) };
    default:
      return geometry;
  }
}

function join(parts: readonly Polygon[], whole: Geometry): Geometry {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && whole.type === "Polygon") return only;
  return { type: "MultiPolygon", coordinates: parts.map(({ coordinates }) => coordinates) };
}
