import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type PlannedRetry, retryPlan } from "../../../../src/display/views/work/retry_plan.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf } from "../../views.ts";

const PLANNED: PlannedRetry = {
  task: 7,
  failed: [8, 9],
  canceled: [10],
  missing: 1,
  open: 2,
  as: "task",
  amount: 4,
  title: "Latium (again, of 7)",
  service: { endpoint: "https://openeo.example.test", application: "ndvi" },
  label: "openeo",
  format: "gtiff",
};

test("retryPlan() says what is made again, of what, and as what", () => {
  const text = String(retryPlan(PLANNED));
  assertStringIncludes(text, "4 jobs to run again  Latium (again, of 7)");
  const said = ["task 7", "2 failed jobs: 8, 9", "1 canceled job: 10", "a new task", "gtiff"];
  said.push("1 job that was never made, or deleted", "left alone: 2 jobs that may still end well");
  for (const words of said) assertStringIncludes(text, words);
  assertStringIncludes(String(retryPlan({ ...PLANNED, as: "jobs" })), "single jobs");
});

test("retryPlan() says so where nothing is to be made again", () => {
  const none = { ...PLANNED, failed: [], canceled: [], missing: 0, amount: 0 };
  assertEquals(
    String(retryPlan(none)),
    "Nothing of task 7 is to be made again; 2 jobs may still end well",
  );
});

test("retryPlan() names no more than twenty jobs, and shows hostile text as text", () => {
  const failed = Array.from({ length: 2_000 }, (_, index) => index + 1);
  const bundle = bundleOf(retryPlan({ ...PLANNED, failed, title: "<script>alert(1)</script>" }));
  checkHtml(bundle["text/html"]);
  assertStringIncludes(bundle["text/plain"], "and 1980 more");
  assert(!bundle["text/html"].includes("<script"));
});
