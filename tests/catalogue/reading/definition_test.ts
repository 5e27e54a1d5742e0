import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  branchesOf,
  kindOf,
  kindsOf,
  readDefinition,
  schemaOf,
} from "../../../src/catalogue/reading/definition.ts";
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

test("readDefinition() says why Dispatch cannot run a process", () => {
  const obstacleOf = (parameter: Readonly<Record<string, unknown>>) => {
    const reading = readDefinition({
      parameters: [{ name: "pairs", description: "x", ...parameter }],
    });
    return reading.ok ? reading.definition.obstacle : undefined;
  };
  const pairs = { type: "array", items: { type: "array", items: { type: "string" } } };
  assertStringIncludes(obstacleOf({ schema: pairs }) ?? "", "pairs is an array of arrays");
  assertStringIncludes(
    obstacleOf({ schema: { type: "string" }, description: "" }) ?? "",
    "no description",
  );
  assertStringIncludes(obstacleOf({ schema: { type: "object" } }) ?? "", "does not know");
  assertStringIncludes(
    obstacleOf({ schema: { type: "array", items: { type: "number" } } }) ?? "",
    "does not know",
  );
  assertEquals(obstacleOf({ schema: { type: "object", subtype: "geojson" } }), undefined);
  assertEquals(obstacleOf({ schema: { type: ["string", "null"] } }), undefined);
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

test("branchesOf() lays alternatives side by side", () => {
  assertEquals(
    branchesOf([{ anyOf: [{ type: "string" }, { anyOf: [{ type: ["number", "null"] }] }] }]),
    [{ type: "string" }, { type: "number" }, { type: "null" }],
  );
});

test("kindOf() and kindsOf() of what schemaOf() makes of a kind is that kind", () => {
  for (
    const kind of [
      "bounding-box",
      "temporal-interval",
      "geojson",
      "date",
      "date-time",
      "number",
      "integer",
      "string",
      "boolean",
      "array",
      "array of strings",
      "array of arrays",
      "object",
      "datacube",
      "null",
    ] as const
  ) {
    assertEquals(kindOf(schemaOf(kind)), kind);
    assertEquals(kindsOf([schemaOf(kind)]), [kind]);
  }
});
