import { assertEquals } from "@std/assert";
import { isObject } from "../../src/core/objects.ts";
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
