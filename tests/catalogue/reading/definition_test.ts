import { assert, assertEquals } from "@std/assert";
import { readDefinition } from "../../../src/catalogue/reading/definition.ts";
import { test } from "../../support/test.ts";
import { definition } from "../support/made_up.ts";

test("readDefinition() tells of each parameter its kinds, whether it is needed, and its default", () => {
  const reading = readDefinition(definition);
  if (!reading.ok) throw new Error(reading.reason);
  assertEquals(
    reading.definition.parameters.map(({ name, kinds, needed, default: preset }) => [
      name,
      kinds,
      needed,
      preset,
    ]),
    [
      ["spatial_extent", ["bounding-box", "datacube", "null"], true, undefined],
      ["temporal_extent", ["temporal-interval"], true, undefined],
      ["bands", ["array of strings"], false, ["B04", "B08"]],
      ["max_cloud_cover", ["integer"], false, 75],
      ["scale", ["number"], false, null],
      ["mask", ["boolean"], false, true],
      ["season_start", ["date"], false, null],
      ["country", ["string"], false, "benin"],
    ],
  );
  assertEquals(reading.definition.obstacle, undefined);
});

test("readDefinition() refuses what is no process definition", () => {
  for (const value of [null, [], "x", { parameters: {} }, { parameters: [{ name: 5 }] }]) {
    assert(!readDefinition(value).ok, JSON.stringify(value));
  }
});

test("readDefinition() survives schemas of every shape, and those without an end", () => {
  let deep: unknown = { type: "string" };
  for (let level = 0; level < 1_000; level++) deep = { type: "array", items: deep };
  for (const schema of [deep, null, 5, [], [null, 5], { anyOf: "x" }, { type: [5, "string"] }]) {
    const reading = readDefinition({ parameters: [{ name: "a", description: "x", schema }] });
    if (!reading.ok) throw new Error(reading.reason);
    assertEquals(reading.definition.parameters.length, 1);
  }
});
