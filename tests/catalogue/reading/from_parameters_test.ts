import { assertEquals } from "@std/assert";
import { valueIssues } from "../../../src/catalogue/checking/check_value.ts";
import { fromFacts, fromParameters } from "../../../src/catalogue/reading/from_parameters.ts";
import { test } from "../../support/test.ts";

test("fromParameters() takes what a Dispatch service says of parameters", () => {
  const [box, size, words, anything] = fromParameters([
    { name: "bbox", type: "bounding-box", optional: false, description: "Where", default: null },
    { name: "size", type: "integer", optional: true, description: "", default: 0.5 },
    {
      name: "band",
      type: "string",
      optional: true,
      description: "",
      default: null,
      options: ["a", "b"],
    },
    { name: "extra", type: "string", optional: true, description: "", default: null },
  ]);
  assertEquals([box?.kinds, box?.needed, "default" in (box ?? {})], [
    ["bounding-box"],
    true,
    false,
  ]);
  assertEquals(size?.default, 0.5);
  if (size !== undefined) {
    assertEquals(valueIssues(size, 1.5), [], "an openEO number is told as an integer");
  }
  if (words !== undefined) assertEquals(valueIssues(words, "c").length, 1);
  // An OGC API's objects and arrays are told as a string.
  if (anything !== undefined) assertEquals(valueIssues(anything, { a: 1 }).length, 0);
});

test("fromFacts() checks by kinds alone", () => {
  const [span] = fromFacts([{ name: "time", kinds: ["temporal-interval", "null"], needed: true }]);
  if (span !== undefined) {
    assertEquals(valueIssues(span, ["2026-01-01", "2026-02-01"]), []);
    assertEquals(valueIssues(span, ["2026-02-01", "2026-01-01"]).length, 1);
  }
});
