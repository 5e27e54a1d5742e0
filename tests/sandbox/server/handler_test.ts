import { assertEquals, assertThrows } from "@std/assert";
import { readJson } from "../../../src/sandbox/server/handler.ts";
import { test } from "../../support/test.ts";

test("readJson() takes NaN and infinities for numbers, as Python does", () => {
  assertEquals(readJson('{"a": NaN, "b": [-Infinity, Infinity, 1.5]}'), {
    a: Infinity,
    b: [Infinity, Infinity, 1.5],
  });
  assertEquals(JSON.stringify(readJson("[NaN]")), "[null]");
});

test("readJson() leaves texts alone", () => {
  const text = String.raw`{"NaN": "NaN \" Infinity \\", "x": "-Infinity"}`;
  assertEquals(readJson(text), JSON.parse(text));
});

test("readJson() keeps a __proto__ key as data", () => {
  assertEquals(Object.keys(Object(readJson('{"__proto__": {"a": 1}}'))), ["__proto__"]);
});

test("readJson() refuses what is no JSON", () => {
  for (const text of ["", "{", "nan", "{'a': 1}"]) {
    assertThrows(() => readJson(text), SyntaxError);
  }
});
