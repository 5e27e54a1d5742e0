import { assertEquals } from "@std/assert";
import { cssOf, paletteOf, PALETTES } from "../../../src/results/raster/colours.ts";
import { test } from "../../support/test.ts";

test("paletteOf() goes from its first colour to its last, and no further", () => {
  const viridis = paletteOf("viridis");
  assertEquals([-1, 0, 1, 2].map((value) => cssOf(viridis(value))), [
    "#440154",
    "#440154",
    "#fde725",
    "#fde725",
  ]);
  for (const name of PALETTES) {
    for (let value = 0; value <= 1; value += 0.01) {
      assertEquals(
        paletteOf(name)(value).every((part) => part >= 0 && part <= 255 && Number.isInteger(part)),
        true,
      );
    }
  }
});
