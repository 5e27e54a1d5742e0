import { assertEquals } from "@std/assert";
import { readWkt } from "../../../src/geo/read/read_wkt.ts";
import { test } from "../../support/test.ts";

test("readWkt() keeps holes, heights and the reference system", () => {
  assertEquals(readWkt("SRID=32631;POLYGON Z ((1 2 3, 4 5 6), (7 8 9))"), {
    type: "Polygon",
    coordinates: [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9]]],
    crs: "EPSG:32631",
  });
});

test("readWkt() leaves other text alone", () => {
  for (
    const text of [
      "",
      "POLYGON",
      "POLYGON ((1 2)",
      "POLYGON (1 2))",
      "POINT (1 two)",
      "x POINT (1 2)",
    ]
  ) {
    assertEquals(readWkt(text), undefined);
  }
});
