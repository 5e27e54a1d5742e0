import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Atlas } from "../../src/map/coast/atlas.ts";
import { drawScaleBar, GLOBE_RADIUS, locatorOf, scaleBarOf } from "../../src/map/insets.ts";
import { projectionFor } from "../../src/map/projection.ts";
import { toPlace, viewOf } from "../../src/map/view.ts";
import { test } from "../support/test.ts";

function viewOver(west: number, south: number, east: number, north: number, amount = 12) {
  const projection = projectionFor({ longitudes: [west, east], latitudes: [south, north] });
  const [a, b] = [projection.project(west, south), projection.project(east, north)];
  return viewOf({ x: [a[0], b[0]], y: [a[1], b[1]] }, projection, amount);
}

test("scaleBarOf() is as long as it says, and is left out where that is not one length", () => {
  const view = viewOver(4, 50, 5, 51);
  const bar = scaleBarOf(view);
  assertEquals(bar?.text, "10 km");
  const [x, y] = [view.width / 2, view.height / 2];
  const [from, to] = [toPlace(view, x, y), toPlace(view, x + (bar?.length ?? 0), y)];
  const metres = (to[0] - from[0]) * 111_195 * Math.cos(from[1] * Math.PI / 180);
  assert(Math.abs(metres - 10_000) < 50, String(metres));
  assertEquals(scaleBarOf(viewOver(-180, -90, 180, 90)), undefined);
  assertEquals(scaleBarOf(viewOver(-10, 0, 60, 60)), undefined);
});

test("drawScaleBar() draws the length beside its text, and takes no room where there is none", () => {
  const view = viewOver(4, 50, 5, 51);
  const { length = 0 } = scaleBarOf(view) ?? {};
  const drawn = drawScaleBar(view);
  assert(drawn.svg.includes(`d="M1 6v5h${Math.round(length * 10) / 10}v-5"`), drawn.svg);
  assert(drawn.svg.endsWith(">10 km</text>"), drawn.svg);
  assertEquals(drawn.height, 20);
  assertEquals(drawScaleBar(viewOver(-180, -90, 180, 90)), { svg: "", height: 0 });
});

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
