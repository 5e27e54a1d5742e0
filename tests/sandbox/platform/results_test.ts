import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { Collection } from "../../../src/models/stac/stac.ts";
import { vegetationIndex } from "../../../src/sandbox/platform/area.ts";
import { isGenuine, signedLink } from "../../../src/sandbox/platform/results.ts";
import { test } from "../../support/test.ts";
import {
  at,
  listAt,
  OPENEO,
  recorded,
  send,
  shapeOf,
  type Stage,
  stage,
  TUTORIAL,
} from "../support.ts";

const JOB = {
  id: "j-1",
  user: "ada",
  created: 0,
  arguments: {},
  title: "x",
  label: "openeo",
  service: { endpoint: "x", namespace: null, application: "x" },
  parameters: {},
  format: "gtiff",
} as const;

test("signedLink() has the user and the signature in its path, the end in its query", async () => {
  const options = { origin: "http://s.test", now: 1000, linkLife: 60_000 };
  const link = new URL(await signedLink(JOB, "a.tif", options));
  assertMatch(
    link.pathname,
    /^\/sandbox\/files\/jobs\/j-1\/results\/assets\/YWRh\/[0-9a-f]{32}\/a\.tif$/,
  );
  assertEquals(link.search, "?expires=61");
  const [, , , , id = "", , , user = "", signature = "", name = ""] = link.pathname.split("/");
  const parts = { id, user, signature, name, expires: 61 };
  assertEquals(await isGenuine(parts), true);
  for (const change of [{ name: "b.tif" }, { user: "YmVu" }, { expires: 62 }, { id: "j-2" }]) {
    assertEquals(await isGenuine({ ...parts, ...change }), false, JSON.stringify(change));
  }
});

async function resultsOf(on: Stage, json: object): Promise<unknown> {
  const created = await send(on.sandbox, "POST /unit_jobs", { json });
  on.clock.advance(60_000);
  return (await send(on.sandbox, `GET /unit_jobs/${at(created.body, "id")}/results`)).body;
}

test("collectionOf() is a STAC Collection with null where the service sends null", async () => {
  await using on = stage();
  const body = await resultsOf(on, TUTORIAL);
  const results = Collection.parse(body);
  assertEquals(results.extent.spatial.bbox, [[12, 41, 13, 42]]);
  assertEquals([results.keywords, results.providers], [null, null]);
  const { body: wanted } = await recorded("results-ok-openeo");
  const keys = (value: unknown) => Object.keys(Object(value)).filter((key) => !key.includes(":"));
  assertEquals(keys(body), keys(wanted));
  assertEquals(shapeOf(at(body, "links", 0)), shapeOf(at(wanted, "links", 0)));
  const asset = at(body, "assets", "vegetation_index.geojson");
  assertEquals(keys(asset), keys(at(wanted, "assets", "out.json")));
  assertEquals([at(asset, "title"), at(asset, "description")], [null, null]);
});

test("collectionOf() puts the format that was asked for first", async () => {
  await using on = stage();
  const names = [];
  for (const format of ["geojson", "gtiff", "json", "netcdf"]) {
    const body = await resultsOf(on, { ...TUTORIAL, format });
    names.push(Object.keys(Object(at(body, "assets"))).map((name) => name.split(".")[1]).join());
  }
  assertEquals(names, ["geojson,tif", "tif,geojson", "geojson,tif", "geojson,tif"]);
});

test("collectionOf() takes its time from the parameters, or else from the job", async () => {
  await using on = stage();
  const temporal = { temporal_extent: ["2025-05-01", "2025-06-01"] };
  const parameters = { ...OPENEO.parameters, ...temporal };
  const given = Collection.parse(await resultsOf(on, { ...OPENEO, parameters }));
  assertEquals(given.extent.temporal.interval, [[new Date("2025-05-01"), new Date("2025-06-01")]]);
  const standard = Collection.parse(await resultsOf(on, OPENEO));
  assertEquals(standard.extent.temporal.interval, given.extent.temporal.interval);
  on.clock.advance(24 * 3_600_000);
  const own = Collection.parse(await resultsOf(on, TUTORIAL));
  const ends = own.extent.temporal.interval[0]?.[1];
  assertEquals(ends?.toISOString(), "2026-11-24T15:17:00.000Z");
});

