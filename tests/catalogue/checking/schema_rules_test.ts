import { assert, assertEquals } from "@std/assert";
import { brokenRules, isOfType, oneOf } from "../../../src/catalogue/checking/schema_rules.ts";
import { test } from "../../support/test.ts";

test("brokenRules() refuses nothing for a schema that makes no sense, and tries no pattern without an end", () => {
  assertEquals(brokenRules({ type: "string", pattern: "[" }, "x"), []);
  assertEquals(brokenRules({ $ref: "#/nowhere" }, "x"), []);
  for (const pattern of ["^(a+)+$", "^(a|a)*$", "^(?:x[0-9]{1,})+$", "a".repeat(501)]) {
    assertEquals(brokenRules({ type: "string", pattern }, "a".repeat(40) + "!"), [], pattern);
    assertEquals(brokenRules({ allOf: [{ pattern }] }, "a".repeat(40) + "!"), [], pattern);
  }
  assertEquals(brokenRules({ type: "string", pattern: "^(?:a|b)c+$" }, "x"), ["pattern"]);
});

test("isOfType() goes by what the rules of a schema are for where it names no type", () => {
  assert(isOfType(5, { type: "integer" }) && !isOfType(5.5, { type: "integer" }));
  assert(isOfType("a", { enum: ["b"] }) && !isOfType(5, { enum: ["b"] }));
  assert(isOfType(5, {}) && isOfType(null, { type: "null" }) && !isOfType([], { type: "object" }));
});

test("oneOf() names twelve values at the most", () => {
  assertEquals(oneOf(["a"]), '"a"');
  assertEquals(oneOf(Array.from({ length: 14 }, (_, at) => at)).slice(-11), " and 2 more");
});
