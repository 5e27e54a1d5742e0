import { assertEquals } from "@std/assert";
import { geojsonIssues } from "../../../src/geo/read/geojson_issues.ts";
import { test } from "../../support/test.ts";

const lines = (issues: readonly { readonly path: string; readonly message: string }[]) =>
  issues.map(({ path, message }) => `${path}: ${message}`);

test("geojsonIssues() passes GeoJSON of every kind", () => {
  const ring = [[5, 51], [6, 51], [6, 52], [5, 51]];
  for (
    const value of [
      { type: "Point", coordinates: [5, 51] },
      { type: "MultiPoint", coordinates: [[5, 51]] },
      { type: "Polygon", coordinates: [ring] },
      { type: "MultiPolygon", coordinates: [[ring]] },
      { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } },
      {
        type: "FeatureCollection",
        features: [{ type: "Feature", geometry: { type: "Polygon", coordinates: [ring] } }],
      },
      { type: "GeometryCollection", geometries: [{ type: "LineString", coordinates: ring }] },
    ]
  ) assertEquals(geojsonIssues(value, ["geometry"]), [], value.type);
});

test("geojsonIssues() names what is wrong with a place", () => {
  const of = (value: unknown) => lines(geojsonIssues(value, ["g"]));
  const polygon = (ring: unknown) => of({ type: "Polygon", coordinates: [ring] });
  assertEquals(polygon([[51, 5.5], [200, 6], [6, 52], [51, 5.5]]), [
    "g.coordinates[0][1]: expected degrees [longitude, latitude], got [200,6]",
  ]);
  assertEquals(
    polygon([[51, 105], [52, 105], [52, 106], [51, 105]])[0],
    "g.coordinates[0][0]: expected degrees [longitude, latitude], got [51,105]: they look swapped",
  );
  assertEquals(polygon([[5, 51], [6, 51], [6, 52], [5, 52]]), [
    "g.coordinates[0]: expected a closed ring, its last position like its first, got [5,51] and [5,52]",
  ]);
  assertEquals(polygon([[5, 51], [6, 51], [5, 51]]), [
    "g.coordinates[0]: expected at least 4 positions, the last like the first, got 3",
  ]);
  assertEquals(of({ type: "Polygone", coordinates: [] }), [
    'g.type: expected a kind of GeoJSON, got "Polygone"; did you mean "Polygon"?',
  ]);
  assertEquals(of({ type: "FeatureCollection", features: [] }), [
    "g.features: expected at least one, got an empty array",
  ]);
  assertEquals(
    of({ type: "Polygon", coordinates: [[5, 51]] })[0],
    "g.coordinates[0][0]: expected coordinates, got the number 5".replace(
      "coordinates, got",
      "coordinates, got",
    ),
  );
  assertEquals(of("POINT (5 51)"), [
    'g: expected GeoJSON with a type, got the string "POINT (5 51)"',
  ]);
  assertEquals(of({ type: "Feature", geometry: null }), [
    "g.geometry: expected GeoJSON with a type, got null",
  ]);
});

test("geojsonIssues() names five problems of many, and ends", () => {
  const bad = Array.from({ length: 100_000 }, () => [500, 500]);
  assertEquals(geojsonIssues({ type: "MultiPoint", coordinates: bad }, ["g"]).length, 5);
  const loop: Record<string, unknown> = { type: "GeometryCollection" };
  loop.geometries = [loop];
  assertEquals(geojsonIssues(loop, ["g"]).length, 1);
});

test("geojsonIssues() wants features in a collection of features, and geometries in one of geometries", () => {
  const polygon = { type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] };
  assertEquals(lines(geojsonIssues({ type: "FeatureCollection", features: [polygon] }, ["g"])), [
    'g.features[0]: expected a Feature, got a Polygon: write { type: "Feature", properties: {}, geometry }',
  ]);
  const feature = { type: "Feature", properties: {}, geometry: polygon };
  assertEquals(lines(geojsonIssues({ type: "GeometryCollection", geometries: [feature] }, ["g"])), [
    "g.geometries[0]: expected a geometry, got a Feature",
  ]);
  assertEquals(geojsonIssues({ type: "FeatureCollection", features: [feature] }, ["g"]), []);
  assertEquals(lines(geojsonIssues({ type: "constructor" }, ["g"])), [
    'g.type: expected a kind of GeoJSON, got "constructor"',
  ]);
});
