import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  fileName,
  fitName,
  isFileName,
  matches,
  patternsIn,
  uniqueNames,
} from "../../../../src/results/download/plan/names.ts";
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

const at = "https://data.example.test/results/openEO.tif?expires=1";

test("isFileName() takes what every common system does", () => {
  for (const name of ["openEO.tif", "a b.nc", "ñandú.json", ".hidden", "a..b"]) {
    assert(isFileName(name), name);
  }
  for (
    const name of [
      "",
      ".",
      "..",
      "...",
      "a/b",
      "a\\b",
      "C:x",
      "nul",
      "COM1.tif",
      "a\0b",
      "a\nb",
      "end.",
      "end ",
      " x",
      "x".repeat(300),
      "\ud800",
    ]
  ) assert(!isFileName(name), JSON.stringify(name));
});

test("fileName() takes the key, with the extension of the address where it has none, else the address", () => {
  assertEquals(fileName("openEO_2023-06-01Z.tif", at), "openEO_2023-06-01Z.tif");
  assertEquals(fileName("ndvi", at), "ndvi.tif");
  assertEquals(fileName("data", "https://a.test/x"), "data");
  for (const key of ["../../etc/passwd", "/etc/passwd", "C:\\x", "nul", "", "a\0"]) {
    assertEquals(fileName(key, at), "openEO.tif");
  }
  assertEquals(fileName("..", "https://a.test/%2e%2e%2fetc%2fpasswd"), "_etc_passwd");
  assertEquals(fileName("/", "s3://bucket/a/b.tif"), "b.tif");
  assertEquals(fileName("..", "https://a.test/"), "file");
  assertEquals(fileName("/", "https://a.test/%ff"), "%ff");
});

test("fitName() makes a name of any text, shortened in the middle", () => {
  assertEquals(fitName("S2A/2023:06"), "S2A_2023_06");
  assertEquals(fitName("CON"), "_CON");
  assertEquals(fitName("///"), undefined);
  const long = fitName(`begin${"x".repeat(400)}end.tif`) ?? "";
  assert(long.startsWith("begin") && long.endsWith("end.tif") && isFileName(long), long);
});

test("uniqueNames() takes no two names for one that a file system does not tell apart", () => {
  const name = uniqueNames();
  assertEquals(["a.tif", "A.TIF", "a.tif", "b", "b"].map(name), [
    "a.tif",
    "A-2.TIF",
    "a-3.tif",
    "b",
    "b-2",
  ]);
  assertEquals(["e\u0301.nc", "\u00e9.nc"].map(name), ["e\u0301.nc", "\u00e9-2.nc"]);
});

test("uniqueNames() gives nobody the name of a part, and takes one letter for one, however it is written", () => {
  const names = uniqueNames();
  assertEquals(
    ["a.tif", "a.tif.part", "b.tif.part.json", "b.tif", "Ä.tif", "a\u0308.tif", "ß.tif", "SS.tif"]
      .map(
        names,
      ),
    [
      "a.tif",
      "a.tif-2.part",
      "b.tif.part.json",
      "b-2.tif",
      "Ä.tif",
      "a\u0308-2.tif",
      "ß.tif",
      "SS-2.tif",
    ],
  );
});
