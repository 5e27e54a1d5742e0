import { assertEquals } from "@std/assert";
import { PublicStatisticsResponse } from "../../../src/models/monitoring.ts";
import { test } from "../../support/test.ts";
import { at, listAt, OPENEO, recorded, send, shapeOf, stage, TASK, TUTORIAL } from "../support.ts";

test("getStatistics counts the work of all users, without a token", async () => {
  await using on = stage({ outcome: ({ id }) => id === 2 ? "failed" : "finished" });
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  await send(on.sandbox, "POST /unit_jobs", { json: OPENEO, token: on.sandbox.otherToken });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(60_000);
  const { status, body } = await send(on.sandbox, "GET /statistics", { token: null });
  assertEquals(status, 200);
  assertEquals(body, {
    generated_at: "2026-11-23T15:16:00",
    processing_jobs: {
      total: 5,
      by_status: { finished: 4, failed: 1 },
      by_interface: { ogc_api_process: 1, openeo: 4 },
      by_service: { "vegetation-index": 1, vegetation_index: 4 },
    },
    upscaling_tasks: {
      total: 1,
      by_status: { created: 1 },
      by_interface: { openeo: 1 },
      by_service: { vegetation_index: 1 },
      average_processing_jobs_per_upscaling_task: 3,
    },
  });
  assertEquals(PublicStatisticsResponse.parse(body).processing_jobs.total, 5);
});

test("getStatistics gives the same answer for 15 minutes, for the same days", async () => {
  await using on = stage();
  const total = async (query = "") =>
    at((await send(on.sandbox, `GET /statistics${query}`)).body, "processing_jobs", "total");
  assertEquals(await total(), 0);
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  assertEquals(await total(), 0);
  assertEquals(await total("?date_from=2026-11-23"), 1);
  on.clock.advance(15 * 60_000 - 1);
  assertEquals(await total(), 0);
  on.clock.advance(1);
  assertEquals(await total(), 1);
});

test("getStatistics counts the first day and the last", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const total = async (query: string) =>
    at((await send(on.sandbox, `GET /statistics?${query}`)).body, "processing_jobs", "total");
  assertEquals(await total("date_from=2026-11-23&date_to=2026-11-23"), 1);
  assertEquals(await total("date_to=2026-11-22"), 0);
  assertEquals(await total("date_from=2026-11-24"), 0);
  assertEquals(await total("date_from=2026-11-01"), 1);
});

test("getStatistics refuses days that are none, and a first after the last", async () => {
  await using on = stage();
  const bad = await send(on.sandbox, "GET /statistics?date_from=today&date_to=2026-02-30");
  assertEquals([bad.status, at(bad.body, "error_code")], [422, "VALIDATION_ERROR"]);
  assertEquals(
    [0, 1].map((index) => at(bad.body, "details", "errors", index, "loc")),
    [["query", "date_from"], ["query", "date_to"]],
  );
  const turned = await send(on.sandbox, "GET /statistics?date_from=2026-11-24&date_to=2026-11-23");
  assertEquals([turned.status, typeof at(turned.body, "detail")], [400, "string"]);
});

test("getJobsStatus leaves the jobs of tasks out and keeps the order", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: { ...TUTORIAL, title: "first" } });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  on.clock.advance(60_000);
  await send(on.sandbox, "POST /unit_jobs", { json: { ...TUTORIAL, title: "last" } });
  const { body } = await send(on.sandbox, "GET /jobs_status");
  const titles = listAt(body, "processing_jobs").map((job) => at(job, "title"));
  assertEquals(titles, ["first", "last"]);
  assertEquals(at(body, "upscaling_tasks"), [
    { id: 1, title: "Tiles", label: "openeo", status: "finished" },
  ]);
  const wanted = await recorded("create-client-aborted-then-list");
  assertEquals(
    shapeOf(at(body, "processing_jobs", 0)),
    shapeOf(at(wanted.body, "processing_jobs", 0)),
  );
});

test("getJobsStatus leaves empty what was not asked for", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  await send(on.sandbox, "POST /upscale_tasks", { json: TASK });
  const counts = async (query: string) => {
    const { body } = await send(on.sandbox, `GET /jobs_status${query}`);
    return [listAt(body, "upscaling_tasks").length, listAt(body, "processing_jobs").length];
  };
  assertEquals(await counts("?filter=processing"), [0, 1]);
  assertEquals(await counts("?filter=upscaling"), [1, 0]);
  assertEquals(await counts("?filter=upscaling&filter=processing"), [1, 1]);
  assertEquals(await counts(""), [1, 1]);
});

test("getJobsStatus refuses filters joined by a comma, each by its place", async () => {
  await using on = stage();
  const query = "?filter=processing&filter=upscaling,processing";
  const { status, body } = await send(on.sandbox, `GET /jobs_status${query}`);
  assertEquals([status, at(body, "details", "errors", 0, "loc")], [422, ["query", "filter", 1]]);
});

test("getJobsStatus fails as a whole when one platform is down", async () => {
  await using on = stage({ outcome: ({ id }) => id === 2 ? "unknown" : "finished" });
  for (const json of [OPENEO, TUTORIAL, OPENEO]) {
    await send(on.sandbox, "POST /unit_jobs", { json });
  }
  on.clock.advance(60_000);
  const { status, body } = await send(on.sandbox, "GET /jobs_status");
  const wanted = await recorded("jobs-status-ogc-platform-down");
  assertEquals([status, shapeOf(body)], [wanted.status, shapeOf(wanted.body)]);
  assertEquals((await send(on.sandbox, "GET /jobs_status?filter=upscaling")).status, 200);
});
