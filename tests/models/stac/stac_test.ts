import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  Asset,
  Collection,
  Extent,
  Link,
  Provider,
  Range,
  resultFiles,
  SpatialExtent,
  TimeInterval,
} from "../../../src/models/stac/stac.ts";
import { problems } from "../support/problems.ts";
import { WIRE } from "../support/values.ts";
import { results } from "../../display/views.ts";
import { test } from "../../support/test.ts";

test("Asset.parse() keeps a null type, an absent one, and fields of extensions", () => {
  for (const type of [{ type: null }, {}, { type: "image/x-new" }]) {
    const given = { href: "s3://bucket/i.tif", ...type, "file:size": 9, "proj:epsg": null };
    assertStrictEquals(Asset.parse(given), given);
    assertEquals("type" in Asset.parse(given), "type" in type);
  }
  assertEquals(problems(Asset, { href: null, roles: "data" }), [
    "href: expected a string, got null",
    'roles: expected an array, got the string "data"',
  ]);
});

test("Link.parse() passes unknown media types through", () => {
  assertEquals(Link.parse({ href: "a", rel: "b", type: "image/x-new" }).type, "image/x-new");
  assertEquals(problems(Link, { href: "a", type: 5 }), [
    "rel: expected a string, got nothing",
    "type: expected a string, got the number 5",
  ]);
});

test("Collection.parse() reads results, with their times as dates", () => {
  const given = Object(WIRE.Collection);
  const results = Collection.parse(given);
  assertEquals(results.extent.temporal.interval, [[new Date("2025-05-01T00:00:00Z"), null]]);
  assertStrictEquals(results.assets, given.assets);
  assertStrictEquals(results.links, given.links);
  assertEquals([results.title, results.keywords], [null, null]);
});

test("Collection.parse() reads the one that the service invents", () => {
  const invented = Collection.parse({
    id: "1",
    type: "Collection",
    description: "",
    license: "",
    links: [],
    assets: null,
    extent: {
      spatial: { bbox: [[-180, -90, 180, 90]] },
      temporal: { interval: [[null, null]] },
    },
  });
  assertEquals(invented.assets, null);
  assertEquals("summaries" in invented, false);
});

test("Collection.parse() names what is wrong, deep inside too", () => {
  assertEquals(
    problems(Collection, {
      ...Object(WIRE.Collection),
      type: "Feature",
      assets: { index: { href: 5 }, mask: "mask.tif" },
      providers: [{}],
      summaries: { gsd: 10 },
      extent: { spatial: { bbox: [12, 41, 13] }, temporal: { interval: [["soon"]] } },
    }),
    [
      'type: expected "Collection", got the string "Feature"',
      "assets.index.href: expected a string, got the number 5",
      'assets.mask: expected an object, got the string "mask.tif"',
      "extent.spatial.bbox[0]: expected an array, got the number 12",
      "extent.spatial.bbox[1]: expected an array, got the number 41",
      "extent.spatial.bbox[2]: expected an array, got the number 13",
      'extent.temporal.interval[0][0]: expected a timestamp (ISO 8601, such as 2026-11-23T15:38:21), got the string "soon"',
      "providers[0].name: expected a string, got nothing",
      "summaries.gsd: expected an object or an array, got the number 10",
    ],
  );
});

test("SpatialExtent.parse() takes boxes of four or six numbers", () => {
  assertEquals(problems(SpatialExtent, { bbox: [[1, 2, 3, 4], [1, 2, 0, 3, 4, 9]] }), []);
  assertEquals(problems(SpatialExtent, { bbox: [[1, 2, 3], [1, 2, 3, "4"]] }), [
    "bbox[0]: expected 4 or 6 items, got an array of 3",
    'bbox[1][3]: expected a finite number, got the string "4"',
  ]);
});

test("TimeInterval.parse() and Extent.parse() leave open sides open", () => {
  const given = { interval: [[null, "2026-01-01T00:00:00+01:00"]] };
  const expected = [[null, new Date("2025-12-31T23:00:00Z")]];
  assertEquals(TimeInterval.parse(given).interval, expected);
  assertEquals(
    Extent.parse({ spatial: { bbox: [] }, temporal: given }).temporal.interval,
    expected,
  );
});

test("Range.parse() takes numbers and texts, Provider.parse() a name", () => {
  assertEquals(Range.parse({ minimum: 0, maximum: "9" }), { minimum: 0, maximum: "9" });
  assertEquals(problems(Range, { minimum: null }), [
    "minimum: expected a finite number or a string, got null",
    "maximum: expected a finite number or a string, got nothing",
  ]);
  assertEquals(Provider.parse({ name: "", url: null }), { name: "", url: null });
  assertEquals(problems(Provider, {}), ["name: expected a string, got nothing"]);
});

test("resultFiles() lists files by their names, whatever a file calls itself", () => {
  const files = resultFiles(
    results({ "a.tif": { href: "s3://b/a.tif", name: "other" }, b: { href: "b" } }),
  );
  assertEquals(files, [{ href: "s3://b/a.tif", name: "a.tif" }, { href: "b", name: "b" }]);
});

test("resultFiles() has none where there are none", () => {
  assertEquals([null, results(null), results({})].map(resultFiles), [[], [], []]);
});
