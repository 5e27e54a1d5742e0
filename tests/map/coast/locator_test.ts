import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Atlas } from "../../../src/map/coast/atlas.ts";
import { GLOBE_RADIUS, locatorOf } from "../../../src/map/coast/locator.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { viewOf } from "../../../src/map/view.ts";
import { test } from "../../support/test.ts";

const projection = projectionFor({ longitudes: [0, 1], latitudes: [0, 1] });
const view = viewOf({ x: [0, 0.02], y: [0, 0.02] }, projection, 1);

/** An atlas that says of every view how large it is on the globe, and where it lies. */
function atlasWith(size: number, place?: ReturnType<Atlas["place"]>): Atlas {
  return {
    land: () => undefined,
    place: () => place,
    globe: () => ({ land: "M0,0", frame: "M50,60", middle: [1.25, -2], size }),
  };
}

const locator = (atlas: Atlas) => locatorOf(view, atlas, { width: 100 });

test("locatorOf() rings what is small on the globe, and outlines what is not", () => {
  const dot = locator(atlasWith(7.9));
  assertStringIncludes(dot.svg, '<circle class="here" cx="1.3" cy="-2" r="6"/>');
  assert(!dot.svg.includes('class="there"'), dot.svg);
  const frame = locator(atlasWith(8));
  assertStringIncludes(frame.svg, '<path class="there" d="M50,60"/>');
  assert(!frame.svg.includes('class="here"'), frame.svg);
  assertStringIncludes(frame.svg, `<g transform="translate(50 ${GLOBE_RADIUS + 1})">`);
  assertEquals([dot.height, frame.height], [98, 98]);
});

test("locatorOf() draws no globe where the view is about all of it", () => {
  assertStringIncludes(locator(atlasWith(1.6 * GLOBE_RADIUS)).svg, `r="${GLOBE_RADIUS}"`);
  assertEquals(locator(atlasWith(1.6 * GLOBE_RADIUS + 0.1)), { svg: "", height: 0 });
});

test("locatorOf() says below the globe where that is, and in its place where there is no globe", () => {
  const place = { where: "Gulf of <Guinea>", nearest: "580 km to land" };
  const linesOf = (svg: string) =>
    [...svg.matchAll(/<text class="([^"]*)" x="50" y="(\d+)">([^<]*)</g)].map(([, ...parts]) =>
      parts
    );
  const below = locator(atlasWith(5, place));
  assertEquals(linesOf(below.svg), [
    ["c b", "112", "Gulf of &#60;Guinea&#62;"],
    ["c", "127", "580 km to land"],
  ]);
  assertEquals(below.height, 98 + 6 + 30);
  const alone = locator(atlasWith(Infinity, place));
  assertEquals(linesOf(alone.svg).map(([, y]) => y), ["14", "29"]);
  assertEquals([alone.height, alone.svg.includes("<circle")], [36, false]);
});
