import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { AuthenticatedClient } from "../../mod.ts";
import { download, preview, readCube, readSeries, readTable } from "../../src/results/mod.ts";
import { manualClock, type SandboxResult, startSandbox } from "../../src/sandbox/mod.ts";
import { test } from "../support/test.ts";
import { bundleOf } from "./support/bundle.ts";
import { inFolder } from "./support/file_server.ts";
import { pngInHtml } from "./support/read_png.ts";

const ENDPOINT = "https://openeo.example.test";
const HOUR = 3_600_000;

/** A sandbox with a job that has finished and made files of these kinds, and a client of it. */
async function finished(results: readonly SandboxResult[], linkLife = 24 * HOUR) {
  const clock = manualClock("2026-11-23T15:15:00Z");
  const service = { endpoint: ENDPOINT, application: "https://catalogue.example.test/made.json" };
  const sandbox = startSandbox({
    clock,
    linkLife,
    services: [{ label: "openeo", service, results }],
  });
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const job = await client.unitJobs.create({
    title: "Made",
    label: "openeo",
    service,
    parameters: {
      spatial_extent: { west: 5, south: 51, east: 5.2, north: 51.1 },
      temporal_extent: ["2026-05-01", "2026-07-01"],
      bands: ["B04", "B08"],
    },
    format: "gtiff",
  });
  clock.advance(60_000);
  assertEquals((await client.unitJobs.get(job)).status, "finished");
  return { sandbox, client, clock, job, [Symbol.asyncDispose]: () => sandbox.close() };
}

/** Sends as `fetch` does, and keeps what was sent to where. */
function listening() {
  const seen: { readonly url: URL; readonly headers: Headers }[] = [];
  const send: typeof fetch = (input, init) => {
    seen.push({ url: new URL(String(input)), headers: new Headers(init?.headers) });
    return fetch(input, init);
  };
  return { send, seen };
}

test("preview() shows each kind of picture that the sandbox's jobs make", async () => {
  await using on = await finished(["raster", "classes", "cube", "features"]);
  const results = await on.client.unitJobs.results(on.job);
  const { send, seen } = listening();
  const shown = await preview(results, { fetch: send });
  assertEquals(shown.problems, []);
  assertEquals(
    shown.pictures.map(({ name, raster }) => [name, raster?.meaning.kind]).sort(),
    [
      ["land_cover.tif", "classes"],
      ["openEO.nc", "values"],
      ["vegetation_index.geojson", undefined],
      ["vegetation_index.tif", "values"],
    ],
  );
  const bounds = shown.pictures.find(({ name }) => name === "vegetation_index.tif")?.raster?.bounds;
  assertAlmostEquals(bounds?.west ?? NaN, 5, 1e-5);
  assertAlmostEquals(bounds?.north ?? NaN, 51.1, 1e-5);
  // Rasters are read by ranges, and nobody is told who asks.
  for (const { url, headers } of seen) {
    if (url.pathname.endsWith(".tif")) assert(headers.has("range"), url.pathname);
    assertEquals([headers.has("authorization"), headers.has("cookie")], [false, false]);
  }
  const html = bundleOf(shown)["text/html"] ?? "";
  const png = await pngInHtml(html);
  assert(png.width > 100 && png.height > 100);
  for (const { url } of seen) assert(!html.includes(url.pathname.split("/").at(-2) ?? ""));
});

test("readTable(), readSeries() and readCube() read what the sandbox's jobs make, and it is one thing", async () => {
  await using on = await finished(["series", "csv", "parquet", "cube"]);
  const results = await on.client.unitJobs.results(on.job);
  const asset = (name: string) => results?.assets?.[name] ?? { href: "" };
  const series = await readSeries(asset("timeseries.json"));
  const csv = await readTable(asset("timeseries.csv"));
  const parquet = await readTable(asset("vectorcube.parquet"));
  const dates = series.dates.map((date) => date.getTime());
  assertEquals(dates.length, 13);
  assertEquals(new Date(dates[0] ?? 0).toISOString(), "2026-05-01T00:00:00.000Z");
  const values = series.values.map(([feature]) => feature?.[0]);
  assert(values.every((value) => typeof value === "number"));
  for (const { rows } of [csv, parquet]) {
    assertEquals(rows.map(({ date }) => date instanceof Date ? date.getTime() : date), dates);
    assertEquals(rows.map(({ NDVI }) => NDVI), values);
  }
  const fromCsv = await readSeries(asset("timeseries.csv"));
  assertEquals(fromCsv.values.map(([feature]) => feature?.[0]), values);

  const cube = await readCube(asset("openEO.nc"), { variable: "B08" });
  assertEquals([cube.variables, [...cube.shape]], [["B04", "B08"], [6, 24, 24]]);
  assertEquals(cube.times.map((time) => time.getTime()), dates.slice(0, 6));
  const first = await readCube(asset("openEO.nc"));
  // The second band has twice the index of the first; the time is added to both.
  const at = first.layer(0).findIndex((value) => !Number.isNaN(value));
  const difference = (cube.layer(0)[at] ?? NaN) - 2 * (first.layer(0)[at] ?? NaN);
  assertAlmostEquals(difference, -(dates[0] ?? NaN) / (24 * HOUR) / 100_000, 1e-5);
  const shown = bundleOf(await preview(results));
  assertStringIncludes(shown["text/plain"] ?? "", "13 dates");
});

