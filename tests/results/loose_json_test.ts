import { assertEquals, assertThrows } from "@std/assert";
import { parseJson } from "../../src/results/loose_json.ts";
import { test } from "../support/test.ts";

test("parseJson() reads JSON, and what Python writes for no number", () => {
  assertEquals(parseJson('{"a": [1, "NaN"]}'), { a: [1, "NaN"] });
  assertEquals(
    parseJson('{"2026-06-01": [[NaN, -Infinity, Infinity, 0.5, -1]], "a NaN \\"NaN": "\\\\"}'),
    { "2026-06-01": [[null, null, null, 0.5, -1]], 'a NaN "NaN': "\\" },
  );
});

test("parseJson() refuses what is none, and is done with it in time", () => {
  for (const text of ["", "{", "NaNa", "[NaN", '{"a": nan}', '"NaN', `[${'"'.repeat(100_001)}`]) {
    assertThrows(() => parseJson(text), SyntaxError);
  }
});
