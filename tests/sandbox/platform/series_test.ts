import { assert, assertEquals } from "@std/assert";
import { featuresOf, seriesDates, timeSeries } from "../../../src/sandbox/platform/series.ts";
import { test } from "../../support/test.ts";

const SQUARE = [[12, 41], [12.1, 41], [12.1, 41.1], [12, 41.1], [12, 41]];
const FIELD = { type: "Polygon", coordinates: [SQUARE] };
const FEATURE = { type: "Feature", geometry: FIELD, properties: { name: "a" } };
const PARCELS = { type: "FeatureCollection", features: [FEATURE, FEATURE, FEATURE] };

test("timeSeries() has a value for each feature at each date, and null where it is cloudy", () => {
  const series = Object.entries(timeSeries({ parcels: PARCELS }));
  assertEquals(series.length, 7);
  for (const [, features] of series) assertEquals(features.length, 3);
  const values = series.flatMap(([, features]) => features.flat());
  assert(values.includes(null) && values.some((value) => value !== null));
});

test("timeSeries() of a box is never cloudy", () => {
  const series = timeSeries({ spatial_extent: { west: 12, south: 41, east: 13, north: 42 } });
  assert(Object.values(series).flat(2).every((value) => typeof value === "number"));
});

test("seriesDates() keep to the time that was asked for, a hundred at most", () => {
  const days = seriesDates({ temporal_extent: ["2020-02-01", "2020-02-12"] });
  assertEquals(days.map((day) => new Date(day).toISOString().slice(0, 10)), [
    "2020-02-01",
    "2020-02-06",
    "2020-02-11",
  ]);
  assert(seriesDates({ temporal_extent: ["1980-01-01", "2025-01-01"] }).length <= 101);
});

test("featuresOf() finds a FeatureCollection, whatever the parameter is called", () => {
  const [first] = featuresOf({ a: 1, parcels: PARCELS });
  assertEquals(first?.feature.properties, { name: "a" });
  assertEquals(first?.middle.map((degree) => Math.round(degree * 100) / 100), [12.05, 41.05]);
  assertEquals(featuresOf({ geometry: FIELD }), []);
});
