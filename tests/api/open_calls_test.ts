import { assertEquals } from "@std/assert";
import { Client } from "../../mod.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import { square } from "../upscale/areas.ts";

test("health() and tiles.split() ask without a token", async () => {
  await using server = serve(({ path }) =>
    path === "/health"
      ? Response.json({ status: "ok", database: { status: "ok" } })
      : Response.json({ type: "GeometryCollection", geometries: [] }, { status: 201 })
  );
  const client = new Client({ baseUrl: server.url });
  assertEquals((await client.health()).status, "ok");
  const { geometries } = await client.tiles.split({ aoi: square(4, 51, 0.1), grid: "20x20km" });
  assertEquals(geometries, []);
  assertEquals(server.seen.map(({ method, path }) => `${method} ${path}`), [
    "GET /health",
    "POST /tiles",
  ]);
  for (const { headers } of server.seen) assertEquals(headers.has("Authorization"), false);
});
