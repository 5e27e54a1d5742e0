import { assertEquals, assertRejects } from "@std/assert";
import { netcdf3Variables } from "../../../src/results/cube/netcdf3.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

test("netcdf3Variables() tells names, dimensions and what stands for no value", async () => {
  for (const name of ["cube_nc3", "cube_nc3_64"]) {
    const variables = await netcdf3Variables(fixture(`tables/${name}.nc`), name);
    const ndvi = variables.find((variable) => variable.name === "NDVI");
    assertEquals([ndvi?.dimensions, ndvi?.shape], [["t", "y", "x"], [4, 48, 48]]);
    assertEquals(ndvi?.fill, 9.969209968386869e36);
    assertEquals(ndvi?.attributes.grid_mapping, "crs");
  }
});

test("netcdf3Variables() ends with what is broken, and names a kind that it does not read", async () => {
  await assertRejects(
    () => netcdf3Variables(fixture("tables/cube_nc3.nc").slice(0, 40), "a"),
    ResultsError,
    "it is broken",
  );
  await assertRejects(
    () => netcdf3Variables(fixture("cubes/cdf5.nc"), "a"),
    ResultsError,
    "it is netCDF of the kind CDF-5",
  );
});
