import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { CatalogueError } from "../../src/catalogue/catalogue_error.ts";
import { catalogue } from "../../src/catalogue/mod.ts";
import { indexCatalogue, openCatalogue } from "../../src/catalogue/open.ts";
import { test } from "../support/test.ts";
import {
  fetchWithDefinitions,
  good,
  openeoRecord,
  repository,
  scenario,
  serveRepository,
} from "./support/made_up.ts";
import { textOf } from "./support/text_of.ts";

const options = { fetch: fetchWithDefinitions(), now: () => Date.parse("2026-11-25T10:00:00Z") };

test("catalogue.get() tells what a service takes, and an example that was tested", async () => {
  await using server = serveRepository();
  const copy = await openCatalogue({ source: server.url, ...options });
  const service = await copy.get("composite");
  assertEquals(service.service, {
    endpoint: "https://openeo.dataspace.copernicus.eu",
    application: "https://definitions.example.test/composite.json",
  });
  assertEquals(service.runs, "yes");
  assertEquals(service.example, good);
  assertEquals(service.spatialParameter, "spatial_extent");
  assertEquals(service.parameters.length, 8);
  assertEquals(service.remarks, []);
  assertEquals([service.providerName, service.platformName], ["Alpha Institute", "The Cloud"]);
});

test("catalogue.get() reads a record wherever it lies", async () => {
  await using server = serveRepository({
    "algorithm_catalog/b/folder/records/file.json": JSON.stringify(openeoRecord("one")),
    "algorithm_catalog/b/folder/benchmark_scenarios/one.json": JSON.stringify(scenario("one")),
  });
  const copy = await openCatalogue({ source: server.url, ...options });
  const service = await copy.get("one");
  assertEquals(service.remarks, []);
  assertEquals(service.description, "Makes one picture of many. It costs by area.");
  assertEquals(service.example, good);
});

test("catalogue.get() takes the endpoint that the Dispatch service has configured", async () => {
  await using server = serveRepository();
  const endpoints = { "https://openeo.dataspace.copernicus.eu/": "https://openeo.mine.test" };
  const copy = await openCatalogue({ source: server.url, endpoints, ...options });
  assertEquals((await copy.get("composite")).service.endpoint, "https://openeo.mine.test");
});

test("catalogue.get() asks a client for the parameters of an OGC API process", async () => {
  await using server = serveRepository();
  const copy = await openCatalogue({ source: server.url, ...options });
  assertStringIncludes(
    textOf((await copy.get("water")).parameters),
    "the platform has to be asked",
  );
  const asked: unknown[] = [];
  const client = {
    unitJobs: {
      parameters(request: unknown) {
        asked.push(request);
        return Promise.resolve([
          {
            name: "aoi",
            type: "bounding-box",
            optional: false,
            description: "Where",
            default: null,
          },
        ]);
      },
    },
  };
  const service = await copy.get("water", { client });
  assertEquals(asked, [{
    label: "ogc_api_process",
    service: {
      endpoint: "https://processes.example.test",
      namespace: "gep/wps3",
      application: "water-1_0",
    },
  }]);
  assertEquals(service.check({}).issues.map(({ path }) => path), ["aoi"]);
});

test("catalogue.get() of what cannot be read live says what the index knows, and that it is no more", async () => {
  const offline: typeof fetch = () => Promise.reject(new TypeError("no network"));
  const service = await indexCatalogue({ fetch: offline }).get("max_ndvi_composite");
  assertEquals(service.parameters.map(({ name }) => name).slice(0, 2), [
    "spatial_extent",
    "temporal_extent",
  ]);
  assertEquals(service.check({ ...good, bandz: 1 }).issues.map(({ path }) => path), ["bandz"]);
  assertStringIncludes(
    service.remarks.join("\n"),
    "Its record could not be read (it cannot be reached)",
  );
  assertStringIncludes(service.remarks.join("\n"), "known by name and kind alone, as of 2026-08");
});

test("catalogue.get() says that a benchmark no longer fits its definition", async () => {
  const files = repository();
  const path = "algorithm_catalog/alpha/composite/benchmark_scenarios/composite.json";
  await using server = serveRepository({
    ...files,
    [path]: (files[path] ?? "").replaceAll("temporal_extent", "time"),
  });
  const service = await (await openCatalogue({ source: server.url, ...options })).get("composite");
  assertEquals(service.example, undefined);
  assertStringIncludes(service.remarks.join(), "it is no example");
});

test("catalogue.get() of an unknown id names the nearest", async () => {
  const error = await assertRejects(() => catalogue.get("max_ndvi_composit"), CatalogueError);
  assertStringIncludes(error.message, 'did you mean "max_ndvi_composite"?');
  assertEquals(error.reason, "unknown-service");
});

test("catalogue.get() ends with the signal's reason", async () => {
  const reason = new Error("enough");
  const error = await assertRejects(() =>
    catalogue.get("ndsi", { signal: AbortSignal.abort(reason) })
  );
  assert(error === reason);
});
