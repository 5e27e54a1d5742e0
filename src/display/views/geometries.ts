import type { Geometry, GeometryCollection } from "../../models/geojson.ts";
import { type Displayable, displayable } from "../render/displayable.ts";
import { type Block, muted, strong } from "../render/document.ts";
import { boxLine } from "./extent.ts";
import { count } from "../../core/units.ts";

/**
 * A card of several geometries, such as the tiles of an area: how many of which type, and where.
 *
 * @example
 * ```ts
 * import { geometriesTable, GeometryCollection } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const tiles = GeometryCollection.parse({
 *   type: "GeometryCollection",
 *   geometries: [{
 *     type: "Polygon",
 *     coordinates: [[[12, 41], [13, 41], [13, 42], [12, 42], [12, 41]]],
 *   }],
 * });
 * assertStringIncludes(String(geometriesTable(tiles)), "Extent  12, 41, 13, 42 (west, south, east, north)");
 * ```
 */
export function geometriesTable(collection: GeometryCollection): Displayable {
  return displayable(() => geometriesBlocks(collection));
}

/** The blocks of a card of several geometries. */
export function geometriesBlocks({ geometries }: GeometryCollection): readonly Block[] {
  if (geometries.length === 0) {
    return [{ kind: "note", tone: "plain", lines: ["No geometries"] }];
  }
  const types = new Map<string, number>();
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const geometry of geometries) {
    types.set(geometry.type, (types.get(geometry.type) ?? 0) + 1);
    widen(box, geometry);
  }
  const kinds = [...types].sort(([, a], [, b]) => b - a)
    .map(([type, amount]) => `${amount} ${type}`).join(" · ");
  return [{
    kind: "fields",
    caption: strong(count(geometries.length, "geometry", "geometries")),
    fields: [
      { label: "Types", lines: [kinds] },
      {
        label: "Extent",
        lines: [
          box.west <= box.east
            ? boxLine([box.west, box.south, box.east, box.north])
            : muted("no positions"),
        ],
      },
    ],
  }];
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

function widen(box: Box, geometry: Geometry): void {
  if (geometry.type === "GeometryCollection") {
    for (const inner of geometry.geometries) widen(box, inner);
  } else widenBy(box, geometry.coordinates);
}

/** Coordinates are nested as deep as their geometry's type says; the innermost are positions. */
function widenBy(box: Box, coordinates: unknown): void {
  if (!Array.isArray(coordinates)) return;
  const [longitude, latitude] = coordinates;
  if (typeof longitude === "number" && typeof latitude === "number") {
    box.west = Math.min(box.west, longitude);
    box.east = Math.max(box.east, longitude);
    box.south = Math.min(box.south, latitude);
    box.north = Math.max(box.north, latitude);
  } else {
    for (const inner of coordinates) widenBy(box, inner);
  }
}
