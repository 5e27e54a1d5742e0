import { assertEquals, assertMatch } from "@std/assert";
import { findSwap, readArea } from "../../src/upscale/read_area.ts";
import { test } from "../support/test.ts";
import { square } from "./areas.ts";

const options = { grid: "20x20km" } as const;

async function problems(aoi: unknown): Promise<string[]> {
  const reading = await readArea(aoi, options);
  if (reading.ok) throw new Error(`it was read: ${JSON.stringify(reading.requests)}`);
  return reading.issues.map(({ path, message }) => `${path}: ${message}`);
}

async function amount(aoi: unknown): Promise<number> {
  const reading = await readArea(aoi, options);
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  for (const { aoi, grid } of reading.requests) {
    assertEquals([aoi.type, grid], ["Polygon", "20x20km"]);
  }
  return reading.requests.length;
}

test("readArea() makes a request of each polygon, however it is written", async () => {
  assertEquals(await amount(square(4, 51, 1)), 1);
  assertEquals(await amount({ west: 4, south: 51, east: 5, north: 52 }), 1);
  assertEquals(await amount([4, 51, 5, 52]), 1);
  const coordinates = [square(4, 51, 1), square(8, 51, 1)].map(({ coordinates }) => coordinates);
  assertEquals(await amount({ type: "MultiPolygon", coordinates }), 2);
});

test("readArea() makes two of one that runs over the antimeridian", async () => {
  assertEquals(await amount({ west: 179, south: 51, east: -179, north: 52 }), 2);
});

test("readArea() passes over no part: each that covers nothing is named by its path", async () => {
  const feature = (geometry: unknown) => ({ type: "Feature", properties: {}, geometry });
  const features = [square(4, 51, 1), { type: "Point", coordinates: [4, 51] }].map(feature);
  const [problem, ...others] = await problems({ type: "FeatureCollection", features });
  assertEquals(others, []);
  assertMatch(
    String(problem),
    /^aoi\.features\[1\].*: expected a polygon, .* got a Point, which covers nothing$/,
  );
  assertMatch(
    String(await problems({ type: "FeatureCollection", features: [] })),
    /^aoi: expected a polygon, .* got an empty FeatureCollection$/,
  );
});

test("readArea() refuses what can be read two ways, and names both", async () => {
  const [wide] = await problems({ west: 20, south: 51, east: 10, north: 52 });
  assertMatch(
    String(wide),
    /350° wide, round the back of the world; for the 10° between them write west 10 and east 20/,
  );
  const ring = [[-100, 0], [100, 0], [100, 10], [-100, 10], [-100, 0]];
  const edges = await problems({ type: "Polygon", coordinates: [ring] });
  assertMatch(
    String(edges[0]),
    /^aoi\.coordinates\[0\]\[1\]: .* is 200° long, or 160° over the antimeridian/,
  );
  assertEquals(edges.length, 2);
});

test("readArea() takes an edge that runs on beyond 180, and says to write one so", async () => {
  const ring = [[170, 0], [190, 0], [190, 10], [170, 10], [170, 0]];
  assertEquals(await amount({ type: "Polygon", coordinates: [ring] }), 2);
  const back = ring.map(([x = 0, y]) => [x > 180 ? x - 360 : x, y]);
  const [edge] = await problems({ type: "Polygon", coordinates: [back] });
  assertMatch(String(edge), /for the short one go on beyond 180 \(190 for -170\)/);
});

test("readArea() points at the position that the service would choke on, where its owner knows it", async () => {
  const bowTie = [[4, 51], [5, 52], [5, 51], [4, 52], [4, 51]];
  const [inPolygon] = await problems({ type: "Polygon", coordinates: [bowTie] });
  assertMatch(String(inPolygon), /^aoi\.coordinates\[0\]/);
  const inBox = await problems({ west: 4, south: 86, east: 5, north: 87 });
  assertEquals(inBox.map((problem) => problem.split(":")[0]), ["aoi", "aoi"]);
});

test("readArea() says a problem once, however many polygons have it", async () => {
  const grid = Object("7x7km").toString();
  const reading = await readArea(
    {
      type: "MultiPolygon",
      coordinates: [square(4, 51, 1), square(8, 51, 1)].map(({ coordinates }) => coordinates),
    },
    { grid },
  );
  assertEquals(reading.ok ? [] : reading.issues.map(({ path }) => path), ["grid"]);
});

test("readArea() ends with the signal's reason", async () => {
  const signal = AbortSignal.abort("enough");
  const thrown = await readArea(square(4, 51, 1), { ...options, signal }).then(
    () => "it was read",
    (reason: unknown) => reason,
  );
  assertEquals(thrown, "enough");
});

const swapped = async (west: number, south: number, width = 0.2) =>
  await findSwap([{ aoi: square(west, south, width), grid: "20x20km" }]) !== undefined;

test("findSwap() finds land that became sea, and believes everything else", async () => {
  // Ghent, Oslo, La Paz and Canberra with latitude first.
  assertEquals(await Promise.all([swapped(51, 3.6), swapped(59.8, 10.6), swapped(-16.6, -68.2)]), [
    true,
    true,
    true,
  ]);
  // On land, on sea either way, too large to say.
  assertEquals(await Promise.all([swapped(3.6, 51), swapped(3, 56), swapped(40, 0, 25)]), [
    false,
    false,
    false,
  ]);
});
