import { assert, assertEquals, assertRejects } from "@std/assert";
import { readCube } from "../../../src/results/cube/read_cube.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { expectedTables, fixture, fixturePath } from "../support/fixtures.ts";

const { cube: expected } = expectedTables;

for (const name of ["cube_nc3", "cube_nc3_64", "cube_nc4"]) {
  test(`readCube() reads of ${name} what Python does`, async () => {
    const cube = await readCube(fixturePath(`tables/${name}.nc`));
    assertEquals([cube.variable, [...cube.shape], cube.crs], [expected.variable, [
      ...expected.shape,
    ], `EPSG:${expected.epsg}`]);
    assertEquals(cube.layers, [...expected.times]);
    for (const { t, y, x, value } of expected.samples) {
      const read = cube.layer(t)[y * cube.shape[2] + x] ?? NaN;
      assertEquals(Number.isNaN(read) ? null : read, value);
    }
    for (const [index, mean] of expected.mean.entries()) {
      const values = cube.layer(index).filter((value) => !Number.isNaN(value));
      assert(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length - mean) < 1e-9);
    }
  });
}

test("readCube() says what is none", async () => {
  await assertRejects(
    () => readCube(fixturePath("tables/parcels.csv")),
    ResultsError,
    "it is no netCDF",
  );
  await assertRejects(
    () => readCube("x", JSON.parse('{"varible":"x"}')),
    Error,
    'did you mean "variable"?',
  );
});

const { samples }: {
  readonly samples: readonly {
    readonly t: number;
    readonly y: number;
    readonly x: number;
    readonly value: number | null;
  }[];
} = JSON.parse(new TextDecoder().decode(fixture("cubes/expected.json")));

test("readCube() reads cubes of rarer kinds as netCDF's own library does", async () => {
  for (
    const [name, variable, layerOf, factor] of [
      ["groups", "NDVI", (t: number) => t, 1],
      ["curvilinear", "sst", (t: number) => t, 1],
      ["default_fill", "NDVI", (t: number) => t, 1],
      ["bands", "v", (t: number) => t * 2 + 1, 2],
      ["many_variables", "v13", (t: number) => t, 13],
    ] as const
  ) {
    const cube = await readCube(fixture(`cubes/${name}.nc`));
    assertEquals(cube.variable, variable);
    const [, , columns] = cube.shape;
    for (const { t, y, x, value } of samples) {
      const read = cube.layer(layerOf(t))[y * columns + x] ?? NaN;
      assert(
        value === null ? Number.isNaN(read) : Math.abs(read - value * factor) < 1e-5,
        `${name} ${t} ${y} ${x}: ${read} for ${value}`,
      );
    }
  }
});

test("readCube() calls each layer by all that tells it apart", async () => {
  const { layers } = await readCube(fixture("cubes/bands.nc"));
  assertEquals(layers, [
    "2024-01-01, B04",
    "2024-01-01, B08",
    "2024-02-01, B04",
    "2024-02-01, B08",
  ]);
});
