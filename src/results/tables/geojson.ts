import { isObject } from "../../core/objects.ts";
import type { Geometry } from "../../models/geojson/geojson.ts";
import { parseJson } from "../loose_json.ts";
import { ResultsError } from "../results_error.ts";
import type { CellValue } from "./table.ts";

/** One shape with its values. */
export interface ValuedShape {
  /** Where it is, in degrees or in the coordinates of its file. */
  readonly geometry: unknown;
  /** Its values by name. */
  readonly values: Readonly<Record<string, CellValue>>;
}

export interface GeojsonShapes {
  readonly shapes: readonly ValuedShape[];
  /** The EPSG number of their coordinates; degrees where there is none. */
  readonly epsg: number | undefined;
}

/** What stands before each text of a sequence. */
const SEPARATOR = String.fromCharCode(30);

/** Reads JSON: one value, or features a line each (GeoJSON text sequences, RFC 8142) as a collection of them. */
export function parseGeojson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const lines = text.replaceAll(SEPARATOR, "\n").split("\n").filter((line) => line.trim() !== "");
    if (lines.length < 2 || !/^\s*\{\s*"/.test(lines[0] ?? "")) throw error;
    return { type: "FeatureCollection", features: lines.map((line) => parseJson(line)) };
  }
}

/**
 * The shapes of GeoJSON, and the EPSG number that its old `crs` member names.
 *
 * @throws {ResultsError} if that member names coordinates that nobody knows.
 */
export function shapesOfGeojson(value: unknown, name = "the shapes"): GeojsonShapes | undefined {
  const features = featuresIn(value);
  if (features === undefined || !isObject(value)) return undefined;
  return {
    epsg: epsgIn(value.crs, name),
    shapes: features.map(({ geometry, properties }) => ({
      geometry,
      values: cellsOf(isObject(properties) ? properties : {}),
    })),
  };
}

/** The features of GeoJSON of whatever kind; nothing of another value. */
export function featuresIn(
  value: unknown,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.features)) return value.features.filter(isObject);
  if (typeof value.type !== "string") return undefined;
  if (value.type === "Feature") return [value];
  return isGeometry(value) ? [{ geometry: value, properties: {} }] : undefined;
}

/** The number that the old `crs` member names (GeoJSON 2008, 3): a name, an address, or a number by itself. */
function epsgIn(crs: unknown, title: string): number | undefined {
  if (!isObject(crs)) return undefined;
  const properties = isObject(crs.properties) ? crs.properties : {};
  const { name = properties.code } = properties;
  if (crs.type === "EPSG" && Number.isInteger(name)) return Number(name);
  const named = typeof name === "string" ? name : "";
  const [, code] = /\bEPSG\b\D.{0,20}?(\d{4,6})$/i.exec(named) ?? [];
  if (code !== undefined) return Number(code);
  if (/\bCRS84h?$|WGS ?84$/i.test(named)) return undefined;
  throw new ResultsError(
    `Cannot place ${title}: its coordinates (${
      named.slice(0, 80) || "a link"
    }) are none that are known here\n` +
      "  What to do: transform it to EPSG:4326 (ogr2ogr -t_srs EPSG:4326)",
    { reason: "unsupported" },
  );
}

function cellsOf(properties: Readonly<Record<string, unknown>>): Record<string, CellValue> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]): [string, CellValue] => [
      name,
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? value
        : typeof value === "object"
        ? value
        : null,
    ]),
  );
}

function isGeometry(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & Pick<Geometry, "type"> {
  return "coordinates" in value || "geometries" in value;
}
