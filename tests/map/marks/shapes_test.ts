import { assert, assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../../src/geo/box.ts";
import {
  areaOf,
  boxAround,
  overlap,
  type PixelLine,
  planeBoxOf,
  shapeOf,
  stripsOf,
} from "../../../src/map/marks/shapes.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import type { Polygon } from "../../../src/models/geojson/geojson.ts";
import { test } from "../../support/test.ts";

const status = "running";

test("shapeOf() puts both sides of the antimeridian next to each other", () => {
  const projection = projectionFor({ longitudes: [179, 181], latitudes: [0, 1] });
  const boxes = [[179, 0, 180, 1], [-180, 0, -179, 1]] as const;
  const shapes = boxes.map((box) => shapeOf({ geometry: bboxToPolygon(box), status }, projection));
  const { x } = planeBoxOf(shapes);
  assert(Math.abs(x[1] - x[0] - 2 * Math.PI / 180) < 1e-9, String(x));
});

test("shapeOf() bends edges where the projection bends parallels", () => {
  const extent = { longitudes: [-73, -11], latitudes: [60, 83] } as const;
  const geometry = bboxToPolygon([-73, 60, -11, 83]);
  const { rings } = shapeOf({ geometry, status }, projectionFor(extent));
  assert((rings[0]?.length ?? 0) > 100);
});

test("shapeOf() leads a ring around a pole along the pole where that is a line", () => {
  const ring = [0, 90, 180, -90, 0].map((longitude): [number, number] => [longitude, 80]);
  const geometry: Polygon = { type: "Polygon", coordinates: [ring] };
  const projection = projectionFor({ longitudes: [-180, 180], latitudes: [-90, 90] });
  assertEquals(planeBoxOf([shapeOf({ geometry, status }, projection)]).y[1], Math.PI / 2);
});

const square = (x: number, y: number, side: number): PixelLine => [
  x,
  y,
  x + side,
  y,
  x + side,
  y + side,
  x,
  y + side,
];
const area = (...rings: readonly PixelLine[]) => ({ rings, box: boxAround(rings) });

test("boxAround() holds all lines, and areaOf() measures it", () => {
  const box = boxAround([square(0, 0, 10), square(20, 5, 10)]);
  assertEquals(box, { left: 0, top: 0, right: 30, bottom: 15 });
  assertEquals(areaOf(box), 450);
});

test("stripsOf() cuts upright strips, holes included, with nothing lost", () => {
  const strips = stripsOf([square(0, 0, 90), square(40, 40, 10)], 3);
  assertEquals(strips.map((rings) => rings.length), [1, 2, 1]);
  assertEquals(
    strips.map((rings) => boxAround(rings)),
    [0, 30, 60].map((left) => ({
      left,
      top: 0,
      right: left + 30,
      bottom: 90,
    })),
  );
});

test("stripsOf() cuts what is no rectangle", () => {
  const [left, right] = stripsOf([[0, 0, 20, 0, 0, 20]], 2);
  assertEquals(left?.map((ring) => boxAround([ring])), [{
    left: 0,
    top: 0,
    right: 10,
    bottom: 20,
  }]);
  assertEquals(right?.map((ring) => boxAround([ring])), [{
    left: 10,
    top: 0,
    right: 20,
    bottom: 10,
  }]);
});

test("overlap() tells what shares an area from what shares an edge", () => {
  assert(overlap(area(square(0, 0, 10)), area(square(5, 5, 10))));
  assert(overlap(area(square(0, 0, 100)), area(square(40, 40, 5))));
  assert(!overlap(area(square(0, 0, 10)), area(square(10, 0, 10))));
  assert(!overlap(area(square(0, 0, 10)), area(square(30, 0, 10))));
  // Tiles that a projection turned: their reaches overlap, they do not.
  const turned = (x: number, y: number): PixelLine => [
    ...[x, y, x + 10, y + 3],
    ...[x + 7, y + 13, x - 3, y + 10],
  ];
  assert(!overlap(area(turned(0, 0)), area(turned(10, 3))));
  // What lies in a hole lies over nothing.
  assert(!overlap(area(square(0, 0, 100), square(30, 30, 40)), area(square(40, 40, 10))));
});
