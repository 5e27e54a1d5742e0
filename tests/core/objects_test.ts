import { assert, assertEquals } from "@std/assert";
import { isEqual, isObject } from "../../src/core/objects.ts";
import { test } from "../support/test.ts";

test("isObject() takes what has fields, and no array", () => {
  assertEquals(
    [{}, Object.create(null), new Date(), [], null, "x", 1, undefined, () => {}].map(isObject),
    [
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ],
  );
});

test("isEqual() compares as JSON does", () => {
  assert(isEqual({ a: [1, { b: null }] }, { a: [1, { b: null }] }));
  assert(!isEqual({ a: 1 }, { a: 1, b: 2 }));
  assert(!isEqual([], {}));
  assert(!isEqual({ a: undefined }, { b: undefined }));
  assert(isEqual({ a: 1, b: [2] }, { b: [2], a: 1 }));
  assert(!isEqual([1, 2], [2, 1]));
  assert(!isEqual(null, {}));
  assert(!isEqual("1", 1));
});
