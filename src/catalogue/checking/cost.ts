import { isObject } from "../../core/objects.ts";
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
  if (!isObject(value) || value.type !== "Polygon" || !Array.isArray(value.coordinates)) {
    return value;
  }
  const [ring]: readonly unknown[] = value.coordinates;
  const positions = Array.isArray(ring) ? ring.filter(Array.isArray) : [];
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [longitude, latitude] of positions) {
    box.west = Math.min(box.west, Number(longitude));
    box.south = Math.min(box.south, Number(latitude));
    box.east = Math.max(box.east, Number(longitude));
    box.north = Math.max(box.north, Number(latitude));
  }
  // One that lies on both sides of 180° is refused.
  return box.east - box.west > 180 ? value : box;
}

/** The radius of the sphere with the Earth's volume, in kilometres. */
const RADIUS = 6_371;

/** The area of a box or of GeoJSON on the sphere, in km²; nothing of what has none. */
export function areaOf(place: unknown): number | undefined {
  if (typeof place !== "object" || place === null) return undefined;
  if ("type" in place) {
    const area = geojsonArea(place, 0);
    return area > 0 ? area : undefined;
  }
  if (!("west" in place && "south" in place && "east" in place && "north" in place)) {
    return undefined;
  }
  const { west, south, east, north } = place;
  if (
    typeof west !== "number" || typeof south !== "number" || typeof east !== "number" ||
    typeof north !== "number"
  ) return undefined;
  // Where east is less than west, the box goes over the antimeridian.
  const width = east < west ? east - west + 360 : east - west;
  const area = RADIUS ** 2 * radians(width) * (Math.sin(radians(north)) - Math.sin(radians(south)));
  return Number.isFinite(area) && area > 0 ? area : undefined;
}

function geojsonArea(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null || depth > 16) return 0;
  if ("features" in value && Array.isArray(value.features)) {
    return value.features.reduce((sum: number, one) => sum + geojsonArea(one, depth + 1), 0);
  }
  if ("geometries" in value && Array.isArray(value.geometries)) {
    return value.geometries.reduce((sum: number, one) => sum + geojsonArea(one, depth + 1), 0);
  }
  if ("geometry" in value) return geojsonArea(value.geometry, depth + 1);
  if (!("type" in value && "coordinates" in value && Array.isArray(value.coordinates))) return 0;
  if (value.type === "Polygon") return polygonArea(value.coordinates);
  return value.type === "MultiPolygon"
    ? value.coordinates.reduce((sum: number, rings: unknown) => sum + polygonArea(rings), 0)
    : 0;
}

function polygonArea(rings: unknown): number {
  if (!Array.isArray(rings)) return 0;
  const [outer = 0, ...holes] = rings.map((ring: unknown) => Math.abs(ringArea(ring)));
  return Math.max(0, outer - holes.reduce((sum, hole) => sum + hole, 0));
}

/** The area within a ring on the sphere (Chamberlain and Duquette, JPL 07-03); each step goes the short way round. */
function ringArea(ring: unknown): number {
  if (!Array.isArray(ring)) return 0;
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    const from: unknown = ring[index - 1], to: unknown = ring[index];
    if (!Array.isArray(from) || !Array.isArray(to)) return 0;
    const [fromLongitude, fromLatitude] = from.map(Number);
    const [toLongitude, toLatitude] = to.map(Number);
    if (
      fromLongitude === undefined || fromLatitude === undefined || toLongitude === undefined ||
      toLatitude === undefined
    ) return 0;
    let step = toLongitude - fromLongitude;
    if (step > 180) step -= 360;
    if (step < -180) step += 360;
    sum += radians(step) * (2 + Math.sin(radians(fromLatitude)) + Math.sin(radians(toLatitude)));
  }
  const area = sum * RADIUS ** 2 / 2;
  return Number.isFinite(area) ? area : 0;
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
