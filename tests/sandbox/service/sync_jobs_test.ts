import { assert, assertEquals } from "@std/assert";
import { fromArrayBuffer } from "geotiff";
import { test } from "../../support/test.ts";
import { at, OPENEO, send, stage } from "../support.ts";

test("createSyncJob answers 200 with a time series, whatever the format", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /sync_jobs", { json: OPENEO });
  assertEquals([reply.status, reply.headers.get("content-type")], [200, "application/json"]);
  const series = Object.entries(Object(reply.body));
  assertEquals(series.map(([date]) => date).slice(0, 2), [
    "2025-05-01T00:00:00Z",
    "2025-05-06T00:00:00Z",
  ]);
  for (const [, value] of series) assertEquals(typeof at(value, 0, 0), "number");
  assertEquals(on.sandbox.platformJobs, []);
});

test("createSyncJob keeps to the time that was asked for", async () => {
  await using on = stage();
  const parameters = { ...OPENEO.parameters, temporal_extent: ["2020-02-01", "2020-02-12"] };
  const reply = await send(on.sandbox, "POST /sync_jobs", { json: { ...OPENEO, parameters } });
  assertEquals(Object.keys(Object(reply.body)), [
    "2020-02-01T00:00:00Z",
    "2020-02-06T00:00:00Z",
    "2020-02-11T00:00:00Z",
  ]);
});

test("createSyncJob answers with a GeoTIFF where a parameter asks for one", async () => {
  await using on = stage();
  const response = await fetch(`${on.sandbox.url}/sync_jobs`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${on.sandbox.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      ...OPENEO,
      parameters: { ...OPENEO.parameters, output_format: "GTiff" },
    }),
  });
  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("content-type"),
    "image/tiff; application=geotiff; profile=cloud-optimized",
  );
  const image = await (await fromArrayBuffer(await response.arrayBuffer())).getImage();
  assertEquals(image.getBoundingBox(), [12, 41, 13, 42]);
});

test("createSyncJob takes a token that has expired, and none that never was one", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken();
  on.sandbox.expireToken(token);
  const expired = await send(on.sandbox, "POST /sync_jobs", { json: OPENEO, token });
  assertEquals(expired.status, 200);
  const garbage = await send(on.sandbox, "POST /sync_jobs", { json: OPENEO, token: "garbage" });
  assertEquals([garbage.status, at(garbage.body, "error_code")], [401, "AUTHENTICATION_FAILED"]);
  assert(String(at(garbage.body, "message")).startsWith("Could not authenticate with cdse"));
});

test("createSyncJob fails with the platform's words", async () => {
  await using on = stage();
  const json = { ...OPENEO, parameters: { spatial_extent: [12, 41, 13, 42] } };
  const reply = await send(on.sandbox, "POST /sync_jobs", { json });
  assertEquals(reply.status, 500);
  assertEquals(at(reply.body, "details", "error"), "'list' object has no attribute 'get'");
});
