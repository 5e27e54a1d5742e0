import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Atlas } from "../../src/map/coast/atlas.ts";
import { layersOf } from "../../src/map/marks/layers.ts";
import { lookOf } from "../../src/map/status.ts";
import { planeBoxOf, shapeOf } from "../../src/map/marks/shapes.ts";
import { projectionFor } from "../../src/map/projection.ts";
import { drawMap, MAP_STYLE, type MapParts } from "../../src/map/svg.ts";
import { viewOf } from "../../src/map/view.ts";
import type { Geometry } from "../../src/models/geojson/geojson.ts";
import { test } from "../support/test.ts";
import { square } from "../upscale/areas.ts";

const LAND = "M0,0h10v10z";

/** An atlas with land in every view, and a globe on which each is small. */
const atlas: Atlas = {
  land: () => LAND,
  place: () => ({ where: "North Sea" }),
  globe: () => ({ land: "M1,1", frame: "M2,2", middle: [0, 0], size: 1 }),
};

/** A map of footprints with their statuses, as it is drawn when nothing else is said. */
function partsOf(
  footprints: readonly (readonly [geometry: Geometry, status: string])[],
  extent: Parameters<typeof projectionFor>[0] = { longitudes: [4, 6], latitudes: [50, 52] },
): MapParts {
  const projection = projectionFor(extent);
  const shapes = footprints.map(([geometry, status]) => shapeOf({ geometry, status }, projection));
  const view = viewOf(planeBoxOf(shapes), projection, shapes.length);
  const entries = [...new Set(footprints.map(([, status]) => status))].map((status) => ({
    look: lookOf(status),
    text: status,
    amount: 1,
  }));
  const amount = `${footprints.length} tiles`;
  return { view, layers: layersOf(shapes, view), entries, amount, notes: [] };
}

const TWO = partsOf([[square(4, 50, 1), "failed"], [square(5, 51, 1), "finished"]]);

/** The width and height of a picture, which it says twice. */
function sizeOf(text: string): readonly [width: number, height: number] {
  const [, width, height, box] = /^<svg [^>]*width="(\d+)" height="(\d+)" viewBox="0 0 ([^"]+)"/
    .exec(text) ?? [];
  assertEquals(box, `${width} ${height}`);
  return [Number(width), Number(height)];
}

/** Where each of these stands in a text, in the order given; each has to be there. */
function placesOf(text: string, parts: readonly string[]): number[] {
  return parts.map((part) => {
    assertStringIncludes(text, part);
    return text.indexOf(part);
  });
}

test("drawMap() draws from the ground up: land, raster, lines, footprints, coasts", () => {
  const ground = '<image href="data:,"/>';
  const { text } = drawMap({ ...TWO, atlas, ground });
  const places = placesOf(text, [
    `<path id="land" d="${LAND}"/>`,
    '<rect class="sea"',
    '<use href="#land" class="land"/>',
    ground,
    '<path class="line"',
    '<path class="tiles"',
    '<use href="#land" class="coast"/>',
    '<rect class="edge"',
  ]);
  assertEquals(places, [...places].sort((one, other) => one - other));
  assertEquals(text.match(/<path class="tiles"/g)?.length, 2);
});

test("drawMap() says how wide it is, and draws tags that close", () => {
  const { text, width } = drawMap({ ...TWO, atlas, title: "Tiles" });
  assertEquals(sizeOf(text)[0], width);
  const open: string[] = [];
  for (
    const [, end, name = "", , empty] of text.matchAll(/<(\/?)([\w]+)((?:"[^"]*"|[^">])*?)(\/?)>/g)
  ) {
    if (end === "/") assertEquals(open.pop(), name);
    else if (empty !== "/") open.push(name);
  }
  assertEquals(open, []);
});

test("drawMap() without an atlas has neither land nor globe, and a ground that is no sea", () => {
  const { text } = drawMap(TWO);
  assertEquals(/class="(?:sea|land|coast|globe)"/.test(text), false);
  assertStringIncludes(text, '<rect class="paper"');
  assertStringIncludes(drawMap({ ...TWO, atlas }).text, 'class="globe"');
});

