import { assert, assertEquals } from "@std/assert";
import { formatCoordinate, graticuleOf, niceStep } from "../../src/map/graticule.ts";
import { projectionFor } from "../../src/map/projection.ts";
import { viewOf } from "../../src/map/view.ts";
import { test } from "../support/test.ts";

function labelsOver(
  west: number,
  south: number,
  east: number,
  north: number,
): Map<string, string[]> {
  const projection = projectionFor({ longitudes: [west, east], latitudes: [south, north] });
  const corners = [west, (west + east) / 2, east].flatMap((longitude) =>
    [south, north].map((latitude) => projection.project(longitude, latitude))
  );
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const view = viewOf(
    { x: [Math.min(...xs), Math.max(...xs)], y: [Math.min(...ys), Math.max(...ys)] },
    projection,
    12,
  );
  const { labels, lines } = graticuleOf(view);
  assert(lines.length < 20_000, String(lines.length));
  return new Map(
    [...Map.groupBy(labels, ({ side }) => side)].map((
      [side, some],
    ) => [side, some.map(({ text }) => text)]),
  );
}

test("niceStep() finds the steps that people count in", () => {
  assertEquals([0.00013, 0.03, 0.2, 0.7, 3, 6, 11, 20, 60].map(niceStep), [
    0.0002,
    0.05,
    0.2,
    1,
    5,
    10,
    15,
    30,
    90,
  ]);
});

test("formatCoordinate() writes as maps do", () => {
  const write = (degrees: number) => formatCoordinate(degrees, "longitude", 1);
  assertEquals([4.25, -4, 0, -0.01, 180, -180, 181, 540].map(write), [
    "4.3°E",
    "4.0°W",
    "0°",
    "0°",
    "180°",
    "180°",
    "179.0°W",
    "180°",
  ]);
  assertEquals(formatCoordinate(-41, "latitude", 0), "41°S");
});

test("graticuleOf() names meridians below and parallels at the left", () => {
  assertEquals(
    labelsOver(2.5, 49.5, 6.4, 51.5),
    new Map([
      ["bottom", ["3°E", "4°E", "5°E", "6°E"]],
      ["left", ["49.5°N", "50.0°N", "50.5°N", "51.0°N", "51.5°N"]],
    ]),
  );
});

test("graticuleOf() goes on over the antimeridian", () => {
  assertEquals(labelsOver(177, -19, 182, -16).get("bottom"), [
    "177°E",
    "178°E",
    "179°E",
    "180°",
    "179°W",
    "178°W",
  ]);
});

test("graticuleOf() has a few labels at every scale", () => {
  for (let size = 0.0005; size < 60; size *= 1.7) {
    const sides = labelsOver(10, 5, 10 + size, 5 + size / 2);
    for (const side of ["bottom", "left"]) {
      const amount = sides.get(side)?.length ?? 0;
      assert(amount >= 2 && amount <= 9, `${size}° ${side}: ${sides.get(side)}`);
    }
  }
});

test("graticuleOf() names meridians all around a pole, and parallels on the map", () => {
  const sides = labelsOver(-180, 70, 180, 90);
  assertEquals(sides.get("bottom")?.includes("0°"), true);
  assertEquals(sides.get("top")?.includes("180°"), true);
  assertEquals([sides.get("left")?.includes("90°W"), sides.get("right")?.includes("90°E")], [
    true,
    true,
  ]);
  assertEquals(sides.get("inside")?.every((text) => text.endsWith("°N")), true);
});
