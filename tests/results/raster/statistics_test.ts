import { assert, assertEquals } from "@std/assert";
import { statisticsOf } from "../../../src/results/raster/statistics.ts";
import { test } from "../../support/test.ts";

const isNumber = (value: number) => !Number.isNaN(value);

test("statisticsOf() reckons extremes of all values and percentiles between them", () => {
  const values = Float64Array.from({ length: 101 }, (_, index) => index);
  assertEquals(statisticsOf(values, isNumber), {
    valid: 101,
    least: 0,
    most: 100,
    low: 2,
    high: 98,
  });
  assertEquals(statisticsOf([1, 2], isNumber), {
    valid: 2,
    least: 1,
    most: 2,
    low: 1.02,
    high: 1.98,
  });
});

test("statisticsOf() leaves out what is no value, and has nothing to say of none", () => {
  assertEquals(
    statisticsOf([NaN, 5, -9999], (value) => isNumber(value) && value !== -9999)?.valid,
    1,
  );
  assertEquals(statisticsOf([NaN], isNumber), undefined);
  assertEquals(statisticsOf([], isNumber), undefined);
});

test("statisticsOf() takes percentiles of a sample of many", () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, index) => (index * 7_919) % 1_000);
  const found = statisticsOf(values, isNumber);
  assert(found !== undefined && Math.abs(found.low - 20) < 3 && Math.abs(found.high - 980) < 3);
});