test("drawMap() writes a title above the map, cut and with nothing in it that is a tag", () => {
  const plain = drawMap(TWO), titled = drawMap({ ...TWO, title: `<b>${"x".repeat(200)}` });
  assertEquals(sizeOf(titled.text)[1] - sizeOf(plain.text)[1], 22);
  const [, title = ""] = /y="20">([^<]*)</.exec(titled.text) ?? [];
  assert(title.startsWith("&#60;b&#62;xxx"), title);
  assert(title.replaceAll(/&#\d+;/g, "x").length <= 80, title);
});

/** How far the map itself lies from the left and the upper edge of its picture. */
function cornerOf(text: string): readonly [left: number, top: number] {
  const [, left, top] = /<g transform="translate\((\d+) (\d+)\)"><g clip-path/.exec(text) ?? [];
  return [Number(left), Number(top)];
}

test("drawMap() has coordinates beside the map, and room for the longest of them", () => {
  const { text } = drawMap(TWO);
  for (const degrees of [">4°E</text>", ">50.0°N</text>"]) assertStringIncludes(text, degrees);
  const close = drawMap(partsOf([[square(4, 50, 0.001), "failed"]])).text;
  const longest = Math.max(
    ...[...close.matchAll(/>([\d.]+°N)<\/text>/g)].map(([, degrees = ""]) => degrees.length),
  );
  assert(longest > "50.0°N".length, close);
  assert(cornerOf(close)[0] >= longest * 6.6, close);
  assert(cornerOf(close)[0] > cornerOf(text)[0], close);
});

test("drawMap() takes a legend of one's own in place of the footprints'", () => {
  assertStringIncludes(drawMap(TWO).text, ">2 tiles</text>");
  const legend = { svg: '<text class="b">NDVI</text>', height: 26 };
  const { text } = drawMap({ ...TWO, legend });
  assertStringIncludes(text, legend.svg);
  assert(!text.includes("2 tiles"), text);
});

test("drawMap() puts globe and legend side by side where the figures stand elsewhere", () => {
  const compact = drawMap({ ...TWO, amount: undefined, atlas });
  const whole = drawMap({ ...TWO, atlas });
  assertEquals(compact.width - whole.width, 96);
  assert(!compact.text.includes("1 failed"), "the figures stand elsewhere");
  assertStringIncludes(whole.text, "1 failed");
});

test("drawMap() draws each mark of a layer where it belongs, and a line without an area", () => {
  const line = { type: "LineString", coordinates: [[4, 50], [6, 52]] } as const;
  const { text } = drawMap(partsOf([[line, "running"], [square(4, 50, 1), "failed"]]));
  const { color } = lookOf("running");
  assertStringIncludes(text, `<path class="lines" stroke="${color}" d="`);
  assert(/<use href="#mark-failed" x="[\d.]+" y="[\d.]+"\/>/.test(text), text);
});

test("drawMap() leaves room at the edges of a map whose meridians bend", () => {
  const polar = partsOf([[square(-170, 80, 340), "failed"]], {
    longitudes: [-170, 170],
    latitudes: [80, 89],
  });
  assertEquals(polar.view.projection.kind, "azimuthal");
  assertEquals(cornerOf(drawMap(polar).text)[1], 18);
  assertEquals(cornerOf(drawMap(TWO).text)[1], 8);
});

test("MAP_STYLE asks nothing of the page or the network, and closes what it opens", () => {
  assertEquals(/url\(|@import|@font-face|<|javascript/i.test(MAP_STYLE), false);
  assertEquals(MAP_STYLE.split("{").length, MAP_STYLE.split("}").length);
});

test("MAP_STYLE says for a dark desktop all that it says of colours for a light one", () => {
  const [light = "", dimmed = ""] = MAP_STYLE.split("@media(prefers-color-scheme:dark){");
  const rules = (text: string) =>
    [...text.matchAll(/([^{}]+)\{[^{}]*#[0-9a-f]{6}/g)].map(([, of]) => of);
  assert(rules(dimmed).length >= 12);
  for (const selector of rules(dimmed)) assert(rules(light).includes(selector), selector);
});
