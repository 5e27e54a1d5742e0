import { assert, assertEquals, assertMatch } from "@std/assert";
import { loadAtlas } from "../../../src/map/coast/atlas.ts";
import type { Place } from "../../../src/map/coast/place.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { viewOf } from "../../../src/map/view.ts";
import { test } from "../../support/test.ts";

const atlas = await loadAtlas();

/** The place of a view about a point, so many degrees from edge to edge. */
function placeAt(longitude: number, latitude: number, size = 0.5): Place | undefined {
  const half = size / 2;
  const extent = {
    longitudes: [longitude - half, longitude + half],
    latitudes: [latitude - half, latitude + half],
  } as const;
  const projection = projectionFor(extent);
  const corner = (x: number, y: number) => projection.project(longitude + x, latitude + y);
  const [left, bottom] = corner(-half, -half);
  const [right, top] = corner(half, half);
  return atlas.place(viewOf({ x: [left, right], y: [bottom, top] }, projection, 12));
}

test("placeOf() names the country, and how far the coast is when none is in view", () => {
  const inland: readonly (readonly [number, number, string, RegExp])[] = [
    [3.6, 50.9, "Belgium", /^coast [3-6][05] km north/],
    [46.5, -18.5, "Madagascar", /^coast 2\d0 km/],
    [-99, 40, "United States of America", /^coast \d{3,4}0? km south/],
    [149.1, -35.3, "Australia", /^coast 1\d0 km (?:south-)?east/],
    [101.7, 36.6, "China", /^coast 1\d00 km/],
  ];
  for (const [longitude, latitude, country, coast] of inland) {
    const place = placeAt(longitude, latitude);
    assertEquals(place?.where, country);
    assertMatch(place?.nearest ?? "", coast);
  }
});

test("placeOf() says no distance of a coast that is in view", () => {
  assertEquals(placeAt(12.5, 41.8, 2), { where: "Italy" });
});

test("placeOf() names the nearest country at sea, over the antimeridian too", () => {
  const atlantic = placeAt(-30, 40);
  assertEquals(atlantic?.where, "Open sea");
  assertMatch(atlantic?.nearest ?? "", /^1\d00 km off (?:Spain|Portugal)$/);
  const pacific = placeAt(-178, -25);
  assertEquals(pacific?.where, "Open sea");
  assertMatch(pacific?.nearest ?? "", /^\d{3}0? km off Fiji$/);
});

test("placeOf() is content with what the coarse outlines of countries leave out", () => {
  // Texel lies off the outline of the Netherlands.
  assertEquals(placeAt(4.85, 53.08, 0.1)?.where, "Netherlands");
});

test("placeOf() names nothing of what holds half a continent, or a pole", () => {
  assertEquals(placeAt(10, 50, 60), undefined);
  assertEquals(placeAt(10, 89.5, 0.5), undefined);
});

test("placeOf() counts in as many digits as the atlas can tell", () => {
  for (const [longitude, latitude] of [[3.6, 50.9], [46.5, -18.5], [101.7, 36.6]] as const) {
    const [, digits = ""] = placeAt(longitude, latitude)?.nearest?.match(/(\d+) km/) ?? [];
    const whole = Number(digits);
    assert(whole % (whole < 100 ? 5 : whole < 1_000 ? 10 : 100) === 0, digits);
  }
});
