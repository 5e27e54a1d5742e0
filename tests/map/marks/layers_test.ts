import { assert, assertEquals } from "@std/assert";
import { layersOf } from "../../../src/map/marks/layers.ts";
import { planeBoxOf, type Shape, shapeOf } from "../../../src/map/marks/shapes.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { viewOf } from "../../../src/map/view.ts";
import { bboxToPolygon } from "../../../src/geo/box.ts";
import { test } from "../../support/test.ts";

type Box = readonly [west: number, south: number, east: number, north: number];

function layers(boxes: readonly (readonly [box: Box, status: string])[], room?: number) {
  const projection = projectionFor({ longitudes: [4, 6], latitudes: [50, 52] });
  const shapes = boxes.map(([box, status]): Shape =>
    shapeOf({ geometry: bboxToPolygon([...box]), status }, projection)
  );
  return layersOf(shapes, viewOf(planeBoxOf(shapes), projection, shapes.length), room);
}

test("layersOf() paints those to act on last, each with its mark", () => {
  const painted = layers([[[4, 50, 5, 51], "failed"], [[5, 50, 6, 51], "finished"]]);
  assertEquals(painted.layers.at(-1)?.look.name, "failed");
  assertEquals(painted.layers.map(({ marks }) => marks.length), [1, 1]);
  assertEquals([painted.merged, painted.hidden, painted.edges], [false, 0, ""]);
  assert(painted.markSize > 0);
});

test("layersOf() lets jobs over one spot share it, up to eight of them", () => {
  const here: Box = [4, 50, 5, 51];
  const all = (amount: number) =>
    layers(Array.from({ length: amount }, (_, index) => [here, index === 0 ? "failed" : "queued"]));
  assertEquals(all(2).hidden, 0);
  const many = all(9);
  assertEquals(many.hidden, 8);
  assertEquals(many.layers.map(({ look }) => look.name), ["failed"]);
});

test("layersOf() paints the edges of what lies over something else", () => {
  const over = layers([[[4, 50, 5, 51], "finished"], [[4.5, 50.5, 5.5, 51.5], "finished"]]);
  assert(over.edges !== "");
});

test("layersOf() merges what there is no room for, and what is too much to be told apart", () => {
  const boxes = Array.from({ length: 501 }, (_, index): readonly [Box, string] => {
    const [x, y] = [4 + (index % 25) / 25, 50 + Math.floor(index / 25) / 25];
    return [[x, y, x + 0.04, y + 0.04], "finished"];
  });
  assertEquals(layers(boxes.slice(0, 500)).merged, false);
  for (const painted of [layers(boxes), layers(boxes.slice(0, 500), 5_000)]) {
    assertEquals([painted.merged, painted.markSize], [true, 0]);
    assertEquals(painted.layers.map(({ look }) => look.name), ["finished"]);
  }
});
