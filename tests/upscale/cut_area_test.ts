import { assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../src/geo/box.ts";
import type { TileRequest } from "../../src/models/tiles.ts";
import {
  crowdAdvice,
  groupArea,
  groupBySquare,
  sizeIssues,
  valueOf,
} from "../../src/upscale/cut_area.ts";
import { test } from "../support/test.ts";
import { square } from "./areas.ts";

const grid = "20x20km" as const;
const requestOf = (aoi: TileRequest["aoi"]): TileRequest => ({ aoi, grid });

test("sizeIssues() counts all polygons together", () => {
  const requests = [requestOf(bboxToPolygon([4, 51, 4.3, 51.3])), requestOf(square(6, 51, 0.1))];
  assertEquals(sizeIssues(requests, { aoi: requests, grid, maxTiles: 7 }), []);
  assertEquals(sizeIssues(requests, { aoi: requests, grid, maxTiles: 6 }).map(({ path }) => path), [
    "aoi",
  ]);
});

test("sizeIssues() names another order of numbers only where it is much smaller", () => {
  const told = (aoi: readonly number[]) => {
    const [west = 0, south = 0, east = 0, north = 0] = aoi;
    const requests = [requestOf(bboxToPolygon([west, south, east, north]))];
    return sizeIssues(requests, { aoi, grid, maxTiles: 5 })[0]?.message.includes("xmin, xmax");
  };
  assertEquals([told([3.6, 3.8, 51, 51.1]), told([4, 41, 8, 45]), told([4, 51, 6, 53])], [
    true,
    false,
    false,
  ]);
});

test("groupBySquare() puts each polygon where its middle lies, and none twice", () => {
  const polygons = [square(4, 51, 0.01), square(4.05, 51.02, 0.01), square(4.5, 51, 0.01)];
  assertEquals(groupBySquare(polygons, grid).map(({ length }) => length), [2, 1]);
});

test("crowdAdvice() says nothing of few polygons, or of those that lie apart", () => {
  const some = (count: number, step: number) =>
    Array.from({ length: count }, (_, index) => requestOf(square(4 + index * step, 51, 0.001)));
  assertEquals(crowdAdvice(some(9, 0.001), grid), undefined);
  assertEquals(crowdAdvice(some(12, 0.5), grid), undefined);
  assertEquals(crowdAdvice(some(12, 0.001), grid)?.includes("in 1 square of the grid"), true);
});

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
