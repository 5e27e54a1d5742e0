import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as z from "zod/mini";
import {
  obstacleIn,
  readDefinition,
  shapeReader,
} from "../../../src/catalogue/reading/definition.ts";
import { test } from "../../support/test.ts";
import { definition } from "../support/made_up.ts";

const read = shapeReader(z.object({ links: z.array(z.object({ href: z.string() })) }));

test("shapeReader() reads what fits, whatever else it holds", () => {
  const value = { links: [{ href: "a", rel: "self" }], type: "Feature" };
  assertEquals(read(value), { ok: true, value });
});

test("shapeReader() says the first thing that is wrong, and where; of the whole no place", () => {
  assertEquals(read({ links: [{ href: "a" }, { href: 5 }, {}] }), {
    ok: false,
    reason: "links[1].href: expected a string, got the number 5",
  });
  assertEquals(read("page"), { ok: false, reason: 'expected an object, got the string "page"' });
});

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

const obstacleOf = (schema: unknown, more: Readonly<Record<string, string | boolean>> = {}) =>
  obstacleIn([{ name: "pairs", description: "x", schema, ...more }]);

test("obstacleIn() is nothing where Dispatch's reader knows the first schema or a later one", () => {
  for (
    const schema of [
      { type: "object", subtype: "geojson" },
      { type: "object", subtype: "bounding-box" },
      { type: "array", subtype: "temporal-interval" },
      { type: "array", items: { type: "string", format: "date" } },
      { type: "string", anyOf: [{ enum: ["a"] }, { pattern: "^x" }] },
      [{ type: "object" }, { type: "null" }, { type: "number" }],
    ]
  ) assertEquals(obstacleOf(schema), undefined, JSON.stringify(schema));
  assertEquals(obstacleIn([{ name: "a", description: "", schema: { type: "string" } }]), undefined);
  assertEquals(obstacleIn([]), undefined);
});

test("obstacleIn() says why Dispatch cannot run a process", () => {
  const pairs = { type: "array", items: { type: "array", items: { type: "string" } } };
  assertStringIncludes(obstacleOf(pairs) ?? "", "pairs is an array of arrays");
  assertStringIncludes(
    obstacleIn([{ name: "pairs", schema: { type: "string" } }]) ?? "",
    "pairs has no description",
  );
  for (
    const schema of [
      { type: "object" },
      { type: "array", items: { type: "number" } },
      { type: "array", items: [{ type: "string" }] },
      { type: "null" },
      { $ref: "#/definitions/x" },
      {},
      undefined,
      true,
    ]
  ) assertStringIncludes(obstacleOf(schema) ?? "", "does not know", JSON.stringify(schema));
  assertStringIncludes(
    obstacleOf({ oneOf: [{ type: "string" }, { type: "null" }] }) ?? "",
    "alternatives in anyOf or oneOf",
  );
  assertStringIncludes(obstacleOf({ type: ["string", "null"] }) ?? "", "several types at once");
});

test("obstacleIn() knows the names that Dispatch uses itself, where the process needs them", () => {
  const schema = { type: "string" };
  assertStringIncludes(
    obstacleOf(schema, { name: "namespace" }) ?? "",
    "cannot pass on the parameter namespace",
  );
  assertEquals(obstacleOf(schema, { name: "process_id", optional: true }), undefined);
});
