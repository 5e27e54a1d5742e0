import { assertEquals } from "@std/assert";
import { parameterIssues, spatialParameters } from "../../../src/api/check/parameter_issues.ts";
import type { Parameter } from "../../../src/models/parameters.ts";
import { test } from "../../support/test.ts";

function parameter(
  name: string,
  type: string,
  rest: Partial<Pick<Parameter, "optional" | "default" | "options">> = {},
): Parameter {
  return { name, type, optional: true, description: "", default: null, options: [], ...rest };
}

const PARAMETERS: readonly Parameter[] = [
  parameter("bounding_box", "bounding-box", {
    default: { west: 4, south: 51, east: 5, north: 52 },
  }),
  parameter("field", "polygon"),
  parameter("temporal_extent", "date-interval", { optional: false }),
  parameter("day", "datetime"),
  parameter("resolution", "integer", { default: 0.5 }),
  parameter("factor", "double"),
  parameter("cloudy", "boolean"),
  parameter("bands", "array-string"),
  parameter("method", "string", { options: ["nearest", "bilinear"] }),
  parameter("name", "string", { default: null }),
  parameter("thing", "hologram"),
];
const TIME = ["2026-06-01", "2026-07-01"];
const BOX = { west: 3, south: 50, east: 4, north: 51 };
const POLYGON = {
  type: "Polygon",
  coordinates: [[[3, 50], [4, 50], [4, 51], [3, 51], [3, 50]]],
};

function found(given: object, label: "openeo" | "ogc_api_process" = "openeo"): string[] {
  const all = { temporal_extent: TIME, ...given };
  return parameterIssues(all, { parameters: PARAMETERS, label })
    .map(({ path, message }) => `${path.replace("parameters.", "")}: ${message}`);
}

const right: readonly object[] = [
  { bounding_box: BOX },
  { bounding_box: POLYGON },
  { field: POLYGON },
  { field: { type: "Feature", geometry: POLYGON, properties: {} } },
  { field: { type: "FeatureCollection", features: [{ type: "Feature", geometry: POLYGON }] } },
  { temporal_extent: [null, "2026-07-01"] },
  { day: "2026-06-01" },
  { day: "2026-06-01T10:00:00Z" },
  { resolution: 0.25, factor: 3, cloudy: false },
  { bands: [], method: "bilinear", name: null },
  { bands: ["B04"], thing: { any: "thing" }, day: undefined },
];
for (const given of right) {
  test(`parameterIssues() finds nothing wrong with ${JSON.stringify(given)}`, () =>
    assertEquals(found(given), []));
}

const wrong: readonly (readonly [given: object, ...issues: string[]])[] = [
  [
    { spatial_extent: BOX },
    'spatial_extent: the service takes no such parameter: it takes "bounding_box", "field", "temporal_extent", "day", "resolution", "factor", "cloudy", "bands", "method", "name", "thing"',
  ],
  [
    { boundingBox: BOX, resoluton: 5 },
    'boundingBox: the service takes no such parameter; did you mean "bounding_box"?',
    'resoluton: the service takes no such parameter; did you mean "resolution"?',
  ],
  [
    { temporal_extent: undefined },
    'temporal_extent: expected begin and end such as ["2026-06-01", "2026-07-01"], which the service needs, got nothing',
  ],
  [
    { bounding_box: [3, 50, 4, 51] },
    'bounding_box: expected a box { west, south, east, north }, got an array: write {"west":3,"south":50,"east":4,"north":51}',
  ],
  [
    { bounding_box: { ...BOX, crs: "EPSG:4326" } },
    "bounding_box.crs: Dispatch takes a box with its four corners alone: the corners have to be degrees (EPSG:4326), transform them first",
  ],
  [
    { bounding_box: null, field: null },
    "bounding_box: expected a box { west, south, east, north }, got null: leave it out",
  ],
  [
    { bounding_box: { type: "MultiPolygon", coordinates: [POLYGON.coordinates] } },
    "bounding_box: expected a box or a GeoJSON Polygon, got a MultiPolygon: give its box",
  ],
  [{ field: BOX }, "field: expected GeoJSON, got a box: make a polygon of it with bboxToPolygon()"],
  [{ resolution: "10" }, 'resolution: expected a number, got the string "10"'],
  [{ factor: "10" }, 'factor: expected a number, got the string "10"'],
  [{ cloudy: 1 }, "cloudy: expected true or false, got the number 1"],
  [{ bands: "B04" }, 'bands: expected a list of texts, got the string "B04"'],
  [{ bands: [["B04"]] }, "bands: expected a list of texts, got an array of 1"],
  [{ name: 5 }, "name: expected text, got the number 5"],
  [
    { method: "Bilinear" },
    'method: expected one of "nearest", "bilinear", got the string "Bilinear"; did you mean "bilinear"?',
  ],
  [
    { temporal_extent: "2026-06-01/2026-07-01" },
    'temporal_extent: expected begin and end such as ["2026-06-01", "2026-07-01"], got the string "2026-06-01/2026-07-01"',
  ],
  [{ namespace: "a" }, "namespace: the Dispatch service cannot pass on a parameter of this name"],
];
for (const [given, ...issues] of wrong) {
  test(`parameterIssues() says what is wrong with ${JSON.stringify(given)}`, () => {
    assertEquals(found(given), issues);
  });
}

test("parameterIssues() holds an OGC API to what its types tell, and no more", () => {
  const given = {
    bounding_box: [3, 50, 4, 51],
    field: BOX,
    temporal_extent: "2026-06-01/2026-07-01",
    day: "yesterday",
    name: { number: [5] },
    namespace: undefined,
  };
  assertEquals(found(given, "ogc_api_process"), []);
  assertEquals(found({ resolution: 0.5, bounding_box: "Ghent", field: null }, "ogc_api_process"), [
    "resolution: expected a whole number, got the number 0.5",
    'bounding_box: expected a box { west, south, east, north }, got the string "Ghent"',
    "field: expected a GeoJSON polygon, got null: leave it out",
  ]);
});

test("parameterIssues() takes a place under another name for the one place that there is", () => {
  const parameters = PARAMETERS.filter(({ name }) =>
    name !== "field" && name !== "temporal_extent"
  );
  assertEquals(parameterIssues({ aoi: BOX, colour: "red" }, { parameters, label: "openeo" }), [
    {
      path: "parameters.aoi",
      message: 'the service takes no such parameter; did you mean "bounding_box"?',
    },
    {
      path: "parameters.colour",
      message:
        'the service takes no such parameter: it takes "bounding_box", "day", "resolution", "factor", "cloudy", "bands", "method", "name", "thing"',
    },
  ]);
  assertEquals(parameterIssues({ a: 1 }, { parameters: [], label: "openeo" }), [
    { path: "parameters.a", message: "the service takes no parameters" },
  ]);
});

test("spatialParameters() are those that say where", () => {
  assertEquals(spatialParameters(PARAMETERS), ["bounding_box", "field"]);
});
