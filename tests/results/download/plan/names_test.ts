import { assert, assertEquals } from "@std/assert";
import {
  fileName,
  fitName,
  isFileName,
  uniqueNames,
} from "../../../../src/results/download/plan/names.ts";
import { test } from "../../../support/test.ts";

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
