import { assertEquals, assertMatch } from "@std/assert";
import { fillDefinitions, fillOf, markScale } from "../../../src/map/marks/fill.ts";
import { lookOf } from "../../../src/map/marks/marks.ts";
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
