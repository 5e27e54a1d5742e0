import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { AuthenticatedClient, upscaleArea } from "../../mod.ts";
import { areaOf } from "../../src/catalogue/checking/cost.ts";
import { CatalogueError, openCatalogue } from "../../src/catalogue/mod.ts";
import { RequestInvalidError } from "../../src/http/errors.ts";
import type { Issue } from "../../src/models/schema/issue.ts";
import { BaseJobRequest } from "../../src/models/jobs.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { madeService } from "./support/made_service.ts";
import { good } from "./support/made_up.ts";
import { textOf } from "./support/text_of.ts";

test("service.request() makes a request that can be sent, and leaves defaults to the service", () => {
  const request = madeService().request({ parameters: good });
  assertEquals(request, {
    title: "The composite 2026-11-25",
    label: "openeo",
    service: {
      endpoint: "https://openeo.dataspace.copernicus.eu",
      application: "https://definitions.example.test/composite.json",
    },
    parameters: good,
    format: "gtiff",
  });
  assertEquals(BaseJobRequest.parse(request), request);
  assertEquals(
    madeService().request({ title: "Mine", parameters: good, format: "netcdf" }).format,
    "netcdf",
  );
});

test("service.request() throws with every problem by its path", () => {
  const error = assertThrows(
    () =>
      madeService().request({
        parameters: { ...good, bands: ["B99"], mask: 5 },
        format: "geojson",
      }),
    RequestInvalidError,
  );
  assertEquals(error.issues.map(({ path }: Issue) => path), [
    "parameters.bands[0]",
    "parameters.mask",
    "format",
  ]);
  assertStringIncludes(error.message, "Cannot make a request of composite");
  assertStringIncludes(
    error.message,
    'format: expected "gtiff" or "netcdf", got "geojson": it makes no other',
  );
  assertThrows(
    () => madeService().request(JSON.parse('{"params":{}}')),
    RequestInvalidError,
    'params: no such option; did you mean "parameters"?',
  );
});

test("service.request() leaves the dimension of an area to its tiles, and knows every other problem", () => {
  const service = madeService();
  const dimension = service.spatialParameter ?? "";
  assert(dimension in good, dimension);
  const { [dimension]: _, ...others } = { ...good };
  assertThrows(() => service.request({ parameters: others }), RequestInvalidError, "is needed");
  assertEquals(service.request({ parameters: others, dimension }).parameters, others);
  assertEquals(service.request({ parameters: good, dimension }).parameters, others);
  const error = assertThrows(
    () => service.request({ parameters: { ...others, bands: ["B99"] }, dimension }),
    RequestInvalidError,
  );
  assertEquals(error.issues.map(({ path }: Issue) => path), ["parameters.bands[0]"]);
  assertThrows(
    () => service.request({ parameters: good, dimension: dimension.slice(1) }),
    RequestInvalidError,
    `dimension: no such parameter; did you mean "${dimension}"?`,
  );
});

test("service.request() knows the price: the plan of an area adds it up", async () => {
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const catalogue = await openCatalogue({ source: sandbox.catalogue });
  const service = await catalogue.get("vegetation_index");
  const request = service.request({ dimension: service.spatialParameter });
  const { plan } = await upscaleArea(client, {
    aoi: { west: 4, south: 51, east: 4.3, north: 51.3 },
    grid: "20x20km",
    request,
    dryRun: true,
    show: false,
  });
  const squares = plan.tiles.reduce((sum, tile) => sum + (areaOf(tile) ?? 0), 0);
  assertAlmostEquals(plan.cost?.amount ?? 0, 0.1 * squares, squares / 1e6);
  assertEquals(plan.cost?.unit, "platform credits");
  assertMatch(
    textOf(plan),
    /Cost +about [\d.]+ platform credits · 0\.1 platform credits per km² × /,
  );
  assertEquals(JSON.parse(JSON.stringify(request)), request);
  const { plan: copy } = await upscaleArea(client, {
    aoi: { west: 4, south: 51, east: 4.3, north: 51.3 },
    grid: "20x20km",
    request: { ...request },
    dryRun: true,
    show: false,
  });
  assertEquals(copy.cost, undefined);
});

