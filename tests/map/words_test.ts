import { assertEquals } from "@std/assert";
import { wordsOf } from "../../src/map/words.ts";
import { bboxToPolygon } from "../../src/geo/box.ts";
import { extentOf } from "../../src/geo/extent.ts";
import type { BBox } from "../../src/models/geojson/geojson.ts";
import { test } from "../support/test.ts";

function wordsOver(box: BBox): string {
  const geometry = bboxToPolygon(box);
  const placed = [{ geometry, status: undefined }];
  return wordsOf({ noun: "area", placed, missing: 0, counts: new Map() }, extentOf([geometry]));
}

test("wordsOf() has as many digits as it takes to tell the edges apart", () => {
  assertEquals(wordsOver([12, 41, 13, 42]), "1 area; 12°E to 13°E, 41°N to 42°N");
  assertEquals(wordsOver([-0.5, -10, 100, 0]), "1 area; 0.5°W to 100°E, 10°S to 0°");
  assertEquals(
    wordsOver([4.7001, 50.8601, 4.7015, 50.861]),
    "1 area; 4.7001°E to 4.7015°E, 50.8601°N to 50.861°N",
  );
});

test("wordsOf() knows the antimeridian, the world and a point", () => {
  assertEquals(wordsOver([177, -19, -179, -16]), "1 area; 177°E to 179°W, 19°S to 16°S");
  assertEquals(wordsOver([-180, -90, 180, 90]), "1 area; all longitudes, 90°S to 90°N");
  assertEquals(wordsOver([180, 0, 180, 0]), "1 area; 180°, 0°");
});
