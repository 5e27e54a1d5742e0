import { assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../../src/geo/bbox_to_polygon.ts";
import { findGeometry } from "../../../src/geo/read/find_geometry.ts";
import { test } from "../../support/test.ts";

const [a, b] = [[1, 2, 3, 4], [5, 6, 7, 8]] as const;

test("findGeometry() takes the dimension before all others", () => {
  assertEquals(findGeometry({ bbox: a, region: b }, "region"), bboxToPolygon(b));
});

test("findGeometry() takes the usual names in their order", () => {
  assertEquals(findGeometry({ aoi: a, spatial_extent: b }), bboxToPolygon(b));
  assertEquals(findGeometry({ geometry: a, bbox: "everywhere" }), bboxToPolygon(a));
});

test("findGeometry() takes GeoJSON under any name before numbers that only look like a box", () => {
  assertEquals(findGeometry({ percentiles: a, field: bboxToPolygon(b) }), bboxToPolygon(b));
  assertEquals(findGeometry({ bands: ["B04"], where: a }), bboxToPolygon(a));
});

test("findGeometry() finds none where there is none", () => {
  assertEquals(findGeometry({ resolution: 10, bands: ["B04"], aoi: null }, "bbox"), undefined);
});
