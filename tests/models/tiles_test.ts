import { assertEquals, assertStrictEquals } from "@std/assert";
import { GridTypeEnum, TileRequest } from "../../src/models/tiles.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

const request = Object(WIRE.TileRequest);
const wrong = (aoi: unknown) => problems(TileRequest, { ...request, aoi });

test("TileRequest.parse() hands the request back as it is", () => {
  assertStrictEquals(TileRequest.parse(request), request);
});

test("TileRequest.parse() names every problem of the area by its place", () => {
  assertEquals(
    wrong({ type: "Polygon", coordinates: [[[12, 41], [13, 89], [190, 41], [12, 42]]] }),
    [
      "aoi.coordinates[0]: expected a closed ring, its last position like its first, got [12, 41] and [12, 42]",
      "aoi.coordinates[0][1]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 89: clip the area there",
      "aoi.coordinates[0][2]: expected a longitude within ±180°, got 190: split an area that crosses the antimeridian in two",
    ],
  );
});

test("TileRequest.parse() refuses what is no polygon", () => {
  assertEquals(wrong({ type: "Feature", geometry: request.aoi }), [
    'aoi.type: expected "Polygon", got the string "Feature"',
    "aoi.coordinates: expected an array, got nothing",
  ]);
  assertEquals(wrong({ type: "MultiPolygon", coordinates: [request.aoi.coordinates] }), [
    'aoi.type: expected "Polygon", got the string "MultiPolygon"',
    "aoi.coordinates[0][0]: expected 2 or 3 items, got an array of 5",
  ]);
  assertEquals(wrong([12, 41, 13, 42]), ["aoi: expected an object, got an array of 4"]);
  assertEquals(wrong({ type: "Polygon", coordinates: [[12, 41], [13, 41]] }), [
    "aoi.coordinates[0][0]: expected an array, got the number 12",
    "aoi.coordinates[0][1]: expected an array, got the number 41",
    "aoi.coordinates[1][0]: expected an array, got the number 13",
    "aoi.coordinates[1][1]: expected an array, got the number 41",
  ]);
});

test("TileRequest.parse() refuses an unknown grid", () => {
  assertEquals(problems(TileRequest, { ...request, grid: "20km" }), [
    'grid: expected one of "20x20km", "250x250km", got the string "20km"; did you mean "20x20km"?',
  ]);
  assertEquals(Object.values(GridTypeEnum), ["20x20km", "250x250km"]);
});
