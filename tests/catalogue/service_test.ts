import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { RequestInvalidError } from "../../src/http/errors.ts";
import type { Issue } from "../../src/models/schema/issue.ts";
import { BaseJobRequest } from "../../src/models/jobs.ts";
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
  await assertRejects(
    () => madeService({ website: "http://far.example.test" }).benchmarks(),
    Error,
    "not an https address",
  );
});
