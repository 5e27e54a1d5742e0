import { assert, assertEquals } from "@std/assert";
import type { Geometry, Position } from "../../../src/models/geojson/geojson.ts";
import { TopologyError } from "../../../src/sandbox/tiling/noding.ts";
import { splitTiles } from "../../../src/sandbox/tiling/tiles.ts";
import { test } from "../../support/test.ts";
import { at, send, stage } from "../support.ts";

function box(west: number, south: number, east: number, north: number): Position[] {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}

function positionsOf(geometry: Geometry): readonly Position[] {
  if (geometry.type !== "Polygon") throw new TypeError(`expected a polygon: ${geometry.type}`);
  return geometry.coordinates.flat();
}

test("splitTiles() goes by columns from the south-west corner", async () => {
  const tiles = await splitTiles({ rings: [box(0, 0, 0.3, 0.3)], grid: "20x20km" });
  const corners = tiles?.geometries.map((geometry) => {
    const positions = positionsOf(geometry);
    const west = Math.min(...positions.map(([longitude]) => longitude));
    const south = Math.min(...positions.map(([, latitude]) => latitude));
    return [Math.round(west * 100) / 100, Math.round(south * 100) / 100];
  });
  assertEquals(corners, [[0, 0], [0, 0.18], [0.18, 0], [0.18, 0.18]]);
});

test("splitTiles() makes squares in EPSG:3857, which shrink towards the poles", async () => {
  const height = async (south: number) => {
    const rings = [box(0, south, 0.2, south + 0.5)];
    const tiles = await splitTiles({ rings, grid: "20x20km" });
    const latitudes = positionsOf(tiles?.geometries[0] ?? { type: "Polygon", coordinates: [] })
      .map(([, latitude]) => latitude);
    return Math.max(...latitudes) - Math.min(...latitudes);
  };
  const ratio = (await height(60)) / (await height(0));
  assert(Math.abs(ratio - Math.cos(60.05 * Math.PI / 180)) < 1e-3, String(ratio));
});

test("splitTiles() keeps the third dimension", async () => {
  const rings = [box(0, 0, 0.3, 0.1).map(([x, y]): Position => [x, y, 100])];
  const tiles = await splitTiles({ rings, grid: "20x20km" });
  const heights = tiles?.geometries.flatMap((tile) => positionsOf(tile).map(([, , z]) => z));
  assertEquals(new Set(heights), new Set([100]));
});

test("splitTiles() has no tile for nothing", async () => {
  const empty = { type: "GeometryCollection" as const, geometries: [] };
  assertEquals(await splitTiles({ rings: [], grid: "20x20km" }), empty);
});

test("splitTiles() gives up where the service would hang", async () => {
  const areas = [
    box(0, 80, 1, 90),
    box(0, -90, 1, -80),
    box(0, 80, 1, 120),
    box(-179, 0, 179, 1),
    box(-180, -85, 180, 85),
  ];
  for (const area of areas) {
    assertEquals(await splitTiles({ rings: [area], grid: "20x20km" }), undefined);
  }
  assertEquals(await splitTiles({ rings: [box(0, 80, 1, 90)], grid: "250x250km" }), undefined);
});

