import { assertEquals, assertStringIncludes } from "@std/assert";
import { obstacleIn } from "../../../src/catalogue/reading/obstacle.ts";
import { test } from "../../support/test.ts";

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
