import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { shapeReader } from "../../../src/catalogue/reading/shape_reader.ts";
import { test } from "../../support/test.ts";

const read = shapeReader(z.object({ links: z.array(z.object({ href: z.string() })) }));

test("shapeReader() reads what fits, whatever else it holds", () => {
  const value = { links: [{ href: "a", rel: "self" }], type: "Feature" };
  assertEquals(read(value), { ok: true, value });
});

test("shapeReader() says the first thing that is wrong, and where; of the whole no place", () => {
  assertEquals(read({ links: [{ href: "a" }, { href: 5 }, {}] }), {
    ok: false,
    reason: "links[1].href: expected a string, got the number 5",
  });
  assertEquals(read("page"), { ok: false, reason: 'expected an object, got the string "page"' });
});
