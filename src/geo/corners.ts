import { boxOf, extentOf } from "./extent_of.ts";
import { readGeometry } from "./read/read_geometry.ts";
import { isCollection, isSimpleType } from "./walk.ts";

/** The most digits behind the point: about a metre. */
const MOST_DIGITS = 5;

/**
 * GeoJSON in short: its kind, and its corners from west and south to east and north, in as many digits as tell it from
 * its neighbour. Nothing of any other object.
 *
 * @example
 * ```ts
 * import { cornersOf } from "./corners.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const coordinates = [[[3.37966, 51.01317], [3.55933, 51.01317], [3.55933, 51.12601], [3.37966, 51.01317]]];
 * assertEquals(cornersOf({ type: "Polygon", coordinates }), "Polygon 3.38, 51.01 to 3.56, 51.13");
 * ```
 */
export function cornersOf(value: object): string | undefined {
  if (!("type" in value)) return undefined;
  const { type } = value;
  if (!isSimpleType(type) && !isCollection(type)) return undefined;
  const geometry = readGeometry(value);
  const extent = geometry === undefined ? undefined : extentOf([geometry]);
  if (extent === undefined) return undefined;
  const { longitudes, latitudes } = extent;
  const [west, south, east, north] = boxOf(extent);
  const span = Math.max(longitudes[1] - longitudes[0], latitudes[1] - latitudes[0]);
  const digits = span === 0
    ? MOST_DIGITS
    : Math.min(MOST_DIGITS, Math.max(0, Math.ceil(0.7 - Math.log10(span))));
  const corner = (...degrees: readonly number[]) =>
    degrees.map((number) => String(Number(number.toFixed(digits)))).join(", ");
  const from = `${type} ${corner(west, south)}`;
  return span === 0 ? from : `${from} to ${corner(east, north)}`;
}
