import { count, formatDay, formatDegrees } from "../../../core/units.ts";
import { inTurns } from "../../../core/waiting.ts";
import { boxOf, extentOf } from "../../../geo/extent.ts";
import type { FootprintSource } from "../../../geo/geometries_of.ts";
import type { Atlas } from "../../../map/coast/atlas.ts";
import type { GeometryCollection } from "../../../models/geojson/geojson.ts";
import type { Extent } from "../../../models/stac/stac.ts";
import { shownTitle } from "../../../models/title_token.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, code, type Field, type Line, muted, strong } from "../../render/document.ts";
import type { FootprintsOptions } from "./map_block.ts";

export type { FootprintsOptions } from "./map_block.ts";

/**
 * A map of where work takes place: tiles, the jobs of a task, jobs by themselves, GeoJSON features or bare
 * areas, each coloured and marked by its status, with the number of its job where that fits, longitudes and latitudes
 * on the edges, a legend with counts, and a globe with the country and how far the coast is when none is in view. As
 * text it says how many there are of each status, and from where to where they reach.
 *
 * It is a picture that needs no network, on a ground of its own that is readable on a light and on a dark page. Several
 * jobs over one spot share it in strips, and what lies over something else has its edges drawn. Beyond 500 footprints
 * those that touch and are alike are drawn as one. What has no place that can be read is counted. A million points take
 * a second or two, with turns for others.
 *
 * @example
 * ```ts
 * import { bboxToPolygon, footprints } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const map = await footprints([
 *   bboxToPolygon([12, 41, 12.5, 42]),
 *   bboxToPolygon([12.5, 41, 13, 42]),
 * ]);
 * assertEquals(String(map), "2 areas; 12°E to 13°E, 41°N to 42°N");
 * ```
 */
export async function footprints(
  source: FootprintSource,
  { dimension, title = titleOf(source) }: FootprintsOptions = {},
): Promise<Displayable> {
  try {
    const { mapBlockInTurns, atlas } = await loadMaps();
    const block = await inTurns(mapBlockInTurns(source, { dimension, title, atlas }));
    return displayable(() => [block]);
  } catch (error) {
    return displayable(() => {
      throw error;
    });
  }
}

function titleOf(source: FootprintSource): string | undefined {
  try {
    return "jobs" in source && typeof source.title === "string"
      ? shownTitle(source.title)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Draws the map of something, if it has a place. */
export type Painter = (
  source: FootprintSource,
  options?: Pick<FootprintsOptions, "dimension"> & { readonly compact?: boolean | undefined },
) => Promise<Block | undefined>;

/**
 * Makes a painter of maps. What draws them is loaded when the first one is drawn, so that importing the package
 * stays quick; the coasts are kept from one map to the next. Where no map can be drawn there is none.
 */
export function createPainter(): Painter {
  let known: Atlas | undefined;
  return async (source, options = {}) => {
    try {
      const { mapBlockInTurns, atlas } = await loadMaps(known);
      known = atlas;
      const block = await inTurns(mapBlockInTurns(source, { ...options, atlas }));
      return block.kind === "picture" ? block : undefined;
    } catch {
      return undefined;
    }
  };
}

/** What draws maps; without coasts where they cannot be loaded. */
interface Maps {
  readonly mapBlockInTurns: typeof import("./map_block.ts").mapBlockInTurns;
  readonly atlas: Atlas | undefined;
}

/** Loads what draws maps when one is wanted, so that importing the package stays quick; coasts that are known stay. */
async function loadMaps(known?: Atlas): Promise<Maps> {
  const [{ mapBlockInTurns }, { loadAtlasIfThere }] = await Promise.all([
    import("./map_block.ts"),
    import("../../../map/coast/atlas.ts"),
  ]);
  return { mapBlockInTurns, atlas: known ?? await loadAtlasIfThere() };
}

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
