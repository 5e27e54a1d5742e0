import { assert, assertEquals } from "@std/assert";
import {
  countsOf,
  layerOf,
  lookOf,
  OTHER_LOOK,
  STATUS_LOOKS,
  STATUS_ORDER,
} from "../../src/map/status.ts";
import { ProcessingStatusEnum } from "../../src/models/jobs.ts";
import { test } from "../support/test.ts";

/** The luminance of a colour as WCAG 2.2 has it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("STATUS_LOOKS has every status, with a sign of its own and a colour that white can be read on", () => {
  assertEquals([...STATUS_LOOKS.keys()].sort(), Object.values(ProcessingStatusEnum).sort());
  const looks = [...STATUS_LOOKS.values(), OTHER_LOOK];
  assertEquals(new Set(looks.map(({ glyph }) => glyph)).size, looks.length);
  for (const { color } of looks) assert(1.05 / (luminance(color) + 0.05) >= 4.5, color);
});

test("countsOf() counts those first that somebody may have to act on", () => {
  assertEquals(STATUS_ORDER[0], "failed");
  assertEquals(countsOf(new Map([["finished", 3], ["failed", 1], ["queued", 0]])), [
    "1 failed",
    "3 finished",
  ]);
});

test("countsOf() names three statuses that it does not know, shortened, and counts the rest", () => {
  const others = new Map([["a", 1], ["b", 4], ["c", 3], ["d".repeat(90), 2], ["e", 1]]);
  const words = countsOf(others);
  assertEquals([words[0], words[1], words.at(-1)], ["4 b", "3 c", "2 with another status"]);
  assert(words.length === 4 && Number(words[2]?.length) <= 26, words[2]);
});

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