test("download() brings every kind home, and what is read of the files is what the links gave", () =>
  inFolder(async (folder) => {
    await using on = await finished([
      "raster",
      "classes",
      "cube",
      "features",
      "series",
      "csv",
      "parquet",
    ]);
    const { send, seen } = listening();
    const files = await download(on.client, on.job, folder, { screen: false, fetch: send });
    assertEquals(files.map(({ checked, fetched }) => `${checked} ${fetched}`), [
      ...Array(7).fill("size true"),
    ]);
    for (const { headers } of seen) {
      assertEquals([headers.has("authorization"), headers.has("cookie")], [false, false]);
    }
    const file = (name: string) => files.find((one) => one.name === name) ?? { path: "", name };
    assertEquals((await readTable(file("timeseries.csv"))).rows.length, 13);
    assertEquals((await readSeries(file("timeseries.json"))).dates.length, 13);
    assertEquals((await readCube(file("openEO.nc"))).shape[0], 6);
    assertEquals((await preview(file("land_cover.tif"))).pictures.length, 1);
    const written = JSON.parse(await Deno.readTextFile(`${folder}/collection.json`));
    assertEquals(
      Object.values<{ href: string }>(written.assets).map(({ href }) => href).sort(),
      files.map(({ name }) => `./${name}`).sort(),
    );
    // The same call again fetches nothing.
    const again = await download(on.client, on.job, folder, { screen: false, fetch: send });
    assertEquals(again.some(({ fetched }) => fetched), false);
    assertEquals(seen.length, 7);
  }));

test("download() goes on at its byte behind a link that was renewed when it had ended", () =>
  inFolder(async (folder) => {
    const clock = manualClock("2026-11-23T15:15:00Z");
    const service = { endpoint: ENDPOINT, application: "https://catalogue.example.test/made.json" };
    await using sandbox = startSandbox({
      clock,
      linkLife: HOUR,
      services: [{ label: "openeo", service, results: ["features"] }],
    });
    const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
    const features = Array.from({ length: 2_000 }, (_, index) => ({
      type: "Feature",
      properties: { index },
      geometry: { type: "Point", coordinates: [5 + index / 10_000, 51] },
    }));
    const job = await client.unitJobs.create({
      title: "Markers",
      label: "openeo",
      service,
      parameters: { markers: { type: "FeatureCollection", features } },
      format: "geojson",
    });
    clock.advance(60_000);
    await client.unitJobs.get(job);
    const asked: [range: string | null, status: number, expires: string | null][] = [];
    const send: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const range = new Headers(init?.headers).get("range");
      asked.push([range, response.status, new URL(String(input)).searchParams.get("expires")]);
      if (asked.length > 1) return response;
      // The connection breaks, and the link ends meanwhile.
      clock.advance(2 * HOUR);
      const bytes = await response.bytes();
      return new Response(bytes.slice(0, 150_000), {
        headers: { "content-length": String(bytes.length) },
      });
    };
    const [file] = await download(client, job, folder, { screen: false, fetch: send });
    const from = `bytes=${150_000 - 65_536}-`;
    assertEquals(asked.map(([range, status]) => [range, status]), [
      [null, 200],
      [from, 410],
      [from, 206],
    ]);
    assertEquals(Number(asked[2]?.[2]) - Number(asked[1]?.[2]), 2 * HOUR / 1_000);
    assertEquals(file?.checked, "size");
    const { rows } = await readTable(file ?? "");
    assertEquals(
      rows.map(({ index }) => index),
      features.map(({ properties }) => properties.index),
    );
  }));

test("download() follows the items of a job that has no assets of its own", () =>
  inFolder(async (folder) => {
    await using on = await finished(["items"]);
    const files = await download(on.client, on.job, folder, { screen: false });
    assertEquals(files.map(({ key, size }) => [key, size > 1_000]), [
      ["water_mask", true],
      ["water_mask", true],
    ]);
    assertEquals(new Set(files.map(({ path }) => path)).size, 2);
    for (const file of files) assertEquals((await preview(file)).pictures.length, 1);
  }));

test("preview() of a finished task is one map of its tiles", async () => {
  const clock = manualClock("2026-11-23T15:15:00Z");
  await using sandbox = startSandbox({
    clock,
    outcome: ({ title }) => title.endsWith("2") ? "failed" : "finished",
  });
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const created = await client.upscaleTasks.create({
    title: "Tiles",
    label: "openeo",
    service: {
      endpoint: ENDPOINT,
      application: "https://catalogue.example.test/vegetation_index.json",
    },
    parameters: { resolution: 10 },
    format: "gtiff",
    dimension: {
      name: "spatial_extent",
      values: [5, 6, 7].map((west) => ({ west, south: 50, east: west + 1, north: 51 })),
    },
  });
  clock.advance(600_000);
  await client.upscaleTasks.get(created.id);
  clock.advance(600_000);
  const task = await client.upscaleTasks.get(created.id);
  const drawn = task.jobs.filter(({ status }) => status === "finished").length;
  assert(drawn > 0);
  const { pictures: [picture], problems } = await preview(task, { client });
  assertEquals(problems, []);
  assertStringIncludes(picture?.alt ?? "", `vegetation_index.tif of ${drawn} result`);
  assertEquals(picture?.raster?.meaning.kind, "values");
});
