import { assertEquals, assertRejects } from "@std/assert";
import { levelFor, unreadable } from "../../../src/results/raster/levels.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";

const level = (width: number, bytes: number) => ({
  width,
  height: width / 2,
  bytes: () => Promise.resolve(bytes),
  read: () => Promise.resolve([]),
});

test("levelFor() goes down to what the budget allows, and says what it would take", async () => {
  const levels = [level(4_000, 95_000_000), level(2_000, 24_000_000), level(1_000, 6_000_000)];
  assertEquals((await levelFor({ levels }, 1_500, Infinity)).width, 2_000);
  assertEquals((await levelFor({ levels }, 9_000, 10_000_000)).width, 1_000);
  await assertRejects(
    () => levelFor({ levels: levels.slice(0, 1) }, 500, 1_000_000),
    ResultsError,
    "it has no overviews, and showing it would read 95 MB",
  );
  await assertRejects(() => levelFor({ levels: [] }, 500, 1), ResultsError, "it has no picture");
});

test("unreadable() keeps the words of its cause alone", () => {
  const { cause } = unreadable("x", new TypeError("why"));
  assertEquals(cause instanceof Error ? [cause.name, cause.message] : [], ["Error", "why"]);
});
