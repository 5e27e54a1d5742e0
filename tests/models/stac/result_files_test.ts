import { assertEquals } from "@std/assert";
import { resultFiles } from "../../../src/models/stac/result_files.ts";
import { results } from "../../display/views.ts";
import { test } from "../../support/test.ts";

test("resultFiles() lists files by their names, whatever a file calls itself", () => {
  const files = resultFiles(
    results({ "a.tif": { href: "s3://b/a.tif", name: "other" }, b: { href: "b" } }),
  );
  assertEquals(files, [{ href: "s3://b/a.tif", name: "a.tif" }, { href: "b", name: "b" }]);
});

test("resultFiles() has none where there are none", () => {
  assertEquals([null, results(null), results({})].map(resultFiles), [[], [], []]);
});
