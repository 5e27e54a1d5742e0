import { assertEquals } from "@std/assert";
import { didYouMean, nearest } from "../../src/core/nearest.ts";
import { test } from "../support/test.ts";

const FIELDS = ["title", "label", "service", "parameters", "format"];
const FORMATS = ["geojson", "gtiff", "netcdf", "json"];

const meant: readonly (readonly [word: string, known: readonly string[], name: string])[] = [
  ["lable", FIELDS, "label"],
  ["tite", FIELDS, "title"],
  ["paramters", FIELDS, "parameters"],
  ["params", FIELDS, "parameters"],
  ["namespase", ["endpoint", "namespace", "application"], "namespace"],
  ["filters", ["signal", "timeout", "headers", "filter"], "filter"],
  ["GTiff", FORMATS, "gtiff"],
  ["GeoTIFF", FORMATS, "gtiff"],
  ["tif", FORMATS, "gtiff"],
  ["NetCDF", FORMATS, "netcdf"],
  ["openEO", ["openeo", "ogc_api_process"], "openeo"],
  ["ogc", ["openeo", "ogc_api_process"], "ogc_api_process"],
  ["OGC API Process", ["openeo", "ogc_api_process"], "ogc_api_process"],
  ["20x20", ["20x20km", "250x250km"], "20x20km"],
  ["spatialExtent", ["spatial_extent", "temporal_extent"], "spatial_extent"],
];
for (const [word, known, name] of meant) {
  test(`nearest() takes ${word} for ${name}`, () => assertEquals(nearest(word, known), name));
}

test("nearest() guesses nothing where no word is near", () => {
  assertEquals(
    ["", " _-", "x", "colour", "to", "l".repeat(100)].map((word) => nearest(word, FIELDS)),
    [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ],
  );
  assertEquals(nearest("label", []), undefined);
});

test("nearest() takes the first of several that are as near", () => {
  assertEquals(nearest("ab", ["abc", "abd"]), "abc");
  assertEquals(nearest("rows", ["row", "rows"]), "rows");
});

test("didYouMean() asks, or says nothing", () => {
  assertEquals(didYouMean("lable", FIELDS), '; did you mean "label"?');
  assertEquals(didYouMean("colour", FIELDS), "");
});
