import { assertEquals } from "@std/assert";
import * as results from "../../src/results/mod.ts";
import { test } from "../support/test.ts";

test("the entrypoint has what brings results home", () => {
  assertEquals(Object.keys(results).toSorted(), [
    "ResultsError",
    "download",
    "preview",
    "readCube",
    "readSeries",
    "readTable",
  ]);
});
