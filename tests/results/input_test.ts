import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  inputFile,
  isCollection,
  kindOfBytes,
  kindOfName,
  readBytes,
} from "../../src/results/input.ts";
import { ResultsError } from "../../src/results/results_error.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { collectionOf } from "./support/collections.ts";
import { fixture, fixturePath } from "./support/fixtures.ts";

const options = { fetch, maxBytes: 1_000_000, signal: undefined };

test("inputFile() takes an asset, a downloaded file, a path, a URL and bytes", () => {
  assertEquals(inputFile({ href: "https://a.test/x/openEO.tif?sig=1", type: "image/tiff" }), {
    name: "openEO.tif",
    type: "image/tiff",
    at: { kind: "address", address: "https://a.test/x/openEO.tif?sig=1" },
  });
  assertEquals(inputFile({ path: "out/a.tif", name: "a.tif" }).at, {
    kind: "path",
    path: "out/a.tif",
  });
  assertEquals(inputFile("out/my file.tif").name, "my file.tif");
  assertEquals(inputFile("C:\\out\\a.tif").at.kind, "path");
  assertEquals(inputFile(new URL("file:///tmp/a%20b.nc")).at, {
    kind: "path",
    path: "/tmp/a b.nc",
  });
  assertEquals(inputFile(new Uint8Array([1])).name, "the bytes");
  const json = inputFile({ kind: "json", mediaType: null, data: { a: 1 } });
  assertEquals(json.at.kind === "bytes" ? new TextDecoder().decode(json.at.bytes) : "", '{"a":1}');
});

test("inputFile() refuses what is no file", () => {
  for (const value of [5, null, {}, { href: 5 }, []]) {
    assertThrows(
      () => inputFile(JSON.parse(JSON.stringify(value))),
      ResultsError,
      "give an asset of the results",
    );
  }
  assertThrows(() => inputFile("s3://KEY:SECRET@bucket/a.tif"), ResultsError, "begins with s3:");
});

test("readBytes() reads what is small enough, and says what stands in the way", async () => {
  await using server = serve(({ path }) =>
    path === "/big"
      ? new Response(new Uint8Array(2_000_000))
      : path.startsWith("/gone")
      ? new Response("", { status: 410 })
      : new Response("abc")
  );
  assertEquals((await readBytes(inputFile(`${server.url}/a`), options)).length, 3);
  assertStringIncludes(
    (await assertRejects(() => readBytes(inputFile(`${server.url}/big`), options), ResultsError))
      .message,
    "it has 2.0 MB, and 1.0 MB are allowed",
  );
  const ended = await assertRejects(
    () => readBytes(inputFile(`${server.url}/gone?sig=s3cret`), options),
    ResultsError,
  );
  assertEquals([ended.reason, ended.message.includes("s3cret")], ["expired", false]);
  await assertRejects(
    () => readBytes(inputFile("nowhere"), options),
    ResultsError,
    "there is no such file",
  );
  assertEquals(
    (await readBytes(inputFile(fixturePath("tables/timeseries.json")), options)).length,
    1_414,
  );
});

test("readBytes() ends with the signal's reason", async () => {
  const reason = new Error("enough");
  const error = await assertRejects(() =>
    readBytes(inputFile("x"), { ...options, signal: AbortSignal.abort(reason) })
  );
  assert(error === reason);
});

test("kindOfBytes() tells files apart by their first bytes", () => {
  const text = (words: string) => new TextEncoder().encode(words);
  assertEquals(
    [
      fixture("rasters/webp.tif"),
      fixture("tables/cube_nc3.nc"),
      fixture("tables/cube_nc3_64.nc"),
      fixture("tables/cube_nc4.nc"),
      fixture("tables/parcels_zstd.parquet"),
      fixture("tables/parcels_semicolon_bom.csv"),
      text('\ufeff {"a":1}'),
      text("  <!DOCTYPE html>"),
      new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      new Uint8Array([0xff, 0xd8]),
      new Uint8Array([0, 0]),
      new Uint8Array(),
    ].map(kindOfBytes),
    [
      "tiff",
      "netcdf3",
      "netcdf3",
      "hdf5",
      "parquet",
      "text",
      "json",
      "page",
      "png",
      "jpeg",
      "unknown",
      "unknown",
    ],
  );
});

test("kindOfName() tells them by media type and name", () => {
  const of = (name: string, type?: string) =>
    kindOfName({ name, type, at: { kind: "path", path: name } });
  assertEquals([
    of("x", "image/tiff; application=geotiff"),
    of("a.TIF"),
    of("a.nc"),
    of("a.parquet"),
    of("a.csv"),
    of("a.geojson"),
    of("a.zip"),
  ], ["tiff", "tiff", "hdf5", "parquet", "text", "json", "unknown"]);
});

test("isCollection() tells results from a file", () => {
  assertEquals([isCollection(collectionOf({})), isCollection({ href: "x" }), isCollection(null)], [
    true,
    false,
    false,
  ]);
});