test("splitTiles() cuts a ring of 50,000 positions", async () => {
  const ring = Array.from({ length: 50_000 }, (_, index): Position => {
    const angle = index / 25_000 * Math.PI;
    const radius = index % 2 === 0 ? 1.5 : 1.4999;
    return [5 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
  });
  const [first = [0, 0]] = ring;
  const tiles = await splitTiles({ rings: [[...ring, first]], grid: "250x250km" });
  assertEquals(tiles?.geometries.length, 5);
});

test("splitTiles() makes tiles or a TopologyError of any rings on a lattice", async () => {
  // Everything there is touches, overlaps or crosses; the numbers are the same at each run.
  let seed = 1;
  const next = (count: number) => (seed = (seed * 48_271) % 2_147_483_647) % count;
  const step = 0.17966305682390427;
  const ends = { tiles: 0, error: 0 };
  for (let round = 0; round < 1500; round++) {
    const rings = Array.from({ length: 1 + next(3) }, () => {
      const ring = Array.from(
        { length: 3 + next(6) },
        (): Position => [next(5) * step, next(4) * step],
      );
      return [...ring, ring[0] ?? [0, 0]];
    });
    try {
      const tiles = await splitTiles({ rings, grid: "20x20km" });
      const numbers = JSON.stringify(tiles);
      assert(!numbers.includes("null"), numbers);
      ends.tiles++;
    } catch (error) {
      assert(error instanceof TopologyError, `${JSON.stringify(rings)}: ${error}`);
      ends.error++;
    }
  }
  assert(ends.tiles > 100 && ends.error > 100, JSON.stringify(ends));
});

test("splitTiles() lets other work have its turn", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  const tiles = await splitTiles({ rings: [box(0, 0, 10, 8)], grid: "20x20km" });
  clearInterval(timer);
  assert((tiles?.geometries.length ?? 0) > 2000);
  assert(turns > 0, String(turns));
});

function request(coordinates: unknown): { json: object } {
  return { json: { aoi: { type: "Polygon", coordinates }, grid: "20x20km" } };
}

test("splitArea refuses a ring that is open", async () => {
  await using on = stage();
  const ring = [[4, 51], [5, 51], [5, 51.6], [4, 51.6]];
  const reply = await send(on.sandbox, "POST /tiles", request([ring]));
  assertEquals([reply.status, at(reply.body, "details", "errors", 0)], [422, {
    type: "value_error",
    loc: ["body", "aoi", "coordinates"],
    msg: "Value error, All linear rings have the same start and end coordinates",
    input: [ring],
  }]);
});

test("splitArea fails on a ring that crosses itself", async () => {
  await using on = stage();
  const ring = [[4, 51], [5, 51.6], [5, 51], [4, 51.6], [4, 51]];
  const reply = await send(on.sandbox, "POST /tiles", request([ring]));
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assertEquals(at(reply.body, "message"), "An error occurred while calculating tiles for 20x20km");
  assert(String(at(reply.body, "details", "error")).startsWith("TopologyException"));
});

test("splitArea answers empty coordinates with an empty list", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /tiles", request([]));
  assertEquals([reply.status, reply.body], [201, { type: "GeometryCollection", geometries: [] }]);
});

test("splitArea answers for a proxy where the service would hang", async () => {
  await using on = stage();
  const ring = [[0, 80], [1, 80], [1, 90], [0, 80]];
  const reply = await send(on.sandbox, "POST /tiles", request([ring]));
  assertEquals([reply.status, reply.text], [504, "upstream request timeout"]);
  assertEquals(reply.headers.get("content-type"), "text/plain");
});

test("splitArea makes tiles of what is not valid and does not cross, as the service does", async () => {
  await using on = stage();
  const box = [[4, 50], [6, 50], [6, 52], [4, 52], [4, 50]];
  const hole = [[4.5, 50.5], [5.5, 50.5], [5.5, 51.5], [4.5, 51.5], [4.5, 50.5]];
  const sharing = [[4, 50.5], [4, 51.5], [5, 51.5], [5, 50.5], [4, 50.5]];
  const eight = [[4, 50], [6, 50], [5, 51], [6, 52], [4, 52], [5, 51], [4, 50]];
  const spike = [[4, 50], [6, 50], [6.5, 50.5], [6, 50], [6, 52], [4, 52], [4, 50]];
  for (const rings of [[eight], [spike], [box, sharing], [box, hole, hole]]) {
    const reply = await send(on.sandbox, "POST /tiles", request(rings));
    assertEquals(reply.status, 201, reply.text.slice(0, 200));
  }
});
