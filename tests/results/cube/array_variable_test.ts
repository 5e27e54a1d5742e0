import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  brokenArrays,
  LARGE_CHUNK,
  numbersIn,
  numbersOf,
  textIn,
  unpackerOf,
  variableBeside,
} from "../../../src/results/cube/array_variable.ts";
import { test } from "../../support/test.ts";

const named = (name: string) => ({
  name,
  dimensions: [],
  shape: [],
  attributes: {},
  values: () => [],
});

test("variableBeside() looks in the same group first, then in those around it", () => {
  const byName = new Map(["crs", "a/crs", "a/b/v"].map((name) => [name, named(name)]));
  assertEquals(variableBeside(byName, { name: "a/b/v" }, "crs")?.name, "a/crs");
  assertEquals(variableBeside(byName, { name: "v" }, "crs")?.name, "crs");
  assertEquals(variableBeside(byName, { name: "a/b/v" }, "mapping"), undefined);
});

test("textIn() and numbersOf() take one, a list of one, and typed numbers", () => {
  assertEquals([textIn({ a: ["km\0\0"] }, "a"), textIn({ a: 5 }, "a")], ["km", undefined]);
  assertEquals(numbersOf({ a: Int16Array.of(1, 2) }, "a"), [1, 2]);
  assertEquals(numbersOf({ a: [5n] }, "a"), [5]);
  assertEquals([numbersOf({ a: 7 }, "a"), numbersOf({ a: "7" }, "a"), numbersOf({}, "a")], [
    [7],
    [],
    [],
  ]);
});

test("numbersIn() makes numbers of what readers give", () => {
  assertEquals(Array.from(numbersIn(BigInt64Array.of(1n, 2n))), [1, 2]);
  assertEquals(Array.from(numbersIn([[1, 2], [3]])), [1, 2, 3]);
  assertEquals(Array.from(numbersIn(4)), [4]);
});

test("brokenArrays() names the packing, where that is why", () => {
  const packed = brokenArrays("a.nc", "netCDF 4", new Error("Filter with id:307 not supported"));
  assertStringIncludes(packed.message, "its values are packed with BZIP2");
  assertEquals([packed.reason, brokenArrays("a", "b", "c").reason], ["unsupported", "invalid"]);
  assertEquals(brokenArrays("a", "b", packed), packed);
  assertStringIncludes(brokenArrays("a", "b", new Error(LARGE_CHUNK)).message, LARGE_CHUNK);
});

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
