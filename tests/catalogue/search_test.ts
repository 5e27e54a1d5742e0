import { assertEquals } from "@std/assert";
import type { ServiceFacts } from "../../src/catalogue/facts.ts";
import { isFormat, searchServices } from "../../src/catalogue/search.ts";
import { test } from "../support/test.ts";

const facts = (id: string, more: Partial<ServiceFacts> = {}): ServiceFacts => ({
  id,
  title: id.replaceAll("_", " "),
  provider: "alpha",
  platform: "cloud",
  label: "openeo",
  endpoint: "https://openeo.dataspace.copernicus.eu",
  application: `https://definitions.example.test/${id}.json`,
  formats: ["GeoTIFF"],
  keywords: [],
  ...more,
});
const names = { providers: { alpha: "Alpha Institute" }, platforms: { cloud: "The Cloud" } };
const services = [
  facts("kernel_ndvi"),
  facts("max_ndvi_composite", { scenario: "benchmark_scenarios/x.json" }),
  facts("snow", {
    title: "Snow cover",
    keywords: ["Cryosphere"],
    endpoint: "https://elsewhere.test",
  }),
  facts("pairs", { obstacle: "cannot", formats: ["netCDF"] }),
  facts("crops", {
    provider: "beta",
    parameters: [{ name: "season_start", kinds: ["date"], needed: false }],
  }),
];
const find = (words: string, filter = {}) =>
  searchServices(services, words, filter, names).map(({ id }) => id);

test("searchServices() finds by id, title, keyword, provider, platform and parameter", () => {
  assertEquals(find("snow"), ["snow"]);
  assertEquals(find("cover"), ["snow"]);
  assertEquals(find("cryosphere"), ["snow"]);
  assertEquals(find("season_start"), ["crops"]);
  assertEquals(find("season"), ["crops"]);
  assertEquals(find("institute ndvi"), ["max_ndvi_composite", "kernel_ndvi"]);
  assertEquals(find("cloud").length, 5);
});

test("searchServices() forgives a slip, and finds nothing where nothing is near", () => {
  assertEquals(find("ndiv")[0], "max_ndvi_composite");
  assertEquals(find("compsite"), ["max_ndvi_composite"]);
  assertEquals(find("snwo"), ["snow"]);
  assertEquals(find("volcano"), []);
});

test("searchServices() puts what runs and was tested before its equals", () => {
  assertEquals(find("ndvi"), ["max_ndvi_composite", "kernel_ndvi"]);
  assertEquals(find("").slice(0, 1), ["max_ndvi_composite"]);
});

test("searchServices() narrows to a provider, a platform, a format, and to what runs", () => {
  assertEquals(find("", { provider: "Alpha Institute" }).length, 4);
  assertEquals(find("", { provider: "beta" }), ["crops"]);
  assertEquals(find("", { platform: "copernicus" }).length, 4);
  assertEquals(find("", { format: "netcdf" }), ["pairs"]);
  assertEquals(find("", { runs: true }).toSorted(), ["crops", "kernel_ndvi", "max_ndvi_composite"]);
});

test("searchServices() takes words of any length and script", () => {
  assertEquals(find("é".repeat(100_000)), []);
  assertEquals(find("(.*)+$"), find(""));
});

test("isFormat() knows a format by its name and by Dispatch's word", () => {
  assertEquals(["gtiff", "GeoTiff", "tif", "netcdf"].map((word) => isFormat("GeoTIFF", word)), [
    true,
    true,
    true,
    false,
  ]);
});

test("searchServices() takes letters without their marks, and an id without its signs", () => {
  const forest = facts("forets", { title: "Forêts de montagne" });
  const of = (words: string) =>
    searchServices([forest, ...services], words, {}, names).map(({ id }) => id);
  assertEquals(of("foret montagne"), ["forets"]);
  assertEquals(of("FORÊT"), ["forets"]);
  assertEquals(find("maxndvicomposite"), ["max_ndvi_composite"]);
});

test("searchServices() finds what has the most of the words where nothing has all of them", () => {
  assertEquals(find("snow cover in the alps"), ["snow"]);
  assertEquals(find("zzzz qqqq"), []);
});

test("searchServices() takes a filter with a slip for the nearest that there is", () => {
  assertEquals(find("", { provider: "betta" }), ["crops"]);
  assertEquals(find("", { format: "netcfd" }), ["pairs"]);
  assertEquals(find("", { platform: "clowd" }).length, 5);
  assertEquals(find("", { provider: "qqqqqq" }), []);
});
