import { assertEquals } from "@std/assert";
import { MimeTypes } from "../../../src/models/stac/mime_types.ts";
import { test } from "../../support/test.ts";
import { problems } from "../support/problems.ts";

test("MimeTypes holds the words, and parses them alone", () => {
  assertEquals(Object.keys(MimeTypes).length, 26);
  assertEquals(new Set(Object.values(MimeTypes)).size, 26);
  assertEquals(MimeTypes.parse("text/csv"), MimeTypes.CSV);
  assertEquals(problems(MimeTypes, "text/css").length, 1);
});
