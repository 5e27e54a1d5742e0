import { boxOf, extentOf } from "../../../geo/extent_of.ts";
import type { GeometryCollection } from "../../../models/geojson/geojson.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, muted, strong } from "../../render/document.ts";
import { boxLine } from "./extent.ts";
import { count } from "../../../core/units.ts";

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
  for (const { type } of geometries) types.set(type, (types.get(type) ?? 0) + 1);
  const extent = extentOf(geometries);
  const kinds = [...types].sort(([, a], [, b]) => b - a)
    .map(([type, amount]) => `${amount} ${type}`).join(" · ");
  return [{
    kind: "fields",
    caption: strong(count(geometries.length, "geometry", "geometries")),
    fields: [
      { label: "Types", lines: [kinds] },
      {
        label: "Extent",
        lines: [extent === undefined ? muted("no positions") : boxLine(boxOf(extent))],
      },
    ],
  }];
}
