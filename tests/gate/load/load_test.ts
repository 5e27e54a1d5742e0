import { assertEquals, assertThrows } from "@std/assert";
import { test } from "../../support/test.ts";
import { parseLoad, pinned } from "./load.ts";

test("parseLoad() runs three times beside five busy processes on the last core", () => {
  assertEquals(parseLoad([], 2), { times: 3, busy: 5, core: 1, args: [] });
});

test("parseLoad() hands on what it does not know", () => {
  assertEquals(parseLoad(["--times=1", "tests/live", "--core=0", "--busy=0", "--filter=x"], 4), {
    times: 1,
    busy: 0,
    core: 0,
    args: ["tests/live", "--filter=x"],
  });
});

test("parseLoad() refuses what is no number of that kind", () => {
  for (
    const [arg, words] of [
      ["--times=0", '--times: expected a whole number, 1 at the least, got "0"'],
      ["--times", '--times: expected a whole number, 1 at the least, got ""'],
      ["--busy=-1", '--busy: expected a whole number, 0 at the least, got "-1"'],
      ["--core=2", '--core: there are 2, counted from 0, got "2"'],
    ] as const
  ) assertThrows(() => parseLoad([arg], 2), Error, words);
});

test("pinned() keeps a command to a core", () => {
  assertEquals(pinned(["deno", "task"], 1), ["taskset", "--cpu-list", "1", "deno", "task"]);
});
