const WKT = /^(?:SRID=(\d+);)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*(?:Z\s*)?(\(.*\))$/is;

const TYPES: Readonly<Record<string, string>> = {
  POINT: "Point",
  LINESTRING: "LineString",
  POLYGON: "Polygon",
};

/**
 * Well-known text (OGC 06-103r4) as GeoJSON, its coordinates as they are written; nothing for any other text. A `SRID`
 * before it becomes a `crs`.
 *
 * @example
 * ```ts
 * import { readWkt } from "./read_wkt.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readWkt("LINESTRING (3 51, 4 52)"), {
 *   type: "LineString",
 *   coordinates: [[3, 51], [4, 52]],
 * });
 * assertEquals(readWkt("Ghent"), undefined);
 * ```
 */
export function readWkt(text: string): object | undefined {
  const match = WKT.exec(text.trim());
  if (match === null) return undefined;
  const [, system, multi, kind = "", body = ""] = match;
  const coordinates = readLists(body);
  if (!Array.isArray(coordinates)) return undefined;
  const type = `${multi === undefined ? "" : "Multi"}${TYPES[kind.toUpperCase()]}`;
  return {
    type,
    // A point stands in brackets of its own in the text, and may among several.
    coordinates: type === "Point"
      ? coordinates[0]
      : type === "MultiPoint"
      ? coordinates.map((point) => Array.isArray(point?.[0]) ? point[0] : point)
      : coordinates,
    ...(system === undefined ? {} : { crs: `EPSG:${system}` }),
  };
}

function readLists(body: string): unknown {
  const json = body.replace(/[^(),]+/g, (numbers) => {
    const parts = numbers.trim();
    return parts === "" ? "" : `[${parts.replace(/\s+/g, ",")}]`;
  }).replaceAll("(", "[").replaceAll(")", "]");
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
