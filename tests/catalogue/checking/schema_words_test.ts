import { assert, assertEquals } from "@std/assert";
import {
  brokenRules,
  choicesOf,
  firstSentence,
  isOfType,
  oneOf,
  takes,
} from "../../../src/catalogue/checking/schema_words.ts";
import { test } from "../../support/test.ts";

test("takes() says what can be typed", () => {
  assertEquals(
    takes({ kinds: ["bounding-box", "datacube", "null"], schemas: [] }),
    "a box { west, south, east, north }",
  );
  assertEquals(
    takes({ kinds: ["integer"], schemas: [{ type: "integer", minimum: 0, maximum: 100 }] }),
    "a whole number from 0 to 100",
  );
  assertEquals(
    takes({ kinds: ["number"], schemas: [{ type: "number", minimum: 1 }] }),
    "a number, at least 1",
  );
  assertEquals(
    takes({ kinds: ["number"], schemas: [{ type: "number", maximum: 1 }] }),
    "a number, at most 1",
  );
  const sizes = [{ type: "integer", minimum: 0, maximum: 10 }, { type: "number", minimum: 100 }];
  assertEquals(
    takes({ kinds: ["integer", "number"], schemas: sizes }),
    "a whole number from 0 to 10 or a number, at least 100",
    "each has its own range",
  );
  assertEquals(takes({ kinds: ["string", "number"], schemas: [] }), "text or a number");
  assertEquals(takes({ kinds: ["null"], schemas: [] }), "null");
  assertEquals(takes({ kinds: [], schemas: [] }), "any value");
});

test("choicesOf() lists the words of a value and of its items", () => {
  assertEquals(
    choicesOf({ schemas: [{ enum: ["a"] }, { type: "array", items: { enum: ["b", "c"] } }] }),
    ["a", "b", "c"],
  );
  assertEquals(choicesOf({ schemas: [{ const: "a" }, { enum: ["a", "b"] }] }), ["a", "b"]);
});

test("firstSentence() has no Markdown and ends where the sentence does", () => {
  assertEquals(
    firstSentence("The area, as a [box](https://a.test). More of it."),
    "The area, as a box",
  );
  assertEquals(
    firstSentence("Use `max` e.g. 5 of v1.2 only\nand on"),
    "Use max e.g. 5 of v1.2 only and on",
  );
  assertEquals(firstSentence(""), "");
});

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
