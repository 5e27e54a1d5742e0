import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bboxToPolygon } from "../../src/geo/box.ts";
import { countSquares, squareOf, toPlane } from "../../src/geo/squares.ts";
import type { Polygon, Position } from "../../src/models/geojson/geojson.ts";
import { splitTiles } from "../../src/sandbox/tiling/tiles.ts";
import { test } from "../support/test.ts";

test("countSquares() counts as many as the service makes of a box", async () => {
  const boxes = [[4, 51, 4.3, 51.3], [4, 51, 4.5, 51.3], [-60, -3, -58.2, -1], [
    10,
    70,
    14,
    72,
  ]] as const;
  for (const box of boxes) {
    const polygon = bboxToPolygon(box);
    const made = await splitTiles({ rings: polygon.coordinates, grid: "20x20km" });
    assertEquals(countSquares(polygon, "20x20km"), made?.geometries.length);
  }
});

test("countSquares() counts no fewer than the service makes of any other outline", async () => {
  const radii = fc.array(fc.double({ min: 0.05, max: 1.5, noNaN: true }), {
    minLength: 3,
    maxLength: 9,
  });
  await fc.assert(
    fc.asyncProperty(radii, fc.integer({ min: -60, max: 60 }), async (radii, latitude) => {
      const open = radii.map((radius, index): Position => {
        const angle = (2 * Math.PI * index) / radii.length;
        return [5 + radius * Math.cos(angle), latitude + radius * Math.sin(angle)];
      });
      const polygon: Polygon = { type: "Polygon", coordinates: [[...open, open[0] ?? [0, 0]]] };
      const made = await splitTiles({ rings: polygon.coordinates, grid: "20x20km" });
      const counted = countSquares(polygon, "20x20km");
      assert(made !== undefined && counted >= made.geometries.length, `${counted}`);
    }),
    { numRuns: 40 },
  );
});

test("countSquares() is much less than the bounding box of a long outline", () => {
  const ring: Position[] = [[0, 0], [0.2, 0], [10.2, 10], [10, 10], [0, 0]];
  const strip: Polygon = { type: "Polygon", coordinates: [ring] };
  const around = countSquares(bboxToPolygon([0, 0, 10.2, 10]), "20x20km");
  assert(countSquares(strip, "20x20km") * 10 < around);
});

test("countSquares() knows an area that has no width, and one as large as the world", () => {
  assertEquals(countSquares({ type: "Polygon", coordinates: [] }, "20x20km"), 0);
  assertEquals(countSquares(bboxToPolygon([1, 2, 1, 3]), "20x20km"), 0);
  assertEquals(countSquares(bboxToPolygon([-180, -85, 180, 85]), "20x20km"), 2004 * 1998);
  assertEquals(countSquares(bboxToPolygon([-180, -85, 180, 85]), "250x250km"), 161 * 160);
});

test("squareOf() tells squares apart", () => {
  const at = { origin: toPlane([4, 51]), grid: "20x20km" } as const;
  assertEquals(squareOf([4.01, 51.01], at), squareOf([4.1, 51.1], at));
  assertEquals(squareOf([4.01, 51.01], at), "0 0");
  assertEquals(squareOf([4.2, 51.01], at), "1 0");
  assertEquals(squareOf([3.9, 50.99], at), "-1 -1");
});