test("the GeoJSON of a job is a grid over its area with a value in each cell", async () => {
  await using on = stage();
  const body = await resultsOf(on, TUTORIAL);
  const asset = at(body, "assets", "vegetation_index.geojson");
  const response = await fetch(String(at(asset, "href")));
  assertEquals(response.headers.get("content-type"), "application/geo+json");
  const text = await response.text();
  assertEquals(at(asset, "file:size"), new TextEncoder().encode(text).length);
  const features = listAt(JSON.parse(text), "features");
  assertEquals(features.length, 64);
  const [first] = features;
  assertEquals(at(first, "geometry", "coordinates", 0), [
    [12, 41.875],
    [12.125, 41.875],
    [12.125, 42],
    [12, 42],
    [12, 41.875],
  ]);
  assertEquals(at(first, "properties", "value"), vegetationIndex(12.0625, 41.9375));
});

test("the GeoTIFF of a job lies where it should and holds the same field", async () => {
  await using on = stage();
  const body = await resultsOf(on, OPENEO);
  const asset = at(body, "assets", "vegetation_index.tif");
  const response = await fetch(String(at(asset, "href")));
  assertEquals(
    response.headers.get("content-type"),
    "image/tiff; application=geotiff; profile=cloud-optimized",
  );
  const bytes = await response.bytes();
  assertEquals(at(asset, "file:size"), bytes.length);
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  assertEquals(image.getBoundingBox(), [12, 41, 13, 42]);
  assertEquals(image.getGeoKeys()?.GeographicTypeGeoKey, 4326);
  const raster = await image.readRasters({ interleave: true });
  const step = 1 / 64;
  const northWest = vegetationIndex(12 + step / 2, 42 - step / 2);
  assert(Math.abs(Number(raster[0]) - northWest) < 1e-6);
});

test("collectionOf() has the files of each process", async () => {
  await using on = stage();
  const box = { west: 12, south: 41, east: 12.1, north: 41.1 };
  const field = {
    type: "Polygon",
    coordinates: [[[12, 41], [12.1, 41], [12.1, 41.1], [12, 41]]],
  };
  const parcels = {
    type: "FeatureCollection",
    features: [{ type: "Feature", geometry: field, properties: {} }],
  };
  const all = [
    ["land_cover", {}, ["land_cover.tif"]],
    ["field_statistics", { geometry: field }, ["timeseries.json", "timeseries.csv"]],
    ["parcel_markers", { parcels }, ["vegetation_index.geojson", "vectorcube.parquet"]],
    ["band_cube", { bands: ["B04"], spatial_extent: box }, ["openEO.nc"]],
    ["station_report", {}, ["timeseries.csv"]],
  ] as const;
  for (const [id, parameters, names] of all) {
    const application = `https://catalogue.example.test/${id}.json`;
    const body = await resultsOf(on, {
      ...OPENEO,
      service: { ...OPENEO.service, application },
      parameters,
      format: "json",
    });
    assertEquals(Object.keys(Object(at(body, "assets"))), names, id);
    for (const name of names) {
      const response = await fetch(String(at(body, "assets", name, "href")));
      assertEquals(response.headers.get("content-type"), at(body, "assets", name, "type"));
      assertEquals((await response.bytes()).length, at(body, "assets", name, "file:size"));
    }
  }
});

test("the links of a collection lead to it", async () => {
  await using on = stage();
  const body = await resultsOf(on, TUTORIAL);
  for (const link of listAt(body, "links")) {
    const response = await fetch(String(at(link, "href")));
    assertEquals(at(await response.json(), "id"), at(body, "id"));
  }
});
