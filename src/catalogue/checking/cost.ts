import { isObject } from "../../core/objects.ts";
import { type BoundingBox, readBox } from "../../geo/box.ts";
import { polygonToBbox, unrollLongitudes } from "../../geo/extent.ts";
import { readPlace } from "../../geo/read/read_geometry.ts";
import { polygonsOf } from "../../geo/walk.ts";
import type { Polygon, Position } from "../../models/geojson/geojson.ts";
import type { CostEstimate } from "../../models/cost.ts";
import type { CatalogueParameter } from "../reading/definition.ts";
import type { Price } from "../facts.ts";

/** The one unit that can be multiplied by what a request says; others depend on what the platform finds there. */
const PER_AREA = /^(platform credits) per km(?:²|2|\^2)\.?$/i;

/**
 * What jobs may cost together: a number only where the price is for an area and every area is known, never a guess.
 *
 * @param jobs the parameters of each.
 * @param parameters the parameters of the service, to know which of them says where.
 */
export function costOf(
  jobs: readonly Readonly<Record<string, unknown>>[],
  price: Price | undefined,
  parameters: readonly CatalogueParameter[] | undefined,
): CostEstimate {
  if (price === undefined) return { basis: "the catalogue gives no price" };
  const said = price.unit === ""
    ? `${price.amount}, of what it does not say`
    : `${price.amount} ${price.unit.replace(/\.$/, "")}`;
  const [, unit] = PER_AREA.exec(price.unit) ?? [];
  const areas = unit === undefined ? [] : jobs.map((given) => areaOf(placeIn(given, parameters)));
  const known = areas.filter((area) => area !== undefined);
  if (unit === undefined || known.length === 0 || known.length < areas.length) {
    return { basis: `${said}, says the catalogue` };
  }
  const area = known.reduce((sum, one) => sum + one, 0);
  return {
    amount: price.amount * area,
    unit: unit.toLowerCase(),
    basis: `${said} × ${formatArea(area)}`,
  };
}

/** The place that a job works on, as it says it; nothing where no parameter or more than one says where. */
export function placeIn(
  given: Readonly<Record<string, unknown>>,
  parameters: readonly CatalogueParameter[] | undefined,
): unknown {
  const places = (parameters ?? []).filter(({ kinds }) =>
    kinds.includes("bounding-box") || kinds.includes("geojson")
  );
  const [place] = places;
  if (place === undefined || places.length > 1) return undefined;
  const said = Object.hasOwn(given, place.name) ? given[place.name] : undefined;
  const value = said === undefined ? place.default : said;
  return place.kinds.includes("bounding-box") ? boxAround(value) : value;
}

/** The box that Dispatch makes of a polygon for a process that takes a box: all of it is computed, and paid for. */
function boxAround(value: unknown): unknown {
  const place = isObject(value) && value.type === "Polygon" ? readPlace(value) : undefined;
  if (!place?.ok) return value;
  const [west, south, east, north] = polygonToBbox(place.geometry);
  // One that lies on both sides of 180° is refused.
  return west > east || east - west > 180 ? value : { west, south, east, north };
}

/** The radius of the sphere with the Earth's volume, in kilometres. */
const RADIUS = 6_371;

/** The area of a box or of GeoJSON on the sphere, in km²; nothing of what has none, or is not in degrees throughout. */
export function areaOf(place: unknown): number | undefined {
  if (!isObject(place)) return undefined;
  const box = readBox(place);
  const area = box === undefined ? geojsonArea(place) : box.ok ? boxArea(box.box) : 0;
  return area > 0 ? area : undefined;
}

function boxArea({ west, south, east, north }: BoundingBox): number {
  // Where east is less than west, the box goes over the antimeridian.
  const width = east < west ? east - west + 360 : east - west;
  return RADIUS ** 2 * radians(width) * (Math.sin(radians(north)) - Math.sin(radians(south)));
}

function geojsonArea(value: unknown): number {
  const place = readPlace(value);
  if (!place.ok) return 0;
  return polygonsOf(place.geometry).reduce((sum, polygon) => sum + polygonArea(polygon), 0);
}

function polygonArea({ coordinates }: Polygon): number {
  const [outer = 0, ...holes] = coordinates.map((ring) => Math.abs(ringArea(ring)));
  return Math.max(0, outer - holes.reduce((sum, hole) => sum + hole, 0));
}

/** The area within a ring on the sphere (Chamberlain and Duquette, JPL 07-03); each step goes the short way round. */
function ringArea(ring: readonly Position[]): number {
  const longitudes = unrollLongitudes(ring);
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    const [, from = 0] = ring[index - 1] ?? [], [, to = 0] = ring[index] ?? [];
    const step = (longitudes[index] ?? 0) - (longitudes[index - 1] ?? 0);
    sum += radians(step) * (2 + Math.sin(radians(from)) + Math.sin(radians(to)));
  }
  return sum * RADIUS ** 2 / 2;
}

function radians(degrees: number): number {
  return degrees * Math.PI / 180;
}

/** An area in as many digits as tell something: `124 km²`, `0.35 km²`. */
export function formatArea(area: number): string {
  const digits = area >= 100 ? 0 : area >= 10 ? 1 : 2;
  const rounded = area < 1 ? Number(area.toPrecision(2)) : Number(area.toFixed(digits));
  return `${rounded.toLocaleString("en-US", { maximumSignificantDigits: 15 })} km²`;
}
