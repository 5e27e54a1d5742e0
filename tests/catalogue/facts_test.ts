import { assertEquals } from "@std/assert";
import { runsAt } from "../../src/catalogue/facts.ts";
import { test } from "../support/test.ts";

test("runsAt() knows the platforms that Dispatch runs jobs on", () => {
  assertEquals(runsAt("https://openeofed.dataspace.copernicus.eu"), "yes");
  assertEquals(runsAt("https://ades.gep.terradue.com"), "announced");
  assertEquals(runsAt("https://processing.geohazards-tep.eu"), "announced");
  assertEquals(runsAt("https://openeo.dataspace.copernicus.eu.evil.test"), "unknown");
  assertEquals(runsAt("not an address"), "unknown");
});
