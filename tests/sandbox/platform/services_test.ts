import { assert, assertEquals } from "@std/assert";
import {
  BUILT_IN_SERVICES,
  findService,
  OGC_ENDPOINT,
  OPENEO_ENDPOINT,
} from "../../../src/sandbox/platform/services.ts";
import { test } from "../../support/test.ts";

const ogc = { endpoint: OGC_ENDPOINT, namespace: "apex", application: "vegetation-index" };
const openeo = {
  endpoint: OPENEO_ENDPOINT,
  namespace: null,
  application: "https://catalogue.example.test/vegetation_index.json",
};

function found(label: "openeo" | "ogc_api_process", wanted: typeof ogc | typeof openeo) {
  return findService(BUILT_IN_SERVICES, label, wanted)?.service.application;
}

test("findService() finds a process of an OGC API by its name or its path, and every part has to match", () => {
  for (const application of ["vegetation-index", "/processes/vegetation-index"]) {
    assertEquals(found("ogc_api_process", { ...ogc, application }), "/processes/vegetation-index");
  }
  assertEquals(found("ogc_api_process", { ...ogc, namespace: null }), undefined);
  assertEquals(found("ogc_api_process", { ...ogc, endpoint: `${OGC_ENDPOINT}/` }), undefined);
  assertEquals(found("openeo", ogc), undefined);
});

test("findService() finds an openEO process by its definition alone, in the sandbox's own catalogue too", () => {
  const { application } = openeo;
  assertEquals(found("openeo", { ...openeo, endpoint: "https://elsewhere.test" }), application);
  const own = "http://127.0.0.1:4711/sandbox/catalogue/x/openeo_udp/vegetation_index.json";
  assertEquals(found("openeo", { ...openeo, application: own }), application);
  const foreign = own.replace("127.0.0.1:4711", "elsewhere.test");
  assertEquals(found("openeo", { ...openeo, application: foreign }), undefined);
});

test("BUILT_IN_SERVICES say what they make, none of them twice", () => {
  const names = BUILT_IN_SERVICES.map(({ label, service }) => `${label} ${service.application}`);
  assertEquals(new Set(names).size, names.length);
  for (const { service, results = [] } of BUILT_IN_SERVICES) {
    assert(results.length > 0, `${service.application} makes nothing`);
  }
});
