import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { displayable } from "../../../../src/display/render/displayable.ts";
import {
  costLines,
  type PlannedRetry,
  type PlannedTask,
  retryPlan,
  upscalingPlan,
} from "../../../../src/display/views/work/plan.ts";
import { bboxToPolygon } from "../../../../src/geo/box.ts";
import type { CostEstimate } from "../../../../src/models/cost.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { checkMarkdown } from "../../check_markdown.ts";
import { checkText } from "../../check_text.ts";
import { bundleOf } from "../../views.ts";

function planned(changes: Partial<PlannedTask> = {}): PlannedTask {
  const tiles = [bboxToPolygon([12, 41, 13, 42]), bboxToPolygon([13, 41, 14, 42])];
  return {
    tiles,
    grid: "20x20km",
    parts: 1,
    touching: 0,
    warnings: [],
    request: {
      title: "Latium",
      label: "openeo",
      service: { endpoint: "https://openeo.example.test", application: "ndvi" },
      parameters: { resolution: 10 },
      format: "gtiff",
      dimension: { name: "spatial_extent", values: tiles },
    },
    ...changes,
  };
}

test("upscalingPlan() says what would run", () => {
  assertEquals(String(upscalingPlan(planned())).split("\n"), [
    "2 jobs to run  Latium",
    "Tiles      2 tiles of the 20x20km grid",
    "Dimension  spatial_extent",
    "Service    ndvi",
    "Platform   https://openeo.example.test · openeo",
  ]);
});

test("upscalingPlan() says what is special about the area, and what to think of", () => {
  const plan = upscalingPlan(
    planned({ parts: 2, touching: 3, warnings: ["The token expires", "Much"] }),
  );
  const text = String(plan);
  assertStringIncludes(
    text,
    "2 tiles of the 20x20km grid · the area in 2 parts · 3 places left out",
  );
  assertStringIncludes(text, "! The token expires\n  Much");
});

test("upscalingPlan() is the plan's data as well", () => {
  const data = planned({ touching: 1 });
  const plan = upscalingPlan(data);
  assertEquals({ ...data, ...JSON.parse(JSON.stringify(plan)) }, data);
});

test("upscalingPlan() shows the tiles on a map, or as text", async () => {
  const shown = await upscalingPlan(planned()).withMap();
  assertStringIncludes(String(shown), "2 tiles; 12°E to 14°E, 41°N to 42°N");
  assertStringIncludes(bundleOf(shown)["text/html"], '<img alt="2 tiles;');
  const nothing = await upscalingPlan(planned({ tiles: [] })).withMap();
  assertEquals(bundleOf(nothing)["text/html"].includes("<img"), false);
});

test("upscalingPlan() shows hostile text as text", async () => {
  const text = "</td><img src=x onerror=alert(1)> $5 and $6 \u202e\u001b[31m javascript:x";
  const { request } = planned();
  const service = { endpoint: text, namespace: text, application: text };
  const dimension = { ...request.dimension, name: text };
  const hostile = planned({
    grid: text,
    warnings: [text],
    request: { ...request, title: text, service, dimension },
  });
  const plan = upscalingPlan(hostile);
  const bundle = bundleOf(plan);
  checkHtml(bundle["text/html"]);
  checkMarkdown(bundle["text/markdown"]);
  checkText(bundle["text/plain"]);
  checkHtml(bundleOf(await plan.withMap())["text/html"]);
});

const shown = (cost: CostEstimate) =>
  displayable(() => [{
    kind: "fields",
    caption: ["a plan"],
    fields: [{ label: "Cost", lines: costLines(cost) }],
  }]).toString();

test("costLines() says a number with what it comes from, and only the words where there is none", () => {
  assertEquals(
    shown({
      amount: 12.3456,
      unit: "platform credits",
      basis: "0.1 platform credits per km² × 123 km²",
    }),
    "a plan\nCost  about 12.3 platform credits · 0.1 platform credits per km² × 123 km²",
  );
  assertEquals(
    shown({ basis: "2 Euro, says the catalogue", measured: ["4–9 credits in 6 runs"] }),
    "a plan\nCost  2 Euro, says the catalogue\n      benchmarks: 4–9 credits in 6 runs",
  );
});

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
