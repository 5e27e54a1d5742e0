import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { deflateSync } from "node:zlib";
import { toGeoTiff } from "../../src/sandbox/platform/geotiff.ts";
import { download, preview, readTable, ResultsError } from "../../src/results/mod.ts";
import { test } from "../support/test.ts";
import { collectionOf } from "./support/collections.ts";
import { fixture } from "./support/fixtures.ts";
import { inFolder } from "./support/file_server.ts";

const nobody = { unitJobs: { results: () => Promise.reject(new Error("nobody is asked")) } };

const TILE_OFFSETS = 324, TILE_SIZES = 325;

/** A server that says that it sends so much, and how much of it was taken. */
function endless(head: string, type: string, length?: number) {
  let sent = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    let first = true;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = first ? new TextEncoder().encode(head) : new Uint8Array(65_536).fill(32);
        first = false;
        sent += piece.length;
        controller.enqueue(piece);
      },
    });
    return new Response(body, {
      headers: {
        "content-type": type,
        ...(length === undefined ? {} : { "content-length": String(length) }),
      },
    });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/results.json`,
    sent: () => sent,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

test("a JSON of 1 GB, and one without an end, are let go of within the budget", async () => {
  for (const length of [1_000_000_000, undefined]) {
    await using server = endless(`{"2026-06-01": [`, "application/json", length);
    const error = await assertRejects(() => preview(server.url), ResultsError);
    assertEquals(error.reason, "too-large");
    assert(server.sent() < 40_000_000, `${server.sent()} bytes were taken`);
  }
});

test("a header that promises 10 TB is not believed where a file is read", async () => {
  await using server = endless("a,b\n", "text/csv", 10_000_000_000_000);
  const error = await assertRejects(() => readTable(server.url), ResultsError);
  assertEquals(error.reason, "too-large");
  assertStringIncludes(error.message, "it has 10 TB");
  assert(server.sent() < 20_000_000, `${server.sent()} bytes were taken`);
});

test("a web page with status 200 is said to be one", async () => {
  await using server = endless("<!doctype html><title>Sign in</title>", "text/html", 37);
  const error = await assertRejects(() => preview(server.url), ResultsError);
  assertStringIncludes(error.message, "it is a web page");
});

test("a TIFF whose directory points at itself is shown all the same", async () => {
  const bytes = fixture("rasters/lonlat4326.tif").slice();
  const view = new DataView(bytes.buffer);
  const first = view.getUint32(4, true);
  const entries = view.getUint16(first, true);
  view.setUint32(first + 2 + entries * 12, first, true);
  assertEquals((await preview(bytes)).pictures.length, 1);
});

test("a tile that unpacks to a gigabyte is let go of", async () => {
  const size = 64;
  const good = await toGeoTiff({
    box: [5, 51, 6, 52],
    size,
    bands: [Array.from({ length: size * size }, (_, index) => index)],
    names: ["a"],
    noData: -1,
  });
  const bomb = new Uint8Array(deflateSync(new Uint8Array(1_000_000_000), { level: 1 }));
  const bytes = new Uint8Array([...good, ...bomb]);
  // The packed gigabyte behind the file is named as the tile of every picture in it.
  const view = new DataView(bytes.buffer);
  for (let at = view.getUint32(4, true), entries = 0; at > 0;) {
    entries = view.getUint16(at, true);
    for (let entry = 0; entry < entries; entry++) {
      const place = at + 2 + entry * 12;
      const tag = view.getUint16(place, true);
      if (tag === TILE_OFFSETS) view.setUint32(place + 8, good.length, true);
      if (tag === TILE_SIZES) view.setUint32(place + 8, bomb.length, true);
    }
    at = view.getUint32(at + 2 + entries * 12, true);
  }
  const error = await assertRejects(() => preview(bytes), ResultsError);
  assertStringIncludes(error.message, "unpacks to more than a tile has");
});

test("a Parquet footer of 2 GB is not read", async () => {
  const bytes = fixture("tables/parcels_snappy.parquet").slice();
  new DataView(bytes.buffer).setUint32(bytes.length - 8, 2_000_000_000, true);
  const error = await assertRejects(() => readTable(bytes), ResultsError);
  assertEquals(error.reason, "invalid");
  assertStringIncludes(error.message, "its footer would have 2000000000 bytes");
});

test("names that lead out of the folder bring their files into it", () =>
  inFolder(async (folder) => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response("bytes"),
    );
    const href = `http://127.0.0.1:${server.addr.port}/%2e%2e%2f%2e%2e%2fescape`;
    const names = ["../../up", "/etc/absolute", "C:\\drive", "nul\0", "CON", "x".repeat(300), ".."];
    const inside = `${folder}/out`;
    const files = await download(
      nobody,
      collectionOf(Object.fromEntries(names.map((name) => [name, { href }]))),
      inside,
      { screen: false },
    );
    assertEquals(files.length, names.length);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["out"]);
    for (const { path, name } of files) {
      assertEquals(path, `${inside}/${name}`);
      assert(!/[/\\\0]|^\.\.?$/.test(name) && name.length <= 255, name);
      assertEquals(await Deno.readTextFile(path), "bytes");
    }
    assertEquals([...Deno.readDirSync(inside)].length, names.length + 1);
  }));
