import {
  boxLine,
  extentFields,
  geometriesTable,
} from "../../../../src/display/views/results/geometries.ts";
import type { Geometry } from "../../../../src/models/geojson/geojson.ts";
import { bboxToPolygon } from "../../../../src/geo/bbox_to_polygon.ts";
import { cornersOf } from "../../../../src/geo/corners.ts";
import { polygonToBbox } from "../../../../src/geo/polygon_to_bbox.ts";
import { assertEquals } from "@std/assert";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import { test } from "../../../support/test.ts";

const lines = (...geometries: readonly Geometry[]) =>
  String(geometriesTable({ type: "GeometryCollection", geometries })).split("\n");

test("geometriesTable() counts by type and tells the extent", () => {
  assertEquals(
    lines(
      { type: "Polygon", coordinates: [[[12, 41], [13, 41], [13, 42], [12, 41]]] },
      { type: "Polygon", coordinates: [[[10, 41, 5], [13, 41, 5], [13, 42, 5], [10, 41, 5]]] },
      {
        type: "GeometryCollection",
        geometries: [
          { type: "LineString", coordinates: [[14, 40], [14, 41]] },
          { type: "Point", coordinates: [-0.1234567, 40] },
        ],
      },
    ),
    [
      "3 geometries",
      "Types   2 Polygon · 1 GeometryCollection",
      "Extent  -0.12346, 40, 14, 42 (west, south, east, north)",
    ],
  );
});

test("geometriesTable() says when there is nothing", () => {
  assertEquals(lines(), ["No geometries"]);
  assertEquals(lines({ type: "MultiPolygon", coordinates: [] }), [
    "1 geometry",
    "Types   1 MultiPolygon",
    "Extent  no positions",
  ]);
});

test("geometriesTable() goes over the antimeridian as polygonToBbox() does", () => {
  const west = bboxToPolygon([179, 0, 180, 1]), east = bboxToPolygon([-180, 0, -179, 1]);
  assertEquals(lines(west, east).at(-1), "Extent  179, 0, -179, 1 (west, south, east, north)");
  const geometries = [west, east];
  assertEquals(polygonToBbox({ type: "GeometryCollection", geometries }), [179, 0, -179, 1]);
  assertEquals(
    cornersOf({ type: "GeometryCollection", geometries }),
    "GeometryCollection 179, 0 to -179, 1",
  );
});

test("boxLine() reads boxes of two and three dimensions", () => {
  const text = (box: readonly number[]) => textOf(fitLine(boxLine(box), 100));
  assertEquals(text([5, 51.2, 5.1, 51.3000001]), "5, 51.2, 5.1, 51.3 (west, south, east, north)");
  assertEquals(text([5, 51, -10, 6, 52, 900]), "5, 51, 6, 52 (west, south, east, north)");
  assertEquals(text([-180, -90, 180, 90]), "the whole world");
});

test("extentFields() tells the extent around all others, as far as there is one", () => {
  const text = (...args: Parameters<typeof extentFields>) =>
    extentFields(...args).map(({ label, lines }) =>
      `${label}: ${lines.map((line) => textOf(fitLine(line, 100)))}`
    );
  const begin = new Date("2025-05-01T00:00:00Z");
  const end = new Date("2025-06-01T12:00:00Z");
  assertEquals(
    text({ spatial: { bbox: [] }, temporal: { interval: [[begin, end], [null, null]] } }),
    [
      "When: 2025-05-01 → 2025-06-01 12:00:00 UTC",
    ],
  );
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [[null, end]] } }), [
    "When: open → 2025-06-01 12:00:00 UTC",
  ]);
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [[]] } }), ["When: not told"]);
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [] } }), []);
});
