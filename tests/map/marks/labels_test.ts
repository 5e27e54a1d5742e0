import { assert, assertEquals } from "@std/assert";
import {
  fitsMark,
  fitsNumber,
  type Markable,
  markingOf,
  placesOf,
} from "../../../src/map/marks/labels.ts";
import { test } from "../../support/test.ts";

const tile = (width: number, height: number, label?: string): Markable => ({
  box: { left: 0, top: 0, right: width, bottom: height },
  label,
});
const tiles = (amount: number, width: number, height: number) =>
  Array.from({ length: amount }, (_, index) => tile(width, height, `${4711 + index}`));

test("markingOf() writes numbers beside marks where there is room, else below, else not at all", () => {
  assertEquals(markingOf(tiles(12, 60, 40)), { size: 11, numbers: "beside" });
  assertEquals(markingOf(tiles(12, 40, 40)), { size: 11, numbers: "below" });
  assertEquals(markingOf(tiles(12, 20, 40)).numbers, "none");
  assertEquals(markingOf(tiles(500, 60, 40)).numbers, "none");
  assertEquals(markingOf([tile(60, 40)]).numbers, "none");
});

test("markingOf() makes marks as large as there is room for, and none where there is none", () => {
  assertEquals(markingOf([tile(200, 100)]).size, 20);
  assertEquals(markingOf([tile(30, 100)]).size, 30 * 0.48);
  assertEquals(markingOf([tile(10, 10)]).size, 0);
  assertEquals(markingOf([]).size, 0);
});

test("fitsMark() and fitsNumber() leave out what has no room for it", () => {
  const marking = { size: 11, numbers: "beside" } as const;
  assert(fitsMark(tile(20, 20), marking));
  assert(!fitsMark(tile(20, 8), marking));
  assert(!fitsMark(tile(20, 20), { ...marking, size: 0 }));
  assert(fitsNumber(tile(60, 20, "4711"), marking));
  assert(!fitsNumber(tile(60, 20, "123456789"), marking));
  assert(!fitsNumber(tile(60, 20), marking));
  assert(!fitsNumber(tile(60, 20, "4711"), { ...marking, numbers: "none" }));
});

test("placesOf() puts mark and number about the middle", () => {
  const beside = placesOf("4711", { size: 11, numbers: "beside" });
  assert(beside.mark[0] < 0 && beside.number[0] > beside.mark[0]);
  assertEquals(beside.mark[1], 0);
  const below = placesOf("4711", { size: 11, numbers: "below" });
  assertEquals(below.mark[0], 0);
  assert(below.mark[1] < 0 && below.number[1] > 0 && below.number[0] < 0);
});
