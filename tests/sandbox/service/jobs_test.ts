import { assertEquals, assertMatch } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, OPENEO, send, stage, TUTORIAL } from "../support.ts";

test("createJob() makes the platform's job first: it is there though its record is not", async () => {
  await using on = stage();
  on.sandbox.setDatabaseFailure("(2003, down)");
  const { status, body } = await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  assertEquals([status, at(body, "details", "error")], [500, "(2003, down)"]);
  on.sandbox.setDatabaseFailure(undefined);
  assertEquals(on.sandbox.platformJobs.map(({ title }) => title), [TUTORIAL.title]);
  assertEquals((await send(on.sandbox, "GET /unit_jobs/1")).status, 404);
});

test("createJob() makes the job of a title that its column has no room for, and loses the record", async () => {
  await using on = stage();
  const json = { ...TUTORIAL, title: "x".repeat(256) };
  const { body } = await send(on.sandbox, "POST /unit_jobs", { json });
  assertMatch(String(at(body, "details", "error")), /Data too long for column 'title'/);
  assertEquals(on.sandbox.platformJobs.length, 1);
});

test("createJob() makes nothing of what the platform refuses", async () => {
  await using on = stage();
  const json = { ...OPENEO, service: { ...OPENEO.service, application: "https://x.test/no.json" } };
  assertEquals((await send(on.sandbox, "POST /unit_jobs", { json })).status, 500);
  assertEquals(on.sandbox.platformJobs.length, 0);
});

test("findJob() knows no job of another user", async () => {
  await using on = stage();
  await send(on.sandbox, "POST /unit_jobs", { json: TUTORIAL });
  const token = on.sandbox.otherToken;
  assertEquals((await send(on.sandbox, "GET /unit_jobs/1", { token })).status, 404);
  assertEquals((await send(on.sandbox, "GET /unit_jobs/1")).status, 200);
});

test("readJob() calls a canceled job of openEO unknown, as the service misspells it", async () => {
  await using on = stage({
    outcome: () => "canceled",
    pace: { created: 1, queued: 1, running: 1 },
  });
  for (const json of [OPENEO, TUTORIAL]) await send(on.sandbox, "POST /unit_jobs", { json });
  on.clock.advance(10_000);
  const read = async (id: number) =>
    at((await send(on.sandbox, `GET /unit_jobs/${id}`)).body, "status");
  assertEquals([await read(1), await read(2)], ["unknown", "canceled"]);
});
