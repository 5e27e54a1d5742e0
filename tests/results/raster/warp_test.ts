import { assertEquals } from "@std/assert";
import { warp } from "../../../src/results/raster/warp.ts";
import { test } from "../../support/test.ts";

test("warp() finds for each pixel the one of the raster that lies there", () => {
  const found = warp({
    width: 40,
    height: 20,
    placeAt: (x, y) => [x / 10, y / 10],
    toPixel: (longitude, latitude) => [longitude - 1, latitude],
    columns: 2,
    rows: 2,
  });
  assertEquals([found[0], found[10], found[29], found[30], found[10 * 40 + 25]], [-1, 0, 1, -1, 3]);
});

test("warp() reckons each pixel where coordinates bend too much between", () => {
  const bent = (longitude: number) => longitude ** 3;
  const found = warp({
    width: 64,
    height: 1,
    placeAt: (x, y) => [x / 16, y],
    toPixel: (longitude, latitude) => [bent(longitude), latitude],
    columns: 64,
    rows: 1,
  });
  for (let x = 0; x < 64; x++) {
    const column = Math.floor(bent((x + 0.5) / 16));
    assertEquals(found[x], column < 64 ? column : -1, `${x}`);
  }
});

test("warp() leaves out what has no place in the raster", () => {
  const found = warp({
    width: 4,
    height: 4,
    placeAt: (x, y) => [x, y],
    toPixel: () => [NaN, NaN],
    columns: 9,
    rows: 9,
  });
  assertEquals([...found], Array(16).fill(-1));
});
