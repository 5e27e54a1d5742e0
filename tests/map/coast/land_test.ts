import { assertEquals } from "@std/assert";
import { coastOf, countriesOf, drawFlat, flatten } from "../../../src/map/coast/land.ts";
import { createPen } from "../../../src/map/pen.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { type View, viewOf } from "../../../src/map/view.ts";
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

function viewOver(west: number, south: number, east: number, north: number): View {
  const projection = projectionFor({ longitudes: [west, east], latitudes: [south, north] });
  const [a, b] = [projection.project(west, south), projection.project(east, north)];
  return viewOf({ x: [a[0], b[0]], y: [a[1], b[1]] }, projection, 12);
}

test("flatten() runs on over the antimeridian, and closes what runs round a pole along it", () => {
  const [island, south] = flatten(coastOf(world));
  assertEquals(island?.bounds, [170, 0, 190, 10]);
  assertEquals(south?.places.slice(-3), [[180, -90], [-180, -90], [-180, -80]]);
});

test("drawFlat() draws land on whichever turn of the world the view is", () => {
  const land = flatten(coastOf(world)).slice(0, 1);
  const draw = (view: View) => {
    const pen = createPen();
    drawFlat(land, view, pen);
    return pen.end();
  };
  assertEquals(draw(viewOver(160, -5, 200, 15)), draw(viewOver(-200, -5, -160, 15)));
  assertEquals(draw(viewOver(160, -5, 200, 15)) === "", false);
  assertEquals(draw(viewOver(20, -5, 60, 15)), "");
});
