import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { inDegrees, shapesPicture } from "../../../src/results/preview/shapes.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { shapesOfGeojson } from "../../../src/results/tables/geojson.ts";
import { checkSvg } from "../../display/check_svg.ts";
import { test } from "../../support/test.ts";
import { expectedTables, fixture } from "../support/fixtures.ts";

const options = {
  by: undefined,
  range: undefined,
  palette: "viridis" as const,
  width: 640,
  atlas: undefined,
  title: "parcels",
  epsg: undefined,
};
const read = (name: string) =>
  shapesOfGeojson(JSON.parse(new TextDecoder().decode(fixture(`tables/${name}`))));

test("shapesPicture() colours by the first number, in degrees whatever the file is in", async () => {
  const { bounds } = expectedTables.parcels;
  for (const name of ["parcels.geojson", "parcels_utm_crs.geojson"]) {
    const found = read(name);
    if (found === undefined) throw new Error("no shapes");
    const { alt, svg } = await shapesPicture(found.shapes, { ...options, epsg: found.epsg });
    checkSvg(svg);
    assertStringIncludes(alt, "60 shapes; ndvi from 0.028 to 0.981");
    assertStringIncludes(alt, `${bounds[0]}°E to ${bounds[2]}°E, ${bounds[1]}°N to ${bounds[3]}°N`);
    assertStringIncludes(svg, "no value");
  }
});

test("shapesPicture() colours by the value that is named, and refuses one that there is not", async () => {
  const shapes = read("parcels.geojson")?.shapes ?? [];
  assertStringIncludes(
    (await shapesPicture(shapes, { ...options, by: "crop" })).alt,
    "crop from 0 to 4",
  );
  await assertRejects(
    () => shapesPicture(shapes, { ...options, by: "yield" }),
    ResultsError,
    "there are parcel, ndvi, crop, seen",
  );
  await assertRejects(
    () => shapesPicture([{ geometry: null, values: {} }], options),
    ResultsError,
    "none of its 1 row has a place",
  );
  await assertRejects(
    () => shapesPicture(shapes, { ...options, epsg: 2263 }),
    ResultsError,
    "EPSG:2263",
  );
});

test("shapesOfGeojson() reads collections, features and geometries, and the old crs member", () => {
  const point = { type: "Point", coordinates: [5, 51] };
  assertEquals(shapesOfGeojson(point)?.shapes.length, 1);
  assertEquals(
    shapesOfGeojson({ type: "Feature", geometry: point, properties: { a: 1 } })?.shapes[0]?.values,
    { a: 1 },
  );
  assertEquals(
    shapesOfGeojson({
      type: "FeatureCollection",
      features: [],
      crs: { properties: { name: "urn:ogc:def:crs:EPSG::3035" } },
    })?.epsg,
    3035,
  );
  assertEquals(
    shapesOfGeojson({
      type: "FeatureCollection",
      features: [],
      crs: { properties: { name: "urn:ogc:def:crs:OGC:1.3:CRS84" } },
    })?.epsg,
    undefined,
  );
  assert([null, 5, {}, { type: "x" }].every((value) => shapesOfGeojson(value) === undefined));
});

test("shapesPicture() says of coordinates that are no degrees that nothing says what they are", async () => {
  const geometry = { type: "Point", coordinates: [500_000, 5_680_000] };
  const error = await assertRejects(
    () => shapesPicture([{ geometry, values: {} }], options),
    ResultsError,
    "its coordinates are no degrees, and nothing says what they are",
  );
  assertStringIncludes(error.message, "ogr2ogr");
  const [moved] = await inDegrees([{ geometry, values: { a: 1 } }], 32_631, "parcels");
  assertStringIncludes(JSON.stringify(moved), ",51.27134");
  assertEquals(await inDegrees([{ geometry, values: {} }], undefined, "a"), [
    { geometry, values: {} },
  ]);
});

test("shapesPicture() colours by words where that is asked for", async () => {
  const at = (x: number, crop: string | null) => ({
    geometry: { type: "Point", coordinates: [x, 51] },
    values: { crop, id: x },
  });
  const shapes = [at(3, "wheat"), at(3.1, "maize"), at(3.2, "wheat"), at(3.3, null)];
  const { alt, svg } = await shapesPicture(shapes, { ...options, by: "crop" });
  checkSvg(svg);
  assertStringIncludes(alt, "wheat 67 %, maize 33 %");
  assertStringIncludes(svg, "no value");
});
