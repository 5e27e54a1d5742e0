import { assertEquals, assertRejects } from "@std/assert";
import { hdf5Variables, netcdf3Variables } from "../../../src/results/cube/array_files.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

test("netcdf3Variables() and hdf5Variables() tell the same of the same cube", async () => {
  const three = await netcdf3Variables(fixture("tables/cube_nc3.nc"), "a");
  const four = await hdf5Variables(fixture("tables/cube_nc4.nc"), "a");
  for (const name of ["NDVI", "x", "y", "t"]) {
    const [a, b] = [three, four].map((all) => all.find((one) => one.name === name));
    assertEquals([a?.dimensions, a?.shape], [b?.dimensions, b?.shape], name);
    assertEquals(Array.from(a?.values() ?? []), Array.from(b?.values() ?? []), name);
  }
});

test("netcdf3Variables() and hdf5Variables() end with what is broken", async () => {
  for (const bytes of [new Uint8Array(100), fixture("tables/cube_nc4.nc").slice(0, 600)]) {
    await assertRejects(() => hdf5Variables(bytes, "a"), ResultsError, "it is broken");
  }
  await assertRejects(
    () => netcdf3Variables(fixture("tables/cube_nc3.nc").slice(0, 40), "a"),
    ResultsError,
    "it is broken",
  );
});
