import { assertStringIncludes } from "@std/assert";
import { type DownloadedFile, filesView } from "../../../src/results/download/files_view.ts";
import { test } from "../../support/test.ts";

const file = (name: string): DownloadedFile => ({
  key: name,
  name,
  path: `out/${name}`,
  size: 1_234_567,
  checked: "not checked",
  fetched: false,
  type: undefined,
  host: "data.example.test",
});

test("filesView() says what there is, how it was checked, where it lies, and what is missing", () => {
  const text = String(filesView([file("a.tif"), file("b.tif")], {
    folder: "out/",
    skipped: [{ key: "c", why: "its address is relative" }],
  }));
  for (
    const words of [
      "2 files · 2.5 MB · in out/ · all there already",
      "nothing to check",
      "out/a.tif",
      "c was not fetched: its address is relative",
    ]
  ) {
    assertStringIncludes(text, words);
  }
});
