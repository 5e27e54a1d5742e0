import { assertEquals } from "@std/assert";
import { coastOf, countriesOf } from "../../../src/map/coast/topology.ts";
import { test } from "../../support/test.ts";

const world = {
  transform: { scale: [1, 1], translate: [-180, -90] },
  arcs: [
    // From 170 to 180, down, and the way back over -170: an island on the antimeridian.
    [[350, 90], [0, 10], [10, 0]],
    [[0, 100], [10, 0], [0, -10], [-20, 0]],
    // Once round the south.
    [[0, 10], [120, 0], [120, 0], [120, 0]],
  ],
  objects: { land: { geometries: [{ arcs: [[[0, 1]], [[2]], [[~2]]] }] } },
};

test("coastOf() puts lines together to rings, forwards and backwards", () => {
  const { coordinates: [island, south, back] } = coastOf(world);
  assertEquals(island, [[[170, 0], [170, 10], [180, 10], [-170, 10], [-170, 0], [-190, 0]]]);
  assertEquals(back?.[0], south?.[0]?.toReversed());
});

test("countriesOf() names each country, of one piece or of several", () => {
  const properties = { name: "Atlantis" };
  const geometries = [
    { type: "Polygon", arcs: [[0, 1]], properties },
    { type: "MultiPolygon", arcs: [[[0, 1]], [[2]]], properties: { name: "Two" } },
  ];
  const [one, two] = countriesOf({ ...world, objects: { countries: { geometries } } });
  assertEquals([one?.[0], two?.[0]], ["Atlantis", "Two"]);
  assertEquals(one?.[1].coordinates, coastOf(world).coordinates.slice(0, 1));
  assertEquals(two?.[1].coordinates, coastOf(world).coordinates.slice(0, 2));
});
