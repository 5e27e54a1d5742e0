import * as z from "zod/mini";
import { defineModel, type Model } from "../schema/model.ts";

/** Longitude and latitude in degrees (WGS 84). */
export type Position2D = readonly [longitude: number, latitude: number];

/** Longitude and latitude in degrees (WGS 84), altitude in metres. */
export type Position3D = readonly [longitude: number, latitude: number, altitude: number];

/** A position (RFC 7946, section 3.1.1). */
export type Position = Position2D | Position3D;

/** West, south, east, north; or west, south, lowest, east, north, highest (RFC 7946, section 5). */
export type BBox =
  | readonly [number, number, number, number]
  | readonly [number, number, number, number, number, number];

/** A single place, such as a station (RFC 7946, section 3.1.2). */
export interface Point {
  /** Always `"Point"`. */
  readonly type: "Point";
  /** Where it is. */
  readonly coordinates: Position;
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** Several points. */
export interface MultiPoint {
  /** Always `"MultiPoint"`. */
  readonly type: "MultiPoint";
  /** Where they are. */
  readonly coordinates: readonly Position[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** A line of two or more positions. */
export interface LineString {
  /** Always `"LineString"`. */
  readonly type: "LineString";
  /** The positions along the line. */
  readonly coordinates: readonly Position[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** Several lines. */
export interface MultiLineString {
  /** Always `"MultiLineString"`. */
  readonly type: "MultiLineString";
  /** The positions along each line. */
  readonly coordinates: readonly (readonly Position[])[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/**
 * An area: an outer ring and the rings of its holes. Each ring ends at the position it began with.
 *
 * @example
 * ```ts
 * import { Polygon } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const polygon = Polygon.parse({
 *   type: "Polygon",
 *   coordinates: [[[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]]],
 * });
 * assertEquals(polygon.coordinates[0]?.length, 5);
 * ```
 */
export interface Polygon {
  /** Always `"Polygon"`. */
  readonly type: "Polygon";
  /** The rings, the outer one first. */
  readonly coordinates: readonly (readonly Position[])[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** Several areas. */
export interface MultiPolygon {
  /** Always `"MultiPolygon"`. */
  readonly type: "MultiPolygon";
  /** The rings of each area. */
  readonly coordinates: readonly (readonly (readonly Position[])[])[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** Any GeoJSON geometry. */
export type Geometry =
  | Point
  | MultiPoint
  | LineString
  | MultiLineString
  | Polygon
  | MultiPolygon
  | GeometryCollection;

/** Geometries of any kind together; what `tiles.split` answers. */
export interface GeometryCollection {
  /** Always `"GeometryCollection"`. */
  readonly type: "GeometryCollection";
  /** Its members; a member may be a collection itself. */
  readonly geometries: readonly Geometry[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** The schema of {@linkcode Position2D}. */
export const position2dSchema = z.lazy(() => z.tuple([z.number(), z.number()]));

/** The schema of {@linkcode Position3D}. */
export const position3dSchema = z.lazy(() => z.tuple([z.number(), z.number(), z.number()]));

const positionSchema = z.lazy(() => z.union([position2dSchema, position3dSchema]));
const lineSchema = z.lazy(() => z.array(positionSchema));
const ringsSchema = z.lazy(() => z.array(lineSchema));

const bboxSchema = z.lazy(() =>
  z.optional(z.nullable(z.union([
    z.tuple([z.number(), z.number(), z.number(), z.number()]),
    z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
  ])))
);

/** The schema of {@linkcode Point}. */
export const pointSchema = z.lazy(() =>
  z.object({
    type: z.literal("Point"),
    coordinates: positionSchema,
    bbox: bboxSchema,
  })
);

/** The schema of {@linkcode MultiPoint}. */
export const multiPointSchema = z.lazy(() =>
  z.object({
    type: z.literal("MultiPoint"),
    coordinates: lineSchema,
    bbox: bboxSchema,
  })
);

/** The schema of {@linkcode LineString}. */
export const lineStringSchema = z.lazy(() =>
  z.object({
    type: z.literal("LineString"),
    coordinates: lineSchema,
    bbox: bboxSchema,
  })
);

/** The schema of {@linkcode MultiLineString}. */
export const multiLineStringSchema = z.lazy(() =>
  z.object({
    type: z.literal("MultiLineString"),
    coordinates: ringsSchema,
    bbox: bboxSchema,
  })
);

/** The schema of {@linkcode Polygon}. */
export const polygonSchema = z.lazy(() =>
  z.object({
    type: z.literal("Polygon"),
    coordinates: ringsSchema,
    bbox: bboxSchema,
  })
);

/** The schema of {@linkcode MultiPolygon}. */
export const multiPolygonSchema = z.lazy(() =>
  z.object({
    type: z.literal("MultiPolygon"),
    coordinates: z.array(ringsSchema),
    bbox: bboxSchema,
  })
);

/** The schema of {@linkcode GeometryCollection}. */
export const geometryCollectionSchema: z.ZodMiniType<GeometryCollection> = z.lazy(() =>
  z.object({
    type: z.literal("GeometryCollection"),
    geometries: z.array(z.lazy(() => geometrySchema)),
    bbox: bboxSchema,
  })
);

/** The schema of any {@linkcode Geometry}. */
export const geometrySchema: z.ZodMiniType<Geometry> = z.lazy(() =>
  z.union([
    pointSchema,
    multiPointSchema,
    lineStringSchema,
    multiLineStringSchema,
    polygonSchema,
    multiPolygonSchema,
    geometryCollectionSchema,
  ])
);

/** Reads a {@linkcode Point} from unknown data. */
export const Point: Model<Point> = defineModel("Point", pointSchema);
/** Reads a {@linkcode MultiPoint} from unknown data. */
export const MultiPoint: Model<MultiPoint> = defineModel("MultiPoint", multiPointSchema);
/** Reads a {@linkcode LineString} from unknown data. */
export const LineString: Model<LineString> = defineModel("LineString", lineStringSchema);
/** Reads a {@linkcode MultiLineString} from unknown data. */
export const MultiLineString: Model<MultiLineString> = defineModel(
  "MultiLineString",
  multiLineStringSchema,
);
/** Reads a {@linkcode Polygon} from unknown data. */
export const Polygon: Model<Polygon> = defineModel("Polygon", polygonSchema);
/** Reads a {@linkcode MultiPolygon} from unknown data. */
export const MultiPolygon: Model<MultiPolygon> = defineModel("MultiPolygon", multiPolygonSchema);
/** Reads a {@linkcode GeometryCollection} from unknown data. */
export const GeometryCollection: Model<GeometryCollection> = defineModel(
  "GeometryCollection",
  geometryCollectionSchema,
);
/** Reads a {@linkcode Position2D} from unknown data. */
export const Position2D: Model<Position2D> = defineModel("Position2D", position2dSchema);
/** Reads a {@linkcode Position3D} from unknown data. */
export const Position3D: Model<Position3D> = defineModel("Position3D", position3dSchema);

/**
 * A geometry with what is known of it (RFC 7946, section 3.2).
 *
 * @typeParam G the geometry; `null` where the place is not known.
 * @typeParam P the properties.
 */
export interface Feature<
  G extends Geometry | null = Geometry | null,
  P extends object | null = Readonly<Record<string, unknown>> | null,
> {
  /** Always `"Feature"`. */
  readonly type: "Feature";
  /** Where it is. */
  readonly geometry: G;
  /** What is known of it. */
  readonly properties: P;
  /** What it is called by, if by anything. */
  readonly id?: string | number | undefined;
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/**
 * Several features (RFC 7946, section 3.3).
 *
 * @typeParam F the features.
 */
export interface FeatureCollection<F = Feature> {
  /** Always `"FeatureCollection"`. */
  readonly type: "FeatureCollection";
  /** In the order in which they were given. */
  readonly features: readonly F[];
  /** The bounding box, if it was given. */
  readonly bbox?: BBox | null | undefined;
}

/** A feature with properties of any kind. */
export type AnyFeature = Feature<Geometry | null, object | null>;
