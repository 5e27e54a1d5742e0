import { assertEquals, assertThrows } from "@std/assert";
import { featuresIn, parseGeojson, shapesOfGeojson } from "../../../src/results/tables/geojson.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";

const point = { type: "Point", coordinates: [3, 51] };
const feature = { type: "Feature", geometry: point, properties: { a: 1, b: null, c: [1] } };

test("featuresIn() takes collections, features and geometries", () => {
  assertEquals(featuresIn({ type: "FeatureCollection", features: [feature, 5] }), [feature]);
  assertEquals(featuresIn(feature), [feature]);
  assertEquals(featuresIn(point), [{ geometry: point, properties: {} }]);
  for (const value of [{}, [], null, { type: "Topology" }]) {
    assertEquals(featuresIn(value), undefined);
  }
});

test("shapesOfGeojson() reads the old crs member in each of its spellings", () => {
  const named = (name: string) => ({ type: "name", properties: { name } });
  for (
    const [crs, epsg] of [
      [named("urn:ogc:def:crs:EPSG::32631"), 32_631],
      [named("urn:ogc:def:crs:EPSG:6.9:32631"), 32_631],
      [named("EPSG:32631"), 32_631],
      [named("http://www.opengis.net/def/crs/EPSG/0/32631"), 32_631],
      [{ type: "EPSG", properties: { code: 32_631 } }, 32_631],
      [named("urn:ogc:def:crs:OGC:1.3:CRS84"), undefined],
      [null, undefined],
      [undefined, undefined],
    ] as const
  ) {
    const found = shapesOfGeojson({ ...feature, crs });
    assertEquals([found?.epsg, found?.shapes.length], [epsg, 1]);
  }
});

test("shapesOfGeojson() says which coordinates nobody knows, and tells no address", () => {
  const own = { type: "name", properties: { name: "urn:ogc:def:crs:IAU::49900" } };
  assertThrows(
    () => shapesOfGeojson({ ...feature, crs: own }, "a.json"),
    ResultsError,
    "IAU::49900",
  );
  const link = { type: "link", properties: { href: "https://data.example.test/?token=hunter2" } };
  const error = assertThrows(
    () => shapesOfGeojson({ ...feature, crs: link }),
    ResultsError,
    "a link",
  );
  assertEquals(error.message.includes("hunter2"), false);
});

test("parseGeojson() reads features a line each, and nothing else that is not JSON", () => {
  const line = JSON.stringify(feature);
  assertEquals(parseGeojson(line), feature);
  for (const text of [`${line}\n${line}\n`, `\x1e${line}\n\x1e${line}`]) {
    assertEquals(shapesOfGeojson(parseGeojson(text))?.shapes.length, 2);
  }
  for (const text of ["{", "a\nb", `${line}\n{`]) {
    assertThrows(() => parseGeojson(text), SyntaxError);
  }
});
