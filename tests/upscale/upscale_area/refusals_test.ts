// Where upscaling of an area stops before anything is submitted.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthenticatedClient, type Issue, RequestInvalidError, upscaleArea } from "../../../mod.ts";
import { test } from "../../support/test.ts";
import { anyOptions, AREA, cutsInto, JOB, square } from "../areas.ts";

const EXPECTED = "expected a polygon, a feature of one, or a bounding box in degrees, got";
const point = { type: "Point", coordinates: [4, 51] };
const ring = [[4, 51], [5, 51], [5, 52], [4, 51]];

/** What is wrong, and the issues that must be told, each as its path and message. */
const REFUSED: readonly (readonly [what: string, changes: object, ...issues: string[]])[] = [
  ["no area", { aoi: undefined }, `aoi: ${EXPECTED} nothing`],
  ["null", { aoi: null }, `aoi: ${EXPECTED} null`],
  ["text", { aoi: "Ghent" }, `aoi: ${EXPECTED} the string "Ghent"`],
  ["an empty object", { aoi: {} }, `aoi: ${EXPECTED} an object`],
  ["an empty array", { aoi: [] }, `aoi: ${EXPECTED} an empty array`],
  ["a point", { aoi: point }, `aoi: ${EXPECTED} a Point, which covers nothing`],
  [
    "a line",
    { aoi: { type: "LineString", coordinates: ring } },
    `aoi: ${EXPECTED} a LineString, which covers nothing`,
  ],
  [
    "an unknown type",
    { aoi: { type: "Circle" } },
    `aoi: ${EXPECTED} an object of the type "Circle"`,
  ],
  [
    "an empty collection",
    { aoi: { type: "FeatureCollection", features: [] } },
    `aoi: ${EXPECTED} an empty FeatureCollection`,
  ],
  [
    "an empty polygon",
    { aoi: { type: "Polygon", coordinates: [] } },
    "aoi.coordinates: expected a list of rings or lines, got an empty array",
  ],
  [
    "metres",
    { aoi: { type: "Polygon", coordinates: [[[6e5, 5e6], [7e5, 5e6], [7e5, 6e6], [6e5, 5e6]]] } },
    "aoi.coordinates[0][0]: expected a longitude within ±180° and a latitude within ±90°, got [600000, 5000000]: these may be metres of a projected system such as UTM; transform them to longitude and latitude (EPSG:4326)",
  ],
  [
    "a box upside down",
    { aoi: [4, 52, 5, 51] },
    "aoi: expected south before north, got 52 and 51",
  ],
  [
    "a box of six numbers in metres",
    { aoi: [6e5, 5e6, 0, 7e5, 6e6, 9] },
    "aoi: expected latitudes within ±90°, got 5000000 and 6000000: these may be metres of a projected system such as UTM; transform them to longitude and latitude (EPSG:4326)",
  ],
  [
    "a box that lacks an edge",
    { aoi: { west: 4, south: 51, east: 5 } },
    "aoi: expected west, south, east and north as numbers",
  ],
  [
    "a box in another system",
    { aoi: { ...AREA, crs: "EPSG:32631" } },
    'aoi.crs: expected degrees (EPSG:4326), got a place in the reference system "EPSG:32631": transform it to longitude and latitude first',
  ],
  [
    "parts that nobody would compute",
    {
      aoi: {
        type: "FeatureCollection",
        features: [
          { type: "Feature", geometry: square(4, 51, 1), properties: {} },
          { type: "Feature", geometry: null, properties: {} },
          {
            type: "Feature",
            geometry: { type: "GeometryCollection", geometries: [square(4, 51, 1), point] },
            properties: {},
          },
          square(4, 51, 1),
        ],
      },
    },
    `aoi.features[1].geometry: ${EXPECTED} null`,
    `aoi.features[2].geometry.geometries[1]: ${EXPECTED} a Point, which covers nothing`,
  ],
  [
    "an area beyond the grid",
    { aoi: { type: "Polygon", coordinates: [[[12, 41], [13, 41], [13, 89], [12, 41]]] } },
    "aoi.coordinates[0][2]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 89: clip the area there",
  ],
  [
    "a box beyond the grid",
    { aoi: { west: 4, south: 80, east: 5, north: 90 } },
    "aoi: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 90: clip the area there",
  ],
  [
    "a box beyond the grid and over the antimeridian",
    { aoi: [170, -86, -170, -80] },
    "aoi: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got -86: clip the area there",
  ],
  [
    "one polygon of several beyond the grid",
    { aoi: { type: "GeometryCollection", geometries: [square(4, 51, 1), square(4, 85, 1)] } },
    "aoi.geometries[1].coordinates[0][2]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 86: clip the area there",
    "aoi.geometries[1].coordinates[0][3]: expected a latitude within ±85.06°, where the tiling grid (EPSG:3857) ends, got 86: clip the area there",
  ],
  [
    "an area around a pole",
    { aoi: { type: "Polygon", coordinates: [[[0, 80], [90, 80], [180, 80], [-90, 80], [0, 80]]] } },
    "aoi.coordinates[0][3]: expected an edge of one meaning: the one from [180, 80] to [-90, 80] is 270° long, or 90° over the antimeridian (±180°); for the long one put positions in between, at most 180° apart, for the short one go on beyond 180 (270 for -90), or cut the area there in two",
  ],
  [
    "a ring that is open",
    { aoi: { type: "Polygon", coordinates: [[[4, 51], [5, 51], [5, 52], [4, 52]]] } },
    "aoi.coordinates[0]: expected a closed ring, its last position like its first, got [4, 51] and [4, 52]",
  ],
  [
    "an unknown grid",
    { grid: "10x10km" },
    'grid: expected one of "20x20km", "250x250km", got the string "10x10km"; did you mean "20x20km"?',
  ],
  [
    "no grid, no title",
    { grid: undefined, request: { ...JOB, title: "" } },
    'grid: expected one of "20x20km", "250x250km", got nothing',
    "title: expected a title, got an empty string",
  ],
  [
    "an unnamed dimension",
    { dimension: " " },
    'dimension.name: expected the name of a parameter, got the string " "',
  ],
  [
    "a title that is too long for any job",
    { request: { ...JOB, title: "t".repeat(240) } },
    'title: expected at most 236 characters, because each job is called "{title} - Processing Job 1" and a longer one never appears, got 240',
  ],
  [
    "functions that are none",
    { confirm: Object("yes"), toValue: "bbox" },
    'toValue: expected a function, got the string "bbox"',
    "confirm: expected a function, or false for no question, got a String object",
  ],
];