test("service.check() tells problems and cost, and what benchmarks measured when they are given", () => {
  const service = madeService();
  const check = service.check(good, {
    benchmarks: {
      serviceId: "composite",
      runs: [],
      summary: ["4–9 credits for 3.34 km² in 6 runs"],
    },
  });
  assert(check.ok);
  assertEquals(check.cost.measured, ["4–9 credits for 3.34 km² in 6 runs"]);
  assertStringIncludes(textOf(check), "about 7.77 platform credits");
  assertStringIncludes(textOf(check), "benchmarks: 4–9 credits for 3.34 km² in 6 runs");
  assertStringIncludes(textOf(service.check({})), "2 problems");
  assertEquals(JSON.parse(JSON.stringify(check)).ok, true);
});

test("service.check() without a definition says that nothing was checked", () => {
  const { ok, warnings } = madeService({ parameters: undefined }).check({ anything: 1 });
  assertEquals([ok, warnings], [true, [
    "What it takes could not be read: the parameters were not checked",
  ]]);
});

test("service.spatialParameter is there only where one parameter says where", () => {
  assertEquals(madeService().spatialParameter, "spatial_extent");
  assertEquals(madeService({ parameters: [] }).spatialParameter, undefined);
});

test("service.benchmarks() reads what the catalogue's website says", async () => {
  await using server = serve(() =>
    Response.json({
      service_id: "composite",
      data: [
        {
          scenario_id: "a",
          costs: 4,
          duration: 100,
          area_size: 3.34,
          start_time: "2026-03-09T10:00:00Z",
        },
        {
          scenario_id: "a",
          costs: 9,
          duration: null,
          area_size: 3.34,
          start_time: "2026-05-01T10:00:00Z",
        },
      ],
    })
  );
  const { summary, runs } = await madeService({ website: server.url }).benchmarks();
  assertEquals(summary, ["4–9 credits for 3.34 km² in 2 runs since 9 March 2026"]);
  assertEquals(runs[0]?.cost, 9);
  assertEquals(server.seen[0]?.path, "/api/services/composite/benchmarks.json");
  const text = textOf(await madeService({ website: server.url }).benchmarks());
  assertStringIncludes(text, "Benchmarks of composite · 2 runs");
  assertStringIncludes(text, "4–9 credits for 3.34 km²");
  await assertRejects(
    () => madeService({ website: "http://far.example.test" }).benchmarks(),
    Error,
    "not an https address",
  );
});

test("service.benchmarks() of a service that was never run are none", async () => {
  await using server = serve(() => new Response("", { status: 404 }));
  assertEquals((await madeService({ website: server.url }).benchmarks()).runs, []);
});

test("service.check() warns where Dispatch has no word for what a service makes", () => {
  const { parameters, description: _, ...facts } = madeService();
  const made = madeService({ facts: { ...facts, formats: ["CSV"] }, parameters });
  const { ok, warnings } = made.check(good);
  assertEquals([ok, warnings], [true, [
    "It makes CSV, which Dispatch has no word for: a request asks for gtiff unless its format says another",
  ]]);
  assertEquals(made.request({ parameters: good }).format, "gtiff");
  assertEquals(made.request({ parameters: good, format: "json" }).format, "json");
});

test("service.benchmarks() that cannot be read say of which service", async () => {
  const offline = { fetch: () => Promise.reject(new TypeError("no network")) };
  const error = await assertRejects(() => madeService(offline).benchmarks(), CatalogueError);
  assertEquals([error.reason, error.message], [
    "unreachable",
    "Cannot read the benchmarks of composite: catalogue.example.test/api/services/composite/benchmarks.json: it cannot be reached",
  ]);
});

test("service.runs is told with the month that it is known of", () => {
  const { runs, runsAsOf } = madeService();
  assertEquals([runs, /^\d{4}-\d\d$/.test(runsAsOf)], ["yes", true]);
});

test("service.request() tells a title that cannot be stored among all other problems", () => {
  const error = assertThrows(
    () => madeService().request(JSON.parse(`{"title":"${"x".repeat(256)}","format":"csv"}`)),
    RequestInvalidError,
  );
  assertEquals(error.issues.map(({ path }: Issue) => path).toSorted(), [
    "format",
    "parameters.spatial_extent",
    "parameters.temporal_extent",
    "title",
  ]);
  assertThrows(() => madeService().request({ title: " ", parameters: good }), RequestInvalidError);
});

test("service.check() refuses what are no parameters and options that nobody knows", () => {
  const service = madeService();
  const { ok, issues } = service.check(JSON.parse("null"));
  assertEquals([ok, issues.length], [false, 1]);
  assertThrows(
    () => service.check(good, JSON.parse('{"formt":"gtiff"}')),
    Error,
    'did you mean "format"?',
  );
});
