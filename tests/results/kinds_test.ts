import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { preview, ResultsError } from "../../src/results/mod.ts";
import { paletteOf } from "../../src/results/raster/colours.ts";
import { openRaster } from "../../src/results/raster/raster_file.ts";
import { test } from "../support/test.ts";
import { fixture, opening } from "./support/fixtures.ts";
import { readPng } from "./support/read_png.ts";

/** What GDAL says of a raster of a rarer kind; `null` where a mask, no-data or NaN says that there is no value. */
interface Kind {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly overviews: number;
  readonly valid: number;
  readonly corners: readonly (readonly [number, number])[];
  readonly points: readonly {
    readonly column: number;
    readonly row: number;
    readonly lon: number;
    readonly lat: number;
    readonly values: readonly (number | null)[];
  }[];
}

const kinds: Readonly<Record<string, Kind>> = JSON.parse(
  new TextDecoder().decode(fixture("kinds/expected.json")),
);

for (const [name, expected] of Object.entries(kinds)) {
  test(`preview() of a raster of the kind ${name} is what GDAL reads, where GDAL has it`, async () => {
    const bytes = fixture(`kinds/${name}.tif`);
    const file = await openRaster(bytes, opening);
    assertEquals(
      [file.width, file.height, file.bands.length, file.levels.length],
      [expected.width, expected.height, expected.bands, expected.overviews + 1],
    );
    // Two decoders of JPEG may round differently.
    const slack = name.startsWith("jpeg") ? 4 : 1e-6;
    const layers = await file.levels[0]?.read(file.bands.map((_, band) => band)) ?? [];
    for (const { column, row, values } of expected.points) {
      for (const [band, value] of values.entries()) {
        const read = layers[band]?.[row * file.width + column] ?? NaN;
        assert(
          value === null || Math.abs(read - value) <= slack * Math.max(1, Math.abs(value)),
          `band ${band} at ${column}, ${row}: ${read} for ${value}`,
        );
      }
    }
    const raster = (await preview(bytes)).pictures[0]?.raster;
    if (raster?.bounds === undefined) throw new Error("no picture of a raster");
    for (const [index, corner] of expected.corners.entries()) {
      const found = raster.corners[index] ?? [];
      assert(
        corner.every((part, axis) => Math.abs(part - (found[axis] ?? NaN)) < 1e-5),
        `${corner} ${found}`,
      );
    }
    const { meaning, bounds: { west, south, east, north } } = raster;
    if (meaning.kind === "values" && name !== "infinite") {
      assertEquals(meaning.statistics.valid, expected.valid);
    }
    const pixels = await readPng(raster.png);
    for (const { lon, lat, values } of expected.points) {
      const x = Math.floor((lon - west) / (east - west) * pixels.width);
      const y = Math.floor((north - lat) / (north - south) * pixels.height);
      const seen = pixels.at(x, y);
      const [value = null] = values;
      if (value === null || values.at(-1) === 0 && name === "lerc_alpha") {
        assertEquals(seen[3], 0, `${lon} ${lat} is seen`);
      } else if (meaning.kind === "values") {
        const [low, high] = meaning.range;
        assertEquals(seen, [...paletteOf("viridis")((value - low) / (high - low)), 255]);
      } else {
        assert(
          [0, 1, 2].every((band) =>
            Math.abs((seen[band] ?? NaN) - (values[band] ?? NaN)) <= slack + 1
          ),
          `${lon} ${lat}: ${seen} for ${values}`,
        );
      }
    }
  });
}

test("preview() says of a raster of a kind that it cannot draw what kind that is", async () => {
  for (
    const [name, says] of [
      ["complex", "its values are complex numbers"],
      ["long_numbers", "its values are whole numbers of 64 bits"],
      ["fax", "it is packed with CCITT fax 4"],
      ["bent_control_points", "its 4 control points bend it"],
      ["no_coordinates", "the file does not say what its coordinates are"],
    ] as const
  ) {
    const error = await assertRejects(() => preview(fixture(`kinds/${name}.tif`)), ResultsError);
    assertEquals(error.reason, "unsupported");
    assertStringIncludes(error.message, says);
    assertStringIncludes(error.message, "What to do: ");
  }
});
