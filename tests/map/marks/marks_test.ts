import { assertEquals } from "@std/assert";
import { layerOf, lookOf } from "../../../src/map/marks/marks.ts";
import { STATUS_ORDER } from "../../../src/map/status.ts";
import { test } from "../../support/test.ts";

test("lookOf() gives every status a mark and a pattern of its own", () => {
  const looks = [...STATUS_ORDER, "paused"].map(lookOf);
  for (const part of ["name", "mark", "pattern"] as const) {
    assertEquals(new Set(looks.map((look) => look[part])).size, looks.length, part);
  }
});

test("layerOf() paints what has to be acted on last", () => {
  const statuses = [...STATUS_ORDER, "paused"];
  assertEquals(statuses.every((status) => layerOf(status) > layerOf(undefined)), true);
  assertEquals(statuses.toSorted((a, b) => layerOf(a) - layerOf(b)).slice(-2), [
    "running",
    "failed",
  ]);
});
