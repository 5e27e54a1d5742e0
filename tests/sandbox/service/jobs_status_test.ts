import { assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, listAt, OPENEO, recorded, send, shapeOf, stage, TASK, TUTORIAL } from "../support.ts";

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
