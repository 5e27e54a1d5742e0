import { type GeoExtent, wrapLongitude } from "../geo/extent.ts";
import type { Footprints } from "../geo/geometries_of.ts";
import { formatCoordinate } from "./graticule.ts";
import { countsOf } from "./status.ts";
import { count } from "../core/units.ts";

/** How many footprints of what there are: `12 tiles`. */
export function amountOf({ noun, placed, missing }: Footprints): string {
  return count(placed.length + missing, noun);
}

/** A map in words: how many of what, the counts by status, from where to where. */
export function wordsOf(
  footprints: Footprints,
  extent: GeoExtent | undefined,
  title?: string,
): string {
  const { counts, placed, missing } = footprints;
  const facts = countsOf(counts);
  const amount = amountOf(footprints);
  const without = withoutPlace(missing);
  if (placed.length > 0 && without !== undefined) facts.push(without);
  const total = placed.length + missing;
  const name = title === undefined ? "" : `${title}: `;
  if (total === 0) return `${name}no ${footprints.noun}s`;
  const head = `${name}${amount}${facts.length === 0 ? "" : `: ${facts.join(", ")}`}`;
  return extent === undefined
    ? `${head}; no place that can be shown`
    : `${head}; ${extentWords(extent)}`;
}

/** How many are not on the map, if any. */
export function withoutPlace(missing: number): string | undefined {
  return missing === 0 ? undefined : `${missing} without a place`;
}

/** From where to where, in as many digits as tell it apart. */
function extentWords({ longitudes: [west, east], latitudes: [south, north] }: GeoExtent): string {
  const span = Math.max(east - west, north - south);
  const digits = span >= 1 ? 2 : span >= 0.05 ? 3 : 5;
  const write = (degrees: number, axis: "longitude" | "latitude") =>
    formatCoordinate(degrees, axis, digits).replace(/(?:\.0{1,9}|(\.\d{0,9}[1-9])0{0,9})°/, "$1°");
  const across = east - west >= 360
    ? "all longitudes"
    : range(write(west, "longitude"), write(wrapLongitude(east), "longitude"));
  return `${across}, ${range(write(south, "latitude"), write(north, "latitude"))}`;
}

function range(from: string, to: string): string {
  return from === to ? from : `${from} to ${to}`;
}