for (const [what, changes, ...expected] of REFUSED) {
  test(`upscaleArea() refuses ${what} before anything is sent`, async () => {
    await using server = cutsInto(square(4, 51, 1));
    let tokens = 0;
    const token = () => `t0ken-${tokens++}`;
    const client = new AuthenticatedClient({ baseUrl: server.url, token });
    const error = await assertRejects(
      () => upscaleArea(client, anyOptions(changes)),
      RequestInvalidError,
    );
    assertEquals(error.issues.map(({ path, message }: Issue) => `${path}: ${message}`), expected);
    assert(error.message.startsWith("Cannot upscale the area"), error.message);
    assertEquals([server.seen.length, tokens], [0, 0]);
  });
}

test("upscaleArea() comes back from a collection that holds itself", async () => {
  const geometries: unknown[] = [];
  const aoi = { type: "GeometryCollection", geometries };
  geometries.push(aoi);
  const client = new AuthenticatedClient({ baseUrl: "http://127.0.0.1:9", token: "t0ken" });
  await assertRejects(() => upscaleArea(client, anyOptions({ aoi })), RequestInvalidError);
});

test("upscaleArea() submits nothing for an area without a tile", async () => {
  for (const geometries of [[], [{ type: "Point", coordinates: [4, 51] } as const]]) {
    await using server = cutsInto(...geometries);
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    const error = await assertRejects(() => upscaleArea(client, anyOptions()), RequestInvalidError);
    assertEquals(error.issues, [{
      path: "aoi",
      message: "expected an area that covers some of the grid, got one without any",
    }]);
    assertEquals(server.seen.map(({ path }) => path), ["/params", "/tiles"]);
  }
});

test("upscaleArea() refuses a title that is too long for the number of jobs", async () => {
  await using server = cutsInto(...Array.from({ length: 12 }, (_, index) => square(index, 51, 1)));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const run = (length: number) =>
    upscaleArea(client, anyOptions({ request: { ...JOB, title: "t".repeat(length) } }));
  const error = await assertRejects(() => run(236), RequestInvalidError, "at most 235 characters");
  assertEquals(error.issues.map(({ path }: Issue) => path), ["title"]);
  assertEquals(server.seen.map(({ path }) => path), ["/params", "/tiles"]);
  assertEquals((await run(235)).task?.id, 7);
});
