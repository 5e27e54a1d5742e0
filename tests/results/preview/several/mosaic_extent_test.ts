import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  placementBox,
  sharedExtent,
  windowIn,
} from "../../../../src/results/preview/several/mosaic_extent.ts";
import { placementOf } from "../../../../src/results/raster/placement.ts";
import { test } from "../../../support/test.ts";
import { rasterOf } from "../../support/rasters.ts";

const CRS = {
  name: "EPSG:4326",
  toDegrees: (x: number, y: number) => [x, y] as const,
  fromDegrees: (x: number, y: number) => [x, y] as const,
};
const placed = (west: number, north: number) =>
  placementOf(rasterOf([west, north], 1, [[0, 0], [0, 0]]), CRS);

test("sharedExtent() is from the most western to the most eastern, over the antimeridian too", () => {
  assertEquals(sharedExtent([placed(5, 51), placed(9, 53)]).bounds, {
    west: 5,
    south: 49,
    east: 11,
    north: 53,
  });
  assertEquals(sharedExtent([placed(177, 2), placed(-179, 2)]).bounds, {
    west: 177,
    south: 0,
    east: 183,
    north: 2,
  });
});

test("windowIn() is the part of the frame that a raster takes", () => {
  const west = placed(5, 51), east = placed(7, 51);
  const { box, projection } = sharedExtent([west, east]);
  const frame = { x: 0, y: 0, width: 200, height: 100, columns: 400, rows: 200 };
  const scale = frame.width / (box.x[1] - box.x[0]);
  const window = windowIn(frame, scale, box, placementBox(east, projection));
  assertAlmostEquals(window.x, 200, 1);
  assertAlmostEquals(window.x + window.columns, 400, 1);
  assertEquals(window.y, 0);
});
