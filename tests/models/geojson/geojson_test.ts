import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  GeometryCollection,
  LineString,
  MultiLineString,
  MultiPoint,
  MultiPolygon,
  Point,
  Polygon,
  Position2D,
  Position3D,
} from "../../../src/models/geojson/geojson.ts";
import { test } from "../../support/test.ts";
import { problems } from "../support/problems.ts";
import { WIRE } from "../support/values.ts";

const MODELS = { LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon };

test("parse() of each geometry hands it back, and refuses the others", () => {
  for (const [name, model] of Object.entries(MODELS)) {
    for (const other of Object.keys(MODELS)) {
      const wire = Reflect.get(WIRE, other);
      if (name === other) assertStrictEquals(model.parse(wire), wire);
      else {
        assertEquals(
          problems(model, wire)[0],
          `type: expected "${name}", got the string "${other}"`,
        );
      }
    }
  }
});

test("parse() of a geometry keeps an absent and a null bbox apart", () => {
  const point = { type: "Point", coordinates: [1, 2] };
  assertEquals("bbox" in Point.parse(point), false);
  assertEquals(Point.parse({ ...point, bbox: null }).bbox, null);
  assertEquals(problems(Point, { ...point, bbox: [1, 2, 3, 4, 5] }), [
    "bbox: expected 4 or 6 items, got an array of 5",
  ]);
});

test("parse() of positions takes two or three finite numbers", () => {
  const point = (coordinates: unknown) => problems(Point, { type: "Point", coordinates });
  assertEquals(point([1, 2]), []);
  assertEquals(point([1, 2, 3]), []);
  assertEquals(point([1]), ["coordinates: expected 2 or 3 items, got an array of 1"]);
  assertEquals(point([1, 2, 3, 4]), ["coordinates: expected 2 or 3 items, got an array of 4"]);
  assertEquals(point("1,2"), ['coordinates: expected an array, got the string "1,2"']);
  assertEquals(point({ lon: 1, lat: 2 }), ["coordinates: expected an array, got an object"]);
  assertEquals(point([1, "2"]), ['coordinates[1]: expected a finite number, got the string "2"']);
  assertEquals(point([NaN, 2]), ["coordinates[0]: expected a finite number, got NaN"]);
  assertEquals(problems(Position2D, [1, 2, 3]), ["expected at most 2 items, got an array of 3"]);
  assertEquals(problems(Position3D, [1, 2]), ["expected at least 3 items, got an array of 2"]);
});

test("GeometryCollection.parse() reads collections in collections", () => {
  assertStrictEquals(GeometryCollection.parse(WIRE.GeometryCollection), WIRE.GeometryCollection);
  assertEquals(
    GeometryCollection.parse({ type: "GeometryCollection", geometries: [] }).geometries,
    [],
  );
});

test("GeometryCollection.parse() names the geometry that is wrong, and why", () => {
  const words =
    '"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"';
  assertEquals(
    problems(GeometryCollection, {
      type: "GeometryCollection",
      geometries: [
        WIRE.Polygon,
        { type: "Circle", coordinates: [1, 2] },
        { coordinates: [1, 2] },
        5,
        { type: "Polygon", coordinates: [[["12", 41]]] },
        { type: "GeometryCollection", geometries: [{ type: "LineString", coordinates: [[1]] }] },
      ],
    }),
    [
      `geometries[1].type: expected one of ${words}, got the string "Circle"`,
      `geometries[2].type: expected one of ${words}, got nothing`,
      "geometries[3]: expected an object, got the number 5",
      'geometries[4].coordinates[0][0][0]: expected a finite number, got the string "12"',
      "geometries[5].geometries[0].coordinates[0]: expected 2 or 3 items, got an array of 1",
    ],
  );
});
