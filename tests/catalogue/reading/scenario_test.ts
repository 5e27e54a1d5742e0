import { assertEquals } from "@std/assert";
import { exampleIn } from "../../../src/catalogue/reading/scenario.ts";
import { test } from "../../support/test.ts";
import { good, scenario } from "../support/made_up.ts";

const service = { id: "composite", application: "https://definitions.example.test/composite.json" };

test("exampleIn() finds the arguments of the service's own process, by address or by name", () => {
  assertEquals(exampleIn(scenario("composite"), service), good);
  assertEquals(
    exampleIn(scenario("composite"), { ...service, application: "https://moved.test" }),
    good,
  );
});

test("exampleIn() leaves out what other nodes give, and says nothing of degrees", () => {
  const given = { bbox: { west: 1, south: 2, east: 3, north: 4, crs: "EPSG:4326" } };
  assertEquals(exampleIn(scenario("composite", given), service), {
    bbox: { west: 1, south: 2, east: 3, north: 4 },
  });
  const projected = { bbox: { west: 1, south: 2, east: 3, north: 4, crs: 3035 } };
  assertEquals(exampleIn(scenario("composite", projected), service), projected);
});

test("exampleIn() of what is no scenario is nothing", () => {
  for (const value of [null, {}, [], [{ id: "x", process_graph: {} }], [{ id: 5 }]]) {
    assertEquals(exampleIn(value, service), undefined);
  }
});
