import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, send, stage } from "../support.ts";

function request(coordinates: unknown): { json: object } {
  return { json: { aoi: { type: "Polygon", coordinates }, grid: "20x20km" } };
}

test("splitArea refuses a ring that is open", async () => {
  await using on = stage();
  const ring = [[4, 51], [5, 51], [5, 51.6], [4, 51.6]];
  const reply = await send(on.sandbox, "POST /tiles", request([ring]));
  assertEquals([reply.status, at(reply.body, "details", "errors", 0)], [422, {
    type: "value_error",
    loc: ["body", "aoi", "coordinates"],
    msg: "Value error, All linear rings have the same start and end coordinates",
    input: [ring],
  }]);
});

test("splitArea fails on a ring that crosses itself", async () => {
  await using on = stage();
  const ring = [[4, 51], [5, 51.6], [5, 51], [4, 51.6], [4, 51]];
  const reply = await send(on.sandbox, "POST /tiles", request([ring]));
  assertEquals([reply.status, at(reply.body, "error_code")], [500, "INTERNAL_ERROR"]);
  assertEquals(at(reply.body, "message"), "An error occurred while calculating tiles for 20x20km");
  assert(String(at(reply.body, "details", "error")).startsWith("TopologyException"));
});

test("splitArea answers empty coordinates with an empty list", async () => {
  await using on = stage();
  const reply = await send(on.sandbox, "POST /tiles", request([]));
  assertEquals([reply.status, reply.body], [201, { type: "GeometryCollection", geometries: [] }]);
});

test("splitArea answers for a proxy where the service would hang", async () => {
  await using on = stage();
  const ring = [[0, 80], [1, 80], [1, 90], [0, 80]];
  const reply = await send(on.sandbox, "POST /tiles", request([ring]));
  assertEquals([reply.status, reply.text], [504, "upstream request timeout"]);
  assertEquals(reply.headers.get("content-type"), "text/plain");
});

test("splitArea makes tiles of what is not valid and does not cross, as the service does", async () => {
  await using on = stage();
  const box = [[4, 50], [6, 50], [6, 52], [4, 52], [4, 50]];
  const hole = [[4.5, 50.5], [5.5, 50.5], [5.5, 51.5], [4.5, 51.5], [4.5, 50.5]];
  const sharing = [[4, 50.5], [4, 51.5], [5, 51.5], [5, 50.5], [4, 50.5]];
  const eight = [[4, 50], [6, 50], [5, 51], [6, 52], [4, 52], [5, 51], [4, 50]];
  const spike = [[4, 50], [6, 50], [6.5, 50.5], [6, 50], [6, 52], [4, 52], [4, 50]];
  for (const rings of [[eight], [spike], [box, sharing], [box, hole, hole]]) {
    const reply = await send(on.sandbox, "POST /tiles", request(rings));
    assertEquals(reply.status, 201, reply.text.slice(0, 200));
  }
});
