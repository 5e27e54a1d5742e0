import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  brokenArrays,
  LARGE_CHUNK,
  numbersIn,
  numbersOf,
  textIn,
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
