import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { projectionFor } from "../../src/map/projection.ts";
import { test } from "../support/test.ts";

const extents = [
  ["mercator", [2.5, 6.4], [49.5, 51.5]],
  ["mercator", [-18, 52], [-35, 37]],
  ["mercator", [176, 181], [-20, -16]],
  ["mercator", [10, 34], [76, 81]],
  ["azimuthal", [-73, -11], [60, 83.5]],
  ["azimuthal", [-141, -52], [42, 83]],
  ["azimuthal", [-180, 180], [-90, -60]],
  ["plate", [-180, 180], [-90, 90]],
  ["plate", [-180, 180], [0, 90]],
] as const;

for (const [kind, longitudes, latitudes] of extents) {
  const name = `${longitudes.join("..")} by ${latitudes.join("..")}`;
  test(`projectionFor() draws ${name} by ${kind}, and finds every place again`, () => {
    const projection = projectionFor({ longitudes, latitudes });
    assertEquals(projection.kind, kind);
    const within = ([least, most]: readonly [number, number]) =>
      fc.double({ min: least + 1e-3, max: most - 1e-3, noNaN: true });
    fc.assert(fc.property(within(longitudes), within(latitudes), (longitude, latitude) => {
      const found = projection.invert(...projection.project(longitude, latitude));
      assert(Math.abs(found[0] - longitude) < 1e-6, `${longitude}: ${found[0]}`);
      assert(Math.abs(found[1] - latitude) < 1e-6, `${latitude}: ${found[1]}`);
    }));
  });
}

/** The little of d3-geo that is compared with. */
interface D3 {
  geoProjection(raw: unknown): {
    rotate(angles: readonly number[]): {
      scale(scale: number): {
        translate(point: readonly number[]): (place: readonly number[]) => [number, number] | null;
      };
    };
  };
}

test("projectionFor() and d3-geo put every place on the same spot", async () => {
  const d3: D3 = await import("d3-geo");
  for (const [, longitudes, latitudes] of extents) {
    const { raw, center, tilt, project } = projectionFor({ longitudes, latitudes });
    const theirs = d3.geoProjection(raw).rotate([-center[0], -tilt]).scale(1).translate([0, 0]);
    for (const part of [0.1, 0.35, 0.8]) {
      const longitude = longitudes[0] + part * (longitudes[1] - longitudes[0]);
      const latitude = latitudes[0] + (1 - part) * (latitudes[1] - latitudes[0]);
      const [x, y] = project(longitude, latitude);
      const [theirX, theirY] = theirs([longitude, latitude]) ?? [NaN, NaN];
      assert(
        Math.abs(x - theirX) < 1e-9 && Math.abs(y + theirY) < 1e-9,
        `${longitude} ${latitude}`,
      );
    }
  }
});
