import { assertEquals } from "@std/assert";
import {
  branchesOf,
  kindOf,
  kindsOf,
  listOf,
  readSchemas,
  schemaOf,
  typeOf,
} from "../../../src/catalogue/reading/value_schema.ts";
import { test } from "../../support/test.ts";

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

test("branchesOf() keeps in each alternative what holds for all of them", () => {
  assertEquals(branchesOf([{ type: "string", anyOf: [{ enum: ["a"] }, { pattern: "^x" }] }]), [
    { type: "string", enum: ["a"] },
    { type: "string", pattern: "^x" },
  ]);
});

test("typeOf() and kindsOf() tell by its rules what a schema without a type is for", () => {
  const types = [
    { enum: ["a"] },
    { const: 5 },
    { items: {} },
    { properties: {} },
    { maximum: 5 },
    { pattern: "x" },
    { $ref: "#/x" },
    {},
  ].map((schema) => typeOf(schema));
  assertEquals(types, [
    "string",
    "number",
    "array",
    "object",
    "number",
    "string",
    undefined,
    undefined,
  ]);
  assertEquals(kindsOf([{}]), [], "any value");
  assertEquals(kindsOf([{ type: ["object", "null"], subtype: "bounding-box" }]), [
    "bounding-box",
    "null",
  ]);
  assertEquals(kindsOf([{ type: "array", items: { type: "string", format: "date" } }]), [
    "array of strings",
  ]);
});

test("readSchemas() knows the nullable of OpenAPI, and leaves out what is no schema", () => {
  assertEquals(readSchemas([{ type: "string", nullable: true }, true, null, "x"]), [
    { type: ["string", "null"] },
  ]);
  assertEquals(listOf({ type: "string" }), [{ type: "string" }]);
  assertEquals(listOf([1, 2]), [1, 2]);
});
