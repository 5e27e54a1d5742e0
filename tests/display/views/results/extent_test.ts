import { assertEquals } from "@std/assert";
import { boxLine, extentFields } from "../../../../src/display/views/results/extent.ts";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import { test } from "../../../support/test.ts";

test("boxLine() reads boxes of two and three dimensions", () => {
  const text = (box: readonly number[]) => textOf(fitLine(boxLine(box), 100));
  assertEquals(text([5, 51.2, 5.1, 51.3000001]), "5, 51.2, 5.1, 51.3 (west, south, east, north)");
  assertEquals(text([5, 51, -10, 6, 52, 900]), "5, 51, 6, 52 (west, south, east, north)");
  assertEquals(text([-180, -90, 180, 90]), "the whole world");
});

test("extentFields() tells the extent around all others, as far as there is one", () => {
  const text = (...args: Parameters<typeof extentFields>) =>
    extentFields(...args).map(({ label, lines }) =>
      `${label}: ${lines.map((line) => textOf(fitLine(line, 100)))}`
    );
  const begin = new Date("2025-05-01T00:00:00Z");
  const end = new Date("2025-06-01T12:00:00Z");
  assertEquals(
    text({ spatial: { bbox: [] }, temporal: { interval: [[begin, end], [null, null]] } }),
    [
      "When: 2025-05-01 → 2025-06-01 12:00:00 UTC",
    ],
  );
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [[null, end]] } }), [
    "When: open → 2025-06-01 12:00:00 UTC",
  ]);
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [[]] } }), ["When: not told"]);
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [] } }), []);
});
