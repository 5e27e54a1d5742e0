import { assert, assertEquals, assertThrows } from "@std/assert";
import { matches, patternsIn } from "../../../../src/results/download/plan/patterns.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";

test("matches() knows stars and question marks, in time that does not run away", () => {
  assert(matches("openEO.tif", ["*.tif"]));
  assert(matches("a.tif", ["?.tif"]) && !matches("ab.tif", ["?.tif"]));
  assert(matches("a*b", ["a*b"]) && matches("anything", ["*"]) && !matches("x", ["y", ""]));
  assert(!matches("a".repeat(50_000), ["*a".repeat(50) + "b"]));
});

test("matches() knows brackets and braces, and takes a name for itself", () => {
  const fitting = (pattern: string, ...names: string[]) =>
    names.filter((name) => matches(name, [pattern]));
  assertEquals(fitting("B0[2-4].tif", "B02.tif", "B04.tif", "B05.tif", "B0-.tif"), [
    "B02.tif",
    "B04.tif",
  ]);
  assertEquals(fitting("[!ab]*", "a1", "b1", "c1"), ["c1"]);
  assertEquals(fitting("*.{tif,nc}", "a.tif", "a.nc", "a.csv"), ["a.tif", "a.nc"]);
  assertEquals(fitting("{a,b}_{1,2}", "a_1", "b_2", "a_3"), ["a_1", "b_2"]);
  // A name that an asset has is that name, and what is no pattern is plain text.
  assertEquals(fitting("a[1].tif", "a[1].tif", "a1.tif"), ["a[1].tif", "a1.tif"]);
  assertEquals(fitting("a[.tif", "a[.tif", "a.tif"), ["a[.tif"]);
  assertEquals(fitting("a{b}", "a{b}", "ab"), ["a{b}"]);
  assertEquals(fitting("?", "ä", "😀", "ab"), ["ä", "😀"]);
  // Ten pairs of braces would be a thousand patterns, and more of them more than there is memory.
  assertEquals(fitting("{a,b}".repeat(40), "a".repeat(40)), []);
});

test("patternsIn() takes one or several, and refuses what is none", () => {
  assertEquals(patternsIn(undefined), undefined);
  assertEquals(patternsIn("*.tif"), ["*.tif"]);
  assertEquals(patternsIn(["a", "b"]), ["a", "b"]);
  for (const only of [[], [5], 5, null, {}]) {
    assertThrows(() => patternsIn(only), ResultsError, "{ only } is a list of names or patterns");
  }
});
