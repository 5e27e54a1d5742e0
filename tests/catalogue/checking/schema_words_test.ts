import { assertEquals } from "@std/assert";
import { choicesOf, firstSentence, takes } from "../../../src/catalogue/checking/schema_words.ts";
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
