import { assertEquals } from "@std/assert";
import {
  nearLongitude,
  spanRanges,
  unrollLongitudes,
  wrapLongitude,
} from "../../src/geo/longitudes.ts";
import { test } from "../support/test.ts";

test("wrapLongitude() keeps what is in range to the last digit", () => {
  assertEquals([-180, 12.3456789, 180, 181.5, -181, 540].map(wrapLongitude), [
    -180,
    12.3456789,
    -180,
    -178.5,
    179,
    -180,
  ]);
});

test("nearLongitude() finds the same meridian on the near side", () => {
  assertEquals([nearLongitude(-179, 178), nearLongitude(179, -178), nearLongitude(10, 20)], [
    181,
    -181,
    10,
  ]);
});

test("unrollLongitudes() runs on over the antimeridian, either way and more than once", () => {
  const line = (...longitudes: number[]) =>
    longitudes.map((longitude): [number, number] => [longitude, 0]);
  assertEquals(unrollLongitudes(line(170, -170, 170)), [170, 190, 170]);
  assertEquals(unrollLongitudes(line(0, 120, -120, 0, 120)), [0, 120, 240, 360, 480]);
  assertEquals(unrollLongitudes(line(-180, 180, -180)), [-180, 180, -180]);
});

test("spanRanges() finds the widest gap, wherever it lies", () => {
  assertEquals(spanRanges([]), undefined);
  assertEquals(spanRanges([[10, 20], [15, 40], [-5, 0]]), [-5, 40]);
  assertEquals(spanRanges([[170, 175], [-175, -170]]), [170, 190]);
  assertEquals(spanRanges([[175, 182]]), [175, 182]);
  assertEquals(spanRanges([[-180, 180]]), [-180, 180]);
  assertEquals(spanRanges([[0, 400]]), [-180, 180]);
  assertEquals(spanRanges([[180, 180], [-180, -179]]), [180, 181]);
});
