import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { levelFor } from "../../../src/results/raster/levels.ts";
import { openRaster } from "../../../src/results/raster/raster_file.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { expectedRasters, fixture, opening } from "../support/fixtures.ts";

for (const [name, expected] of Object.entries(expectedRasters)) {
  if (name === "webp") continue;
  test(`openRaster() reads of ${name} what GDAL does`, async () => {
    const file = await openRaster(fixture(`rasters/${name}.tif`), opening);
    assertEquals([file.width, file.height, file.bands.length], [
      expected.width,
      expected.height,
      expected.bands,
    ]);
    assertEquals(file.levels.length, expected.overviews + 1);
    assertEquals(
      String(file.noData ?? null),
      String(expected.noData === "nan" ? NaN : expected.noData),
    );
    const [level] = file.levels;
    const layers = await level?.read(file.bands.map((_, index) => index)) ?? [];
    for (const { column, row, values } of expected.points) {
      const read = layers.map((layer) => layer[row * file.width + column] ?? NaN);
      // Two decoders of JPEG may round differently.
      const slack = name === "jpeg" ? 1 : 0;
      const isNear = (value: number, wanted: number | null | undefined) =>
        Number.isNaN(value) ? wanted === null : Math.abs(value - (wanted ?? NaN)) <= slack;
      assert(
        read.every((value, band) => isNear(value, values[band])),
        `${column}, ${row}: ${read}`,
      );
    }
  });
}

test("openRaster() tells names of bands, scale and offset, and classes", async () => {
  const scaled = await openRaster(fixture("rasters/laea3035_int16_scaled.tif"), opening);
  assertEquals(scaled.bands, [{ name: "LAI", scale: 0.0001, offset: 0 }]);
  const classes = await openRaster(fixture("rasters/palette_classes.tif"), opening);
  assertEquals(classes.palette?.get(2), [255, 187, 34, 255]);
  const rgb = await openRaster(fixture("rasters/rgb_uint16_b02_b04_b03.tif"), opening);
  assertEquals(rgb.bands.map(({ name }) => name), ["B02", "B04", "B03"]);
});

test("levelFor() takes the smallest overview that is no smaller than is wanted", async () => {
  const file = await openRaster(fixture("rasters/utm31n_ndvi_nan.tif"), opening);
  const widths = await Promise.all(
    [1_000, 150, 96, 50, 10].map(async (pixels) => (await levelFor(file, pixels, 1e9)).width),
  );
  assertEquals(widths, [192, 192, 96, 96, 48]);
});

test("levelFor() takes a smaller one where the budget says so, and refuses where there is none", async () => {
  const file = await openRaster(fixture("rasters/utm31n_ndvi_nan.tif"), opening);
  assert((await levelFor(file, 192, 12_000)).width < 192);
  const strips = await openRaster(fixture("rasters/strips_no_overviews.tif"), opening);
  const error = await assertRejects(() => levelFor(strips, 192, 5_000), ResultsError);
  assertStringIncludes(error.message, "it has no overviews, and showing it would read 1");
  assertStringIncludes(error.message, "maxBytes: Infinity");
});

test("openRaster() ends with what is no raster, and with one that means harm", async () => {
  const good = fixture("rasters/lonlat4326.tif");
  const itself = good.slice();
  // The offset of the first directory, made that of the header.
  new DataView(itself.buffer).setUint32(4, 0, true);
  for (
    const bytes of [
      new Uint8Array(),
      new Uint8Array(100),
      new TextEncoder().encode("II*\0nonsense and more of it"),
      good.slice(0, 300),
      itself,
    ]
  ) {
    const error = await assertRejects(() => openRaster(bytes, opening), ResultsError);
    assertEquals(error.reason, "invalid");
  }
});

test("openRaster() ends within its budget whatever bytes are changed", async () => {
  const good = fixture("rasters/utm60s_byte.tif");
  let state = 7;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  for (let run = 0; run < 60; run++) {
    const bytes = good.slice();
    for (let change = 0; change < 6; change++) {
      bytes[Math.floor(random() * 1_500)] = Math.floor(random() * 256);
    }
    try {
      const file = await openRaster(bytes, opening);
      await (await levelFor(file, 100, 1e9)).read([0]);
    } catch (error) {
      assert(error instanceof ResultsError, `${error}`);
    }
  }
});
