import { polygonToBbox } from "../geo/polygon_to_bbox.ts";
import type { TileRequest } from "../models/tiles.ts";

/** Where EPSG:3857 ends, in degrees of latitude. */
const END = 85;

/** Beyond so many degrees from land a place lies in the open sea. */
const FAR = 1.5;
/** The coasts are drawn this coarsely, in degrees: who lives at one lives on land. */
const NEAR = 0.4;

/**
 * Whether an area looks as if latitude stood first: it lies in the open sea, and with both swapped it would lie on land.
 * Nothing else can tell the two apart, where both are within ±90. What was found, in words for the plan.
 */
export async function findSwap(requests: readonly TileRequest[]): Promise<string | undefined> {
  const geometries = requests.map(({ aoi }) => aoi);
  const [west, south, east, north] = polygonToBbox({ type: "GeometryCollection", geometries });
  const longitude = (west + east) / 2, latitude = (south + north) / 2;
  if (west > east || Math.abs(longitude) > END || east - west > 20 || north - south > 20) {
    return undefined;
  }
  // The coasts are large, and nobody needs them who plans no area.
  const { world } = await import("../map/coast/world.ts");
  const isLand = (x: number, y: number) =>
    // A coast that runs over the antimeridian goes on beyond it, so that a place can lie a turn away.
    world.coarse.flat.filter(({ places }) =>
          [x - 360, x, x + 360].some((turned) => contains(places, turned, y))
        ).length % 2 === 1;
  const isNearLand = (x: number, y: number, near: number) =>
    [-near, 0, near].some((dx) => [-near, 0, near].some((dy) => isLand(x + dx, y + dy)));
  if (isNearLand(longitude, latitude, FAR) || !isNearLand(latitude, longitude, NEAR)) {
    return undefined;
  }
  return `The area lies in the open sea, at ${
    place(longitude, latitude)
  }. With latitude and longitude swapped it would lie on land, at ${
    place(latitude, longitude)
  }: look whether longitude stands first.`;
}

function contains(
  ring: readonly (readonly [x: number, y: number])[],
  x: number,
  y: number,
): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const at of ring) {
    if (
      before !== undefined && (at[1] > y) !== (before[1] > y) &&
      x < at[0] + (y - at[1]) / (before[1] - at[1]) * (before[0] - at[0])
    ) inside = !inside;
    before = at;
  }
  return inside;
}

function place(longitude: number, latitude: number): string {
  const write = (degrees: number, [positive, negative]: string) =>
    `${Number(Math.abs(degrees).toFixed(2))}°${degrees < 0 ? negative : positive}`;
  return `${write(longitude, "EW")}, ${write(latitude, "NS")}`;
}
