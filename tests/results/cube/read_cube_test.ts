import { assert, assertEquals, assertRejects } from "@std/assert";
import { readCube } from "../../../src/results/cube/read_cube.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { expectedTables, fixturePath } from "../support/fixtures.ts";

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
