import { assertStringIncludes } from "@std/assert";
import { seriesOfJson } from "../../../src/results/series/series.ts";
import { seriesBlocks, seriesView } from "../../../src/results/series/series_view.ts";
import { checkHtml } from "../../display/check_html.ts";
import { test } from "../../support/test.ts";
import { bundleOf } from "../support/bundle.ts";

test("seriesView() says first, last, lowest and highest of each band in words", () => {
  const series = seriesOfJson(
    { "2026-06-01": [[1, null]], "2026-06-02": [[0.5, null]], "2026-06-03": [[3, null]] },
    "x",
    {},
  );
  const shown = bundleOf(seriesView(series));
  assertStringIncludes(
    (shown["text/plain"] ?? "").replace(/\s+/g, " "),
    "band 1: first 1, last 3, lowest 0.5, highest 3; band 2: no values",
  );
  checkHtml(shown["text/html"] ?? "");
  assertStringIncludes(String(seriesBlocks(series).length), "2");
});
