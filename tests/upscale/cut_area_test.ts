import { assertEquals } from "@std/assert";
import { groupArea, valueOf } from "../../src/upscale/cut_area.ts";
import { test } from "../support/test.ts";
import { square } from "./areas.ts";

test("groupArea() lays a box around the polygons of each square", () => {
  const polygons = [square(4, 51, 0.01), square(4.05, 51.02, 0.01), square(4.5, 51, 0.01)];
  const cut = groupArea(polygons.map((aoi) => ({ aoi, grid: "20x20km" as const })), "20x20km");
  assertEquals(cut.groups?.map(({ length }) => length), [2, 1]);
  const corners = cut.tiles.map(({ coordinates: [ring = []] }) => [ring[0], ring[2]]);
  assertEquals(
    corners[0],
    [[4, 51], [4.06, 51.03]].map((corner) => corner.map((n) => Number(n.toFixed(9)))),
  );
  assertEquals(valueOf(cut, 1, "bounding-box"), cut.tiles[1]);
  const value = Object(valueOf(cut, 0, "polygon"));
  assertEquals([value.type, value.features.length], ["FeatureCollection", 2]);
});

test("valueOf() is the tile where nothing was put together", () => {
  const tiles = [square(4, 51, 1)];
  assertEquals(valueOf({ tiles, touching: 0 }, 0, "polygon"), tiles[0]);
});
