import { assertEquals } from "@std/assert";
import { countsInDegrees, readBox } from "../../../src/geo/read/read_box.ts";
import { test } from "../../support/test.ts";

test("readBox() makes nothing of what is no attempt at a box", () => {
  for (
    const value of [undefined, null, 5, "", "a,b,c,d", [1, 2], ["1", "2", "3", "4"], {}, { a: 1 }]
  ) {
    assertEquals(readBox(value), undefined);
  }
});

test("readBox() says what is wrong with a box that lacks an edge", () => {
  assertEquals(readBox({ west: 1, south: 2 }), {
    ok: false,
    problem: { path: [], message: "expected west, south, east and north as numbers" },
  });
  assertEquals(readBox({ spatial: { bbox: [[1, 9, 3, 4]] } }), {
    ok: false,
    problem: { path: ["spatial", "bbox"], message: "expected south before north, got 9 and 4" },
  });
});

test("countsInDegrees() knows the names of longitude and latitude", () => {
  const degrees = [undefined, null, 4326, "EPSG:4326", "epsg:4326", "WGS84", "WGS 84", "OGC:CRS84"];
  assertEquals(degrees.map(countsInDegrees), degrees.map(() => true));
  const others = [3857, 32631, "EPSG:3035", "EPSG:14326", "", {}, "UTM"];
  assertEquals(others.map(countsInDegrees), others.map(() => false));
});
