import { assertEquals } from "@std/assert";
import { unpackerOf } from "../../../src/results/cube/packing.ts";
import { test } from "../../support/test.ts";

const unpack = (attributes: Readonly<Record<string, unknown>>, fill?: number) =>
  unpackerOf({ name: "v", dimensions: [], shape: [], attributes, fill, values: () => [] });

test("unpackerOf() scales what is a value, and leaves out what stands for none", () => {
  const one = unpack({ scale_factor: [0.5], add_offset: 10, _FillValue: [-9], missing_value: -8 });
  assertEquals([0, 4, -9, -8, NaN, Infinity].map(one), [10, 12, NaN, NaN, NaN, NaN]);
});

test("unpackerOf() takes the format's own fill where a variable names none", () => {
  assertEquals(unpack({}, 9.97e36)(9.97e36), NaN);
  assertEquals(unpack({ _FillValue: -1 }, 9.97e36)(9.97e36), 9.97e36);
});

test("unpackerOf() leaves out what is beyond the valid range, in stored numbers", () => {
  const ends = unpack({ valid_min: 0, valid_max: 100, scale_factor: 0.1 });
  assertEquals([-1, 0, 100, 101].map(ends), [NaN, 0, 10, NaN]);
  assertEquals([0, 3].map(unpack({ valid_range: Int16Array.of(1, 2) })), [NaN, NaN]);
});

test("unpackerOf() takes bytes for ones without a sign where they are", () => {
  assertEquals([-1, -128, 5].map(unpack({ _Unsigned: "true" })), [255, 128, 5]);
});
