import { assertEquals, assertMatch } from "@std/assert";
import { boxIssues, dateIssues, intervalIssues } from "../../../src/geo/read/places_and_times.ts";
import { test } from "../../support/test.ts";

const box = { west: 5, south: 51, east: 5.1, north: 51.1 };
const lines = (issues: readonly { readonly path: string; readonly message: string }[]) =>
  issues.map(({ path, message }) => `${path}: ${message}`);

test("boxIssues() passes a box, and a GeoJSON Polygon, which Dispatch makes a box of", () => {
  assertEquals(boxIssues(box, ["bbox"]), []);
  assertEquals(
    boxIssues({ type: "Polygon", coordinates: [[[5, 51], [6, 51], [6, 52], [5, 51]]] }, ["bbox"]),
    [],
  );
});

test("boxIssues() refuses a polygon of which Dispatch would make a box round the whole world", () => {
  const ring = [[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]];
  const [issue] = boxIssues({ type: "Polygon", coordinates: [ring] }, ["bbox"]);
  assertEquals(issue?.path, "bbox");
  assertMatch(issue?.message ?? "", /one side of 180°.*make two jobs, one for each side$/);
  const wide = [[-170, 0], [0, 0], [170, 0], [170, 1], [0, 1], [-170, 1], [-170, 0]];
  assertEquals(boxIssues({ type: "Polygon", coordinates: [wide] }, ["bbox"]), []);
});

test("boxIssues() names what a box has too much, too little, or the wrong way round", () => {
  const of = (value: unknown) => lines(boxIssues(value, ["bbox"]));
  assertEquals(of([5, 51, 5.1, 51.1]), [
    'bbox: expected a box { west, south, east, north }, got an array: write {"west":5,"south":51,"east":5.1,"north":51.1}',
  ]);
  assertEquals(of({ ...box, crs: "EPSG:4326" }), [
    "bbox.crs: Dispatch takes a box with its four corners alone: the corners have to be degrees (EPSG:4326), transform them first",
  ]);
  assertEquals(of({ ...box, nrth: 1, north: undefined }), [
    'bbox.nrth: Dispatch takes a box with its four corners alone; did you mean "north"?',
    "bbox.north: expected a number of degrees, got nothing",
  ]);
  assertEquals(of({ ...box, west: 6 }), [
    "bbox.west: expected west below east, got 6 and 5.1: swap them, or make two jobs where the area lies on both sides of 180°",
  ]);
  assertEquals(of({ ...box, south: 52 }), [
    "bbox.south: expected south below north, got 52 and 51.1: swap them",
  ]);
  assertEquals(of({ ...box, east: 5 }), [
    "bbox.west: expected west below east, got 5 twice: the box is empty",
  ]);
  assertEquals(of({ ...box, north: 91 }), ["bbox.north: expected degrees from -90 to 90, got 91"]);
  assertEquals(
    of({ ...box, west: 640_000 })[0],
    "bbox.west: expected degrees from -180 to 180, got 640000: metres have to be transformed to degrees first",
  );
  assertEquals(of({ ...box, west: "5" }), [
    'bbox.west: expected a number of degrees, got the string "5"',
  ]);
  assertEquals(of({ ...box, west: NaN }), ["bbox.west: expected a number of degrees, got NaN"]);
  assertEquals(of("5,51,6,52"), [
    'bbox: expected a box { west, south, east, north }, got the string "5,51,6,52"',
  ]);
  assertEquals(of({ type: "FeatureCollection", features: [] }), [
    "bbox: expected a box or a GeoJSON Polygon, got a FeatureCollection: give its box",
  ]);
});

test("dateIssues() takes days and times that there are", () => {
  const of = (value: unknown, kind: "date" | "date-time" = "date") =>
    lines(dateIssues(value, ["day"], kind));
  assertEquals(of("2024-02-29"), []);
  assertEquals(of("2026-06-01T12:00:00Z", "date-time"), []);
  assertEquals(of("2026-06-01T12:00:00.5+02:00", "date-time"), []);
  assertEquals(of("2026-02-30"), [
    'day: expected a date that there is, got the string "2026-02-30"',
  ]);
  assertEquals(of("2026-06-01T12:00:00Z"), [
    'day: expected a date such as "2026-06-01", got the string "2026-06-01T12:00:00Z"',
  ]);
  assertEquals(of("2026-06-01T25:00:00Z", "date-time"), [
    'day: expected a date that there is, got the string "2026-06-01T25:00:00Z"',
  ]);
  assertEquals(of(new Date("2026-06-01T00:00:00Z")), [
    'day: expected a date such as "2026-06-01", got a Date object: write "2026-06-01"',
  ]);
  assertEquals(of(20_260_601), [
    'day: expected a date such as "2026-06-01", got the number 20260601',
  ]);
});

test("intervalIssues() wants begin and end, in order, of which the end is no part", () => {
  const of = (value: unknown, open = false) => lines(intervalIssues(value, ["time"], { open }));
  assertEquals(of(["2026-06-01", "2026-07-01"]), []);
  assertEquals(of(["2026-06-01", "2026-06-01T12:00:00Z"]), []);
  assertEquals(of(["2026-06-01", null], true), []);
  assertEquals(of(["2026-06-01", null]), ["time[1]: expected a date, got null"]);
  assertEquals(of([null, null], true), [
    "time: expected at least one end, got null twice: that is all of time",
  ]);
  assertEquals(of(["2026-07-01", "2026-06-01"]), [
    'time: expected the begin first, got "2026-07-01" after "2026-06-01": swap them',
  ]);
  assertEquals(of(["2026-06-01", "2026-06-01"]), [
    'time: expected an end after the begin, got "2026-06-01" twice: the end is no longer part of the span, so this is empty',
  ]);
  assertEquals(of(["2026-06-31", "2026-07-01"]), [
    'time[0]: expected a date that there is, got the string "2026-06-31"',
  ]);
  assertEquals(of("2026"), [
    'time: expected begin and end such as ["2026-06-01", "2026-07-01"], got the string "2026"',
  ]);
  assertEquals(of(["2026-06-01"]).length, 1);
});

test("intervalIssues() compares times as they are, whatever their offset, and knows those that cannot be", () => {
  const of = (...value: string[]) => lines(intervalIssues(value, ["t"], { open: false }));
  assertEquals(of("2026-06-01T10:00:00+02:00", "2026-06-01T09:00:00Z"), []);
  assertEquals(of("2026-06-01T00:00:60Z", "2026-07-01"), []);
  assertEquals(of("2026-06-01T00:00:00+99:99", "2026-07-01"), [
    't[0]: expected a date that there is, got the string "2026-06-01T00:00:00+99:99"',
  ]);
  assertEquals(of("2026-06-01", "2026-06-01T00:00:00Z"), [
    't: expected an end after the begin, got "2026-06-01" and "2026-06-01T00:00:00Z", the same time: the end is no longer part of the span, so this is empty',
  ]);
});

test("boxIssues() refuses a polygon whose box is empty, and says how a bbox of numbers is written", () => {
  const line = { type: "Polygon", coordinates: [[[5, 51], [5, 52], [5, 53], [5, 51]]] };
  assertEquals(lines(boxIssues(line, ["bbox"])), [
    "bbox: expected a polygon with an area, got a line: its box is empty",
  ]);
  assertEquals(lines(boxIssues({ bbox: [5, 51, 6, 52] }, ["p"])), [
    'p.bbox: expected a box { west, south, east, north }, got an array: write {"west":5,"south":51,"east":6,"north":52}',
  ]);
});
