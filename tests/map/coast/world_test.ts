import { assert, assertEquals } from "@std/assert";
import { world } from "../../../src/map/coast/world.ts";
import { test } from "../../support/test.ts";

test("world holds every coast on the globe and on the plane, the finer one with more of both", () => {
  for (const { round, flat } of [world.coarse, world.fine]) {
    assertEquals(round.type, "MultiPolygon");
    assert(round.coordinates.length > 100 && flat.length >= round.coordinates.length);
    for (const { bounds: [west, south, east, north] } of flat) {
      assert(west <= east && south <= north && south >= -90 && north <= 90);
    }
  }
  assert(world.fine.flat.length > world.coarse.flat.length);
});

test("world holds the countries by name, each where it is", () => {
  const belgium = world.countries.find(({ name }) => name === "Belgium");
  const [west = 0, south = 0, east = 0, north = 0] = belgium?.rings[0]?.bounds ?? [];
  assert(west > 2 && west < 3 && east > 6 && east < 7, `${west} to ${east}`);
  assert(south > 49 && south < 50 && north > 51 && north < 52, `${south} to ${north}`);
  assert(world.countries.length > 150);
});
