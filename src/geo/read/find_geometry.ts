import type { Geometry } from "../../models/geojson/geojson.ts";
import { readGeometry, readNamedGeometry } from "./read_geometry.ts";

/** What services call the parameter that says where, the likeliest first. */
const USUAL_NAMES = ["spatial_extent", "bbox", "geometry", "aoi"];

/**
 * Where a job works, from its parameters: the one of the task's dimension if that is known, else one with a
 * usual name, else the first that is GeoJSON or an object of edges, else the first list of numbers
 * that can be a bounding box.
 */
export function findGeometry(
  parameters: Readonly<Record<string, unknown>>,
  dimension?: string,
): Geometry | undefined {
  const names = dimension === undefined ? USUAL_NAMES : [dimension, ...USUAL_NAMES];
  for (const name of names) {
    if (!Object.hasOwn(parameters, name)) continue;
    const geometry = readGeometry(parameters[name]);
    if (geometry !== undefined) return geometry;
  }
  const values = Object.values(parameters);
  return firstOf(values, readNamedGeometry) ?? firstOf(values, readGeometry);
}

function firstOf(
  values: readonly unknown[],
  read: (value: unknown) => Geometry | undefined,
): Geometry | undefined {
  for (const value of values) {
    const geometry = read(value);
    if (geometry !== undefined) return geometry;
  }
  return undefined;
}
