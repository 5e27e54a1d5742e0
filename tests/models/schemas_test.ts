import { assert, assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { schemas } from "../../src/models/schemas.ts";
import { test } from "../support/test.ts";
import { NAMES, WIRE } from "./support/values.ts";

test("schemas hold one schema for each name, and each its own", () => {
  assertEquals(NAMES.length, 43);
  assertEquals(new Set(Object.values(schemas)).size, NAMES.length);
});

for (const name of NAMES) {
  test(`schemas read a ${name} of the service, and refuse another kind of value`, () => {
    assert(z.safeParse(schemas[name], WIRE[name]).success);
    for (const value of [undefined, null, true, 1]) {
      assert(!z.safeParse(schemas[name], value).success, `${name} took ${value}`);
    }
  });
}
