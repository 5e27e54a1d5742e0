import { assertEquals, assertStringIncludes } from "@std/assert";
import { taskTable } from "../../../../src/display/views/work/tasks.ts";
import { test } from "../../../support/test.ts";
import { jobs } from "../../views.ts";

test("taskTable() prints an aligned table, what needs looking at first", () => {
  assertEquals(String(taskTable(jobs("finished", "failed", "created"))).split("\n"), [
    "3 upscaling tasks · 1 failed · 1 created · 1 finished",
    "Task  Status      Title             Kind",
    "────  ──────────  ────────────────  ───────────────",
    "2     ✗ failed    Vegetation index  ogc_api_process",
    "3     ○ created   Vegetation index  ogc_api_process",
    "1     ✓ finished  Vegetation index  ogc_api_process",
  ]);
});

test("taskTable() takes a caption and a number of rows", () => {
  assertStringIncludes(
    String(taskTable(jobs("failed", "failed"), { rows: 1, caption: "Mine" })),
    "Mine · 2 upscaling tasks · 2 failed · showing 1 of 2",
  );
  assertEquals(String(taskTable([])), "No upscaling tasks");
  assertEquals(String(taskTable([], { caption: "Mine" })), "Mine: no upscaling tasks");
});
