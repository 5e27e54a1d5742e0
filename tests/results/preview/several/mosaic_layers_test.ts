import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  layersAsOne,
  placementBox,
  sharedExtent,
  windowIn,
} from "../../../../src/results/preview/several/mosaic_layers.ts";
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

const plain = { name: "a", scale: 1, offset: 0 };
const first = { noData: 0, bands: [plain] };
const bytes = (...values: number[]) => Uint8Array.from(values);

test("layersAsOne() keeps bytes as bytes where all are stored alike", () => {
  const whole = layersAsOne(
    [
      { file: first, bands: [0], layers: [bytes(1, 2)], alpha: undefined },
      { file: first, bands: [0], layers: [bytes(0, 4)], alpha: undefined },
    ],
    first,
    [0],
  );
  assert(whole.layers[0] instanceof Uint8Array);
  assertEquals([...Array.from(whole.layers[0] ?? [])], [1, 2, 0, 4]);
  assertEquals([whole.noData, whole.alpha, whole.starts], [0, undefined, [0, 2]]);
});

test("layersAsOne() gives values as the first raster stores them, and none where a raster has none", () => {
  const scaled = { noData: -1, bands: [{ name: "a", scale: 0.5, offset: 1 }] };
  const whole = layersAsOne(
    [
      { file: first, bands: [0], layers: [[1, 0]], alpha: undefined },
      { file: scaled, bands: [0], layers: [[4, -1]], alpha: [0, 255] },
    ],
    first,
    [0],
  );
  assertEquals(Array.from(whole.layers[0] ?? []), [1, NaN, 3, NaN]);
  assertEquals(whole.noData, undefined);
  assertEquals(Array.from(whole.alpha ?? []), [1, 1, 0, 255]);
});
