import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  type FileProgress,
  keepProgress,
  progressBlocks,
  progressLine,
} from "../../../src/results/download/progress.ts";
import { renderText } from "../../../src/display/render/formats/text.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { recordingScreen } from "../support/screen.ts";

const file = (name: string, more: Partial<FileProgress> = {}): FileProgress => ({
  name,
  there: 0,
  total: 1_000_000,
  resumedAt: undefined,
  state: "waiting",
  ...more,
});
const planned = (name: string) => ({
  key: name,
  address: "https://a.test/",
  name,
  folders: [],
  type: undefined,
  size: 1_000_000,
  checksum: undefined,
});

test("progressLine() says how many, how much, how fast and how long", () => {
  assertEquals(
    progressLine({
      files: [
        file("a", { state: "whole", there: 1_000_000 }),
        file("b", { state: "under way", there: 400_000 }),
      ],
      rate: 10_000,
      stopped: false,
    }),
    "1 of 2 files · 1.4 MB of 2.0 MB · 10 kB/s · about a minute left",
  );
  assertEquals(
    progressLine({
      files: [file("a", { state: "under way", there: 900_000 })],
      rate: 20_000,
      stopped: false,
    }),
    "0 of 1 file · 900 kB of 1.0 MB · 20 kB/s · less than a minute left",
  );
  assertEquals(
    progressLine({
      files: [
        file("a", { state: "failed" }),
        file("b", { total: undefined, there: 5, state: "under way" }),
      ],
      rate: 1,
      stopped: true,
    }),
    "0 of 2 files · 1 failed · 5 B · stopped: the same call goes on where it was",
  );
});

test("progressBlocks() has a bar for each file, and says where one was resumed", () => {
  const text = renderText(progressBlocks({
    files: [
      file("half.tif", { state: "under way", there: 500_000, resumedAt: 200_000 }),
      file("done.tif", { state: "was there", there: 1_000_000 }),
      file("bad.tif", { state: "failed" }),
    ],
    rate: 0,
    stopped: false,
  }));
  assertStringIncludes(text, "████████░░░░░░░░");
  assertStringIncludes(text, "resumed at 200 kB");
  assertStringIncludes(text, "✗ failed");
  assertStringIncludes(text, "was there");
});

test("keepProgress() tells a log of each file at its end, and at last of all", async () => {
  const clock = manualClock();
  const { screen, frames } = recordingScreen(false);
  const [a, b] = [planned("a.tif"), planned("b.tif")];
  const keeper = keepProgress([a, b], { screen, clock, onProgress: undefined });
  keeper.resumed(a, 100);
  keeper.bytes(a, 1_000_000, 1_000_000);
  keeper.state(a, "whole");
  keeper.state(b, "failed");
  await keeper.close(false);
  assertEquals(frames, [
    "a.tif: 1.0 MB, resumed at 100 B",
    "b.tif: failed",
    "1 of 2 files · 1 failed · 1.0 MB of 2.0 MB",
  ]);
});

test("keepProgress() reckons the rate from what has come, not from what was there", async () => {
  const clock = manualClock();
  const rates: number[] = [];
  const [a] = [planned("a.tif")];
  const keeper = keepProgress([a], {
    screen: undefined,
    clock,
    onProgress: ({ rate }) => rates.push(rate),
  });
  await Promise.resolve();
  keeper.resumed(a, 500_000);
  keeper.bytes(a, 600_000, 1_000_000);
  clock.advance(1_000);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  await keeper.close(false);
  assertEquals(rates.at(-1), 100_000);
});
