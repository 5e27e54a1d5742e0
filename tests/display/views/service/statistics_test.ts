import { assertEquals } from "@std/assert";
import { statisticsTable } from "../../../../src/display/views/service/statistics.ts";
import type { PublicStatisticsResponse } from "../../../../src/models/monitoring.ts";
import { test } from "../../../support/test.ts";
import { bundleOf } from "../../views.ts";

const generated_at = new Date("2026-11-23T15:38:21Z");
const none = { total: 0, by_status: {}, by_interface: {}, by_service: {} };

const STATISTICS: PublicStatisticsResponse = {
  generated_at,
  processing_jobs: {
    total: 107,
    by_status: { finished: 90, paused: 5, failed: 12 },
    by_interface: { ogc_api_process: 7, openeo: 100 },
    by_service: { ndvi: 90, worldcereal: 10, insar: 7 },
  },
  upscaling_tasks: {
    total: 4,
    by_status: { running: 1, finished: 3 },
    by_interface: { openeo: 4 },
    by_service: { worldcereal: 4 },
    average_processing_jobs_per_upscaling_task: 12.25,
  },
};

test("statisticsTable() counts jobs and tasks by status, by interface and by service", () => {
  assertEquals(
    String(statisticsTable(STATISTICS)).split("\n").map((line) =>
      line.trim().replace(/ {2,}/g, " | ")
    ),
    [
      "Dispatch service · 107 jobs · 4 upscaling tasks of about 12.3 jobs each · 2026-11-23 15:38 UTC",
      "Status | Jobs | Upscaling tasks",
      "────────── | ──── | ───────────────",
      "✗ failed | 12 | –",
      "◐ running | – | 1",
      "✓ finished | 90 | 3",
      "• paused | 5 | –",
      "",
      "By interface",
      "Interface | Jobs | Upscaling tasks",
      "─────────────── | ──── | ───────────────",
      "openeo | 100 | 4",
      "ogc_api_process | 7 | –",
      "",
      "By service",
      "Service | Jobs | Upscaling tasks",
      "─────────── | ──── | ───────────────",
      "ndvi | 90 | –",
      "worldcereal | 10 | 4",
      "insar | 7 | –",
    ],
  );
});

test("statisticsTable() shows the services with the most work, and of how many", () => {
  const by_service = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`service_${index}`, index + 1]),
  );
  const jobs = { ...STATISTICS.processing_jobs, by_service };
  const tasks = { ...STATISTICS.upscaling_tasks, by_service: {} };
  const table = statisticsTable(
    { ...STATISTICS, processing_jobs: jobs, upscaling_tasks: tasks },
    { rows: 2 },
  );
  const lines = String(table).split("\n");
  const at = lines.findIndex((line) => line.startsWith("By service"));
  assertEquals(lines[at], "By service · 2 of 30 shown");
  assertEquals(lines.slice(at + 3).map((line) => line.split(" ")[0]), ["service_29", "service_28"]);
});

test("statisticsTable() says that there is nothing in a line", () => {
  const nothing = {
    generated_at,
    processing_jobs: none,
    upscaling_tasks: { ...none, average_processing_jobs_per_upscaling_task: 0 },
  };
  assertEquals(
    String(statisticsTable(nothing)),
    "Dispatch service · 0 jobs · 0 upscaling tasks · 2026-11-23 15:38 UTC",
  );
});

test("statisticsTable() says the same in every form", () => {
  const bundle = bundleOf(statisticsTable(STATISTICS));
  for (const type of ["text/plain", "text/markdown", "text/html"] as const) {
    const text = String(bundle[type]);
    for (const word of ["worldcereal", "paused", "ogc_api_process", "107 jobs"]) {
      assertEquals(text.replaceAll("\\", "").includes(word), true, `${word} in ${type}`);
    }
  }
});
