import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { readerOf } from "../../../src/models/schema/model.ts";
import { since } from "../../../src/models/schema/since.ts";
import { test } from "../../support/test.ts";

test("since() is said in the JSON Schema, of a field and of words", () => {
  const schema = z.object({
    note: since(z.optional(z.string()), { since: "development" }),
    kind: since(z.enum({ A: "a", B: "b" }), { wordsSince: { b: "development" } }),
  });
  const { properties } = z.toJSONSchema(schema);
  assertEquals(properties, {
    note: { type: "string", since: "development" },
    kind: { type: "string", enum: ["a", "b"], wordsSince: { b: "development" } },
  });
});

test("since() changes nothing of what is read", () => {
  const plain = z.object({ note: z.optional(z.string()) });
  const said = z.object({ note: since(z.optional(z.string()), { since: "development" }) });
  for (const value of [{}, { note: "n" }, { note: 1 }, null]) {
    assertEquals(readerOf(said)(value), readerOf(plain)(value));
  }
});
