import { assert, assertEquals } from "@std/assert";
import type { ProcessingStatusEnum } from "../../../src/models/jobs.ts";
import {
  argumentsOf,
  noResultsReason,
  refusalOf,
  unreadableReason,
} from "../../../src/sandbox/platform/platform.ts";
import { BUILT_IN_SERVICES } from "../../../src/sandbox/platform/services.ts";
import type { JobRequest, PlatformJob } from "../../../src/sandbox/service/state.ts";
import { test } from "../../support/test.ts";

const JOB: PlatformJob = {
  id: "j-1",
  user: "ada",
  arguments: {},
  created: 0,
  title: "x",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    namespace: null,
    application: "https://catalogue.example.test/vegetation_index.json",
  },
  parameters: {},
  format: "json",
};

const WORLD = { services: BUILT_IN_SERVICES, lenient: false, now: 0 };

function refusal(parameters: JobRequest["parameters"]): string | undefined {
  return refusalOf({ ...JOB, parameters }, WORLD);
}

test("refusalOf() takes a bounding box with its four keys, or a polygon", () => {
  const box = { west: 1, south: 2, east: 3, north: 4 };
  assertEquals(refusal({ spatial_extent: box }), undefined);
  assertEquals(refusal({ spatial_extent: { type: "Polygon", coordinates: [] } }), undefined);
  assert(refusal({ spatial_extent: { ...box, crs: "EPSG:4326" } })?.includes("crs"));
  assert(refusal({ spatial_extent: { type: "MultiPolygon" } })?.includes("MultiPolygon"));
  assertEquals(refusal({ spatial_extent: null }), "'NoneType' object has no attribute 'get'");
  assertEquals(refusal({ spatial_extent: 1.5 }), "'float' object has no attribute 'get'");
});

test("refusalOf() finds names that clash", () => {
  assert(refusal({ namespace: "x" })?.includes("'namespace'"));
  assert(refusal({ process_id: "x" })?.includes("'process_id'"));
});

test("unreadableReason() concerns a colon in the namespace of an OGC API only", () => {
  const service = { ...JOB.service, namespace: "a:b" };
  assertEquals(unreadableReason({ ...JOB, service }, 0), undefined);
  assertEquals(unreadableReason({ ...JOB, label: "ogc_api_process" }, 0), undefined);
  const reason = unreadableReason({ ...JOB, service, label: "ogc_api_process" }, 0);
  assert(reason?.includes("job b%3Aj-1 not found"));
});

test("noResultsReason() tells how far the job is, in the platform's words", () => {
  const words = (label: JobRequest["label"], status: ProcessingStatusEnum) =>
    noResultsReason({ ...JOB, label }, status, 0);
  assert(words("ogc_api_process", "queued").includes("is accepted"));
  assert(words("ogc_api_process", "running").includes("is running"));
  assert(words("ogc_api_process", "canceled").includes("is dismissed"));
  assert(words("openeo", "running").includes("JobNotFinished"));
  assert(words("openeo", "failed").includes("JobFailed"));
});

const BOX = { west: 1, south: 2, east: 3, north: 4 };

test("refusalOf() refuses, in the service's words, what is not there", () => {
  const of = (service: Partial<JobRequest["service"]>, lenient = false) =>
    refusalOf({
      ...JOB,
      parameters: { spatial_extent: BOX },
      service: { ...JOB.service, ...service },
    }, {
      ...WORLD,
      lenient,
    });
  assertEquals(
    of({ endpoint: "https://openeo.example.test/" }),
    "No OpenEO backend configuration found for URL: https://openeo.example.test/",
  );
  assertEquals(
    of({ application: "demo" }),
    "Invalid URL 'demo': No scheme supplied. Perhaps you meant https://demo?",
  );
  assertEquals(of({ application: "../x" })?.split(":")[0], "Invalid URL '../x'");
  const absent = "https://catalogue.example.test/absent.json";
  assertEquals(of({ application: absent }), `404 Client Error: Not Found for url: ${absent}`);
  assertEquals(of({ application: absent }, true), undefined);
  assertEquals(of({ endpoint: "https://another.example.test" }, true), undefined);
  assert(of({ endpoint: "https://another.example.test/" }, true)?.startsWith("No OpenEO backend"));
});

test("refusalOf() refuses an OGC API's unknown platform, namespace and process", () => {
  const service = {
    endpoint: "https://processes.example.test",
    namespace: "apex",
    application: "water-mask",
  };
  const of = (part: Partial<typeof service>, lenient = false) =>
    refusalOf({ ...JOB, label: "ogc_api_process", service: { ...service, ...part } }, {
      ...WORLD,
      lenient,
    });
  assertEquals(of({}), undefined);
  assertEquals(of({ endpoint: `${service.endpoint}/` }), `'${service.endpoint}/'`);
  assertEquals(of({ endpoint: "https://a.example.test" }), "'https://a.example.test'");
  for (const part of [{ application: "absent" }, { namespace: "demo" }]) {
    assert(of(part)?.includes("No Such Process"), JSON.stringify(part));
    assertEquals(of(part, true), undefined);
  }
  assert(of({ application: "../x" }, true)?.includes("process ../x not found"));
});

test("refusalOf() speaks openEO's grammar of arguments, and ignores those it does not know", () => {
  const of = (id: string, parameters: JobRequest["parameters"]) => {
    const application = `https://catalogue.example.test/${id}.json`;
    return refusalOf({ ...JOB, parameters, service: { ...JOB.service, application } }, WORLD);
  };
  assert(
    of("vegetation_index", {})?.startsWith(
      "[400] ProcessParameterRequired: Process 'vegetation_index' parameter 'spatial_extent' is",
    ),
  );
  assert(
    of("band_cube", { bands: "B04", spatial_extent: BOX })?.startsWith(
      "[400] ProcessParameterInvalid: ",
    ),
  );
  assertEquals(of("land_cover", { spatial_extent: BOX, yaer: 2020 }), undefined);
  assertEquals(of("station_report", { anything: null }), undefined);
  const collection = { type: "FeatureCollection", features: [] };
  assertEquals(of("parcel_markers", { parcels: collection }), undefined);
  assertEquals(of("field_statistics", { geometry: collection }), undefined);
});

test("argumentsOf() leaves out what a process does not know and fills in its defaults", () => {
  const land = BUILT_IN_SERVICES.find(({ service }) => service.application.includes("land_cover"));
  const given = { spatial_extent: BOX, year: 2020 };
  const place = { west: 14.9, south: 37.6, east: 15.1, north: 37.8 };
  assertEquals(argumentsOf({ label: "openeo", parameters: given }, land), {
    bounding_box: place,
    year: 2020,
  });
  assertEquals(argumentsOf({ label: "openeo", parameters: given }, undefined), given);
});
