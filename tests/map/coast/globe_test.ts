import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Atlas } from "../../../src/map/coast/atlas.ts";
import { GLOBE_RADIUS, globeOf } from "../../../src/map/coast/globe.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { viewOf } from "../../../src/map/view.ts";
import { test } from "../../support/test.ts";

const projection = projectionFor({ longitudes: [0, 1], latitudes: [0, 1] });
const view = viewOf({ x: [0, 0.02], y: [0, 0.02] }, projection, 1);

/** An atlas on whose globe every view is as large as a test wants it. */
function atlasWith(size: number): Atlas {
  return {
    land: () => undefined,
    place: () => undefined,
    globe: () => ({ land: "M0,0", frame: "M50,60", middle: [1.25, -2], size }),
  };
}

test("globeOf() rings what is small, and outlines what is not", () => {
  const dot = globeOf(view, atlasWith(7.9)) ?? "";
  assertStringIncludes(dot, '<circle class="here" cx="1.3" cy="-2" r="6"/>');
  assert(!dot.includes('class="there"'), dot);
  const frame = globeOf(view, atlasWith(8)) ?? "";
  assertStringIncludes(frame, '<path class="there" d="M50,60"/>');
  assert(!frame.includes('class="here"'), frame);
});

test("globeOf() is none where the view is about all of it", () => {
  assert(globeOf(view, atlasWith(1.6 * GLOBE_RADIUS)) !== undefined);
  assertEquals(globeOf(view, atlasWith(1.6 * GLOBE_RADIUS + 0.1)), undefined);
});
