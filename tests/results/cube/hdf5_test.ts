import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { deflateSync, zstdCompressSync } from "node:zlib";
import { hdf5Variables } from "../../../src/results/cube/hdf5.ts";
import { netcdf3Variables } from "../../../src/results/cube/netcdf3.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

test("hdf5Variables() tells the same of a cube as netcdf3Variables() of the same one", async () => {
  const three = await netcdf3Variables(fixture("tables/cube_nc3.nc"), "a");
  const four = await hdf5Variables(fixture("tables/cube_nc4.nc"), "a");
  for (const name of ["NDVI", "x", "y", "t"]) {
    const [a, b] = [three, four].map((all) => all.find((one) => one.name === name));
    assertEquals([a?.dimensions, a?.shape], [b?.dimensions, b?.shape], name);
    assertEquals(Array.from(a?.values() ?? []), Array.from(b?.values() ?? []), name);
  }
});

test("hdf5Variables() has variables as they were made, the tenth behind the second", async () => {
  const names = (await hdf5Variables(fixture("cubes/many_variables.nc"), "a")).map(({ name }) =>
    name
  );
  assertEquals(
    names.filter((name) => name.startsWith("v")),
    Array.from({ length: 14 }, (_, index) => `v${13 - index}`),
  );
});

test("hdf5Variables() has those of groups too, and names dimensions by what they refer to", async () => {
  const variables = await hdf5Variables(fixture("cubes/groups.nc"), "a");
  const ndvi = variables.find(({ name }) => name === "data/NDVI");
  assertEquals(ndvi?.dimensions, ["x", "y", "t"]);
  const bands = await hdf5Variables(fixture("cubes/bands.nc"), "a");
  assertEquals(bands.find(({ name }) => name === "band")?.texts?.(), ["B04", "B08"]);
  const cells = await hdf5Variables(fixture("cubes/curvilinear.nc"), "a");
  // A dimension without a variable has numbers that say nothing.
  assertEquals(cells.map(({ name }) => name), ["lat", "lon", "sst", "t"]);
});

test("hdf5Variables() ends with what is broken, and names a packing that nobody reads here", async () => {
  for (const bytes of [new Uint8Array(100), fixture("tables/cube_nc4.nc").slice(0, 600)]) {
    await assertRejects(() => hdf5Variables(bytes, "a"), ResultsError, "it is broken");
  }
  const packed = await hdf5Variables(fixture("cubes/szip.nc"), "a");
  await assertRejects(
    () => Promise.try(() => packed.find(({ name }) => name === "NDVI")?.values()),
    ResultsError,
    "its values are packed with SZIP",
  );
});

test("hdf5Variables() tells its reader how chunks of DEFLATE and Zstandard are unpacked, and within what", async () => {
  await hdf5Variables(fixture("tables/cube_nc4.nc"), "a");
  const { Filters } = await import("jsfive");
  const whole = Uint8Array.from({ length: 5_000 }, (_, at) => at % 7);
  for (const [filter, pack] of [[1, deflateSync], [32_015, zstdCompressSync]] as const) {
    const unpack = Filters.get(filter);
    assertEquals(new Uint8Array(unpack(new Uint8Array(pack(whole)).buffer)), whole);
    assertThrows(
      () => unpack(new Uint8Array(pack(new Uint8Array(270_000_000))).buffer),
      RangeError,
    );
  }
});
