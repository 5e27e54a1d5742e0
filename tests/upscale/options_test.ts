import { assertEquals } from "@std/assert";
import { upscalingIssues } from "../../src/upscale/options.ts";
import { test } from "../support/test.ts";
import { anyOptions } from "./areas.ts";

test("upscalingIssues() finds nothing wrong with options that there are", () => {
  const signal = new AbortController().signal;
  assertEquals(
    upscalingIssues(anyOptions({ signal, maxTiles: 9, group: "square", confirm: () => true })),
    [],
  );
});

test("upscalingIssues() names what is wrong", () => {
  const issues = upscalingIssues(
    anyOptions({ maxTiles: 0, group: "squares", confirm: "yes", geometry: {}, dryrun: true }),
  );
  assertEquals(issues.map(({ path, message }) => `${path}: ${message}`), [
    'group: expected "square", got the string "squares"; did you mean "square"?',
    'geometry: no such option; did you mean "aoi"?',
    'dryrun: no such option; did you mean "dryRun"?',
    "maxTiles: expected a number of tiles, got the number 0",
    'confirm: expected a function, or false for no question, got the string "yes"',
  ]);
});
