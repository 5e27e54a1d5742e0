import { assertEquals, assertStringIncludes } from "@std/assert";
import { taskTable } from "../../../../src/display/views/work/tasks.ts";
import { test } from "../../../support/test.ts";
import { jobs } from "../../views.ts";

test("taskTable() prints an aligned table, what needs looking at first", () => {
  assertEquals(String(taskTable(jobs("finished", "failed", "created"))).split("\n"), [
    "3 upscaling tasks · 1 failed · 1 created · 1 finished",
    "Alike: ogc_api_process",
    "Task  Status      Title",
    "────  ──────────  ────────────────",
    "   2  ✗ failed    Vegetation index",
    "   3  ○ created   Vegetation index",
    "   1  ✓ finished  Vegetation index",
  ]);
});

test("taskTable() takes a caption and a number of rows", () => {
  assertStringIncludes(
    String(taskTable(jobs("failed", "failed"), { rows: 1, caption: "Mine" })),
    "Mine  ✗ failed · 2 upscaling tasks · 1 of 2 shown",
  );
  assertEquals(
    String(taskTable([])),
    "No upscaling tasks yet: await upscaleArea(client, { aoi, grid, request }) makes one.",
  );
  assertEquals(
    String(taskTable(jobs("failed"), { where: { status: "running" } })),
    "Nothing like that among 1 upscaling task",
  );
  assertEquals(String(taskTable([], { caption: "Mine" })), "Mine: no upscaling tasks");
});
