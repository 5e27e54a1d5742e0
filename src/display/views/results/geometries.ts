import { boxOf, extentOf } from "../../../geo/extent_of.ts";
import type { GeometryCollection } from "../../../models/geojson/geojson.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, code, type Field, type Line, muted, strong } from "../../render/document.ts";
import { count, formatDay, formatDegrees } from "../../../core/units.ts";
import type { Extent } from "../../../models/stac/stac.ts";

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

/** Where and when data is, as facts; the first extent is the one around all others. */
export function extentFields({ spatial, temporal }: Extent): Field[] {
  const fields: Field[] = [];
  const [bbox] = spatial.bbox;
  if (bbox !== undefined) fields.push({ label: "Where", lines: [boxLine(bbox)] });
  const [interval] = temporal.interval;
  if (interval !== undefined) fields.push({ label: "When", lines: [intervalLine(interval)] });
  return fields;
}

/** A bounding box of four or six numbers as one line. */
export function boxLine(bbox: readonly number[]): Line {
  const flat = bbox.length === 6 ? [bbox[0], bbox[1], bbox[3], bbox[4]] : bbox;
  const [west = NaN, south = NaN, east = NaN, north = NaN] = flat;
  if (west === -180 && south === -90 && east === 180 && north === 90) return "the whole world";
  return [
    code([west, south, east, north].map(formatDegrees).join(", ")),
    muted(" (west, south, east, north)"),
  ];
}

function intervalLine([begin, end]: readonly (Date | null)[]): Line {
  if (!begin && !end) return muted("not told");
  return `${begin ? formatDay(begin) : "open"} → ${end ? formatDay(end) : "open"}`;
}
