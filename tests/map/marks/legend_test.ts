import { assertEquals, assertMatch } from "@std/assert";
import type { Layers } from "../../../src/map/marks/layers.ts";
import { fillDefinitions, fillOf, legendOf, markScale } from "../../../src/map/marks/legend.ts";
import { lookOf } from "../../../src/map/status.ts";
import { test } from "../../support/test.ts";

const failed = lookOf("failed");

test("fillOf() is the colour where marks have room, and a pattern where they have none", () => {
  assertEquals(fillOf(failed, 11), `fill="${failed.color}" fill-opacity="${failed.opacity}"`);
  assertEquals(
    fillOf(failed, 0),
    `fill="url(#pattern-failed)" fill-opacity="${failed.opacity}"`,
  );
  const plain = { ...failed, pattern: "" };
  assertEquals(fillOf(plain, 0), fillOf(failed, 11));
});

test("fillDefinitions() holds each mark once, or each pattern as large as it is on paper", () => {
  const looks = [failed, failed, lookOf("finished")];
  const marks = fillDefinitions(looks, { unit: 0.1, markSize: 11 });
  assertEquals(
    [...marks.matchAll(/id="([^"]+)"/g)].map(([, id]) => id),
    ["mark-failed", "mark-finished"],
  );
  const patterns = fillDefinitions(looks, { unit: 0.5, markSize: 0 });
  assertMatch(patterns, /^<pattern id="pattern-failed" [^>]*patternTransform="scale\(2\)">/);
  assertEquals(patterns.includes("mark-"), false);
});

test("markScale() enlarges a mark to a size", () => {
  assertEquals([11, 22, 8].map(markScale), [1, 2, 0.73]);
});

const LAYERS: Layers = { layers: [], merged: false, markSize: 11, hidden: 0, edges: "" };
const entries = [
  { look: lookOf("failed"), text: "failed", amount: 2 },
  { look: lookOf("paused"), text: "<paused> for a very long while", amount: 1 },
];

function texts(svg: string): (string | undefined)[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

test("legendOf() tells what each colour means, how often, and what else there is to say", () => {
  const { svg, height } = legendOf(entries, LAYERS, {
    heading: "3 tiles",
    notes: ["1 without a place"],
    figures: true,
  });
  const [heading, failed, paused, note] = texts(svg);
  assertEquals([heading, failed, note], ["3 tiles", "2 failed", "1 without a place"]);
  assertMatch(String(paused), /^1 &#60;paused&#62;.*…$/);
  assertEquals(height, 26 + 2 * 21 + 16 + 4);
  assertEquals([...svg.matchAll(/href="#mark-failed"/g)].length, 1);
});

test("legendOf() leaves out the figures where they stand elsewhere, and marks where there are none", () => {
  const { svg, height } = legendOf(entries, { ...LAYERS, markSize: 0 }, {
    notes: [],
    figures: false,
  });
  assertEquals(texts(svg)[0], "failed");
  assertEquals(svg.includes("<use"), false);
  assertMatch(svg, /url\(#pattern-failed\)/);
  assertEquals(height, 2 * 21 + 4);
});
