import { assertEquals } from "@std/assert";
import {
  allBenchmarks,
  benchmarksOf,
  catalogueFiles,
} from "../../../src/sandbox/catalogue/records.ts";
import { DEFINITIONS } from "../../../src/sandbox/platform/definitions.ts";
import { test } from "../../support/test.ts";
import { at, listAt } from "../support.ts";

const FILES = catalogueFiles("http://127.0.0.1:8787/sandbox/catalogue/");

test("catalogueFiles() has a record for every service, with each link once", () => {
  const records = Object.entries(FILES).filter(([path]) => path.includes("/records/"));
  assertEquals(records.length, 9);
  for (const [path, record] of records) {
    assertEquals(path.endsWith(`/${at(record, "id")}.json`), true, path);
    const rels = listAt(record, "links").map((link) => at(link, "rel"));
    assertEquals(rels.toSorted(), ["application", "platform", "provider", "service"], path);
  }
});

test("catalogueFiles() has a definition and a scenario with all it needs for each openEO service", () => {
  for (const { id, parameters } of DEFINITIONS) {
    const own = `algorithm_catalog/sandbox/${id}`;
    assertEquals(at(FILES[`${own}/openeo_udp/${id}.json`], "id"), id);
    const scenario = FILES[`${own}/benchmark_scenarios/${id}.json`];
    const given = at(scenario, 0, "process_graph", "run", "arguments");
    assertEquals(
      Object.keys(Object(given)).toSorted(),
      parameters.map(({ name }) => name).toSorted(),
    );
  }
});

test("benchmarksOf() knows the openEO services, with figures that may be null", () => {
  assertEquals(at(benchmarksOf("land_cover"), "data", 1, "costs"), null);
  assertEquals(benchmarksOf("absent"), undefined);
  assertEquals(allBenchmarks().length, DEFINITIONS.length);
});
