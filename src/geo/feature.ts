import type { BBox, Geometry } from "../models/geojson/geojson.ts";

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
