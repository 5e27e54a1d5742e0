import { assert, assertEquals } from "@std/assert";
import type { ProcessingStatusEnum } from "../../../src/models/jobs.ts";
import {
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

function refusal(parameters: JobRequest["parameters"]): string | undefined {
  return refusalOf({ ...JOB, parameters }, BUILT_IN_SERVICES, 0);
}

test("refusalOf() takes a bounding box with its four keys, or a polygon", () => {
  const box = { west: 1, south: 2, east: 3, north: 4 };
  assertEquals(refusal({ spatial_extent: box }), undefined);
  assertEquals(refusal({ spatial_extent: { type: "Polygon", coordinates: [] } }), undefined);
  assertEquals(refusal({}), undefined);
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
