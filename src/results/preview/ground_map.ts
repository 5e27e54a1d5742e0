import { layersOf } from "../../map/marks/layers.ts";
import { drawMap, type MapParts, type Svg } from "../../map/svg.ts";
import type { View } from "../../map/view.ts";
import type { Placement } from "../raster/placement.ts";

/** What stands beside the map itself: coordinates, legend. */
const BESIDE = 50 + 18 + 138 + 12;

/** How wide the map of a picture is. */
export function mapWidthOf(width: number): number {
  return Math.max(160, Math.round(width) - BESIDE);
}

/** Draws a map of what lies on the ground, with no footprints on it and a legend that says what its colours mean. */
export function drawGround(
  view: View,
  parts: Required<Pick<MapParts, "ground" | "legend">> & Pick<MapParts, "title" | "atlas">,
): Svg {
  return drawMap({
    ...parts,
    view,
    layers: layersOf([], view),
    amount: "",
    entries: [],
    notes: [],
  });
}

/** From where to where something reaches, in as many digits as tell it apart. */
export function boundsWords({ west, south, east, north }: Placement["bounds"]): string {
  const span = Math.max(east - west, north - south);
  const digits = span >= 1 ? 2 : span >= 0.05 ? 3 : 5;
  const round = (number: number) => Number(number.toFixed(digits));
  const longitude = (degrees: number) => {
    const wrapped = degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
    return `${round(Math.abs(wrapped))}°${wrapped < 0 ? "W" : "E"}`;
  };
  const latitude = (degrees: number) => `${round(Math.abs(degrees))}°${degrees < 0 ? "S" : "N"}`;
  return east - west >= 360
    ? `${latitude(south)} to ${latitude(north)}`
    : `${longitude(west)} to ${longitude(east)}, ${latitude(south)} to ${latitude(north)}`;
}
