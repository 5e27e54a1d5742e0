import { assertEquals, assertRejects } from "@std/assert";
import { AuthenticatedClient, Client, jupyterDisplay } from "../../mod.ts";
import { NotFoundError, RequestInvalidError } from "../../src/http/errors.ts";
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

const counts = {
  total: 3,
  by_status: { finished: 2, failed: 1 },
  by_interface: { openeo: 3 },
  by_service: { ndvi: 3 },
};
const BODY = {
  generated_at: "2026-11-23T15:38:21",
  processing_jobs: counts,
  upscaling_tasks: { ...counts, average_processing_jobs_per_upscaling_task: 12.5 },
};

test("statistics() is a call of both clients, and the public one needs no token", async () => {
  await using server = serve(() => Response.json(BODY));
  const expected = { ...BODY, generated_at: new Date("2026-11-23T15:38:21Z") };
  assertEquals(await new Client({ baseUrl: server.url }).statistics(), expected);
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken-of-ada" });
  assertEquals(await client.statistics(), expected);
  assertEquals(server.seen.map(({ method, path }) => `${method} ${path}`), [
    "GET /statistics",
    "GET /statistics",
  ]);
  assertEquals(server.seen.map(({ headers }) => headers.has("Authorization")), [false, false]);
});

test("statistics() asks for days, given as text or as any moment of them", async () => {
  await using server = serve(() => Response.json(BODY));
  const { statistics } = new Client({ baseUrl: server.url });
  await statistics({ from: "2026-11-01", to: "2026-11-30" });
  await statistics({ from: new Date("2026-11-01T23:59:59Z"), headers: { "X-Note": "n" } });
  await statistics({ to: new Date("2026-11-30T00:00:00Z") });
  await statistics({ from: "2026-11-30", to: new Date("2026-11-30T12:00:00Z") });
  assertEquals(server.seen.map(({ path }) => path), [
    "/statistics?date_from=2026-11-01&date_to=2026-11-30",
    "/statistics?date_from=2026-11-01",
    "/statistics?date_to=2026-11-30",
    "/statistics?date_from=2026-11-30&date_to=2026-11-30",
  ]);
  assertEquals(server.seen[1]?.headers.get("X-Note"), "n");
});

test("statistics() refuses what is no day before anything is sent, in the caller's own words", async () => {
  await using server = serve(() => Response.json(BODY));
  const { statistics } = new Client({ baseUrl: server.url });
  const refused: readonly (readonly [options: unknown, problem: string])[] = [
    [{ from: "2026-02-30" }, 'from: expected a day (YYYY-MM-DD), got the string "2026-02-30"'],
    [{ to: 20261123 }, "to: expected a day (YYYY-MM-DD) or a Date, got the number 20261123"],
    [{ to: new Date(NaN) }, "to: expected a day (YYYY-MM-DD) or a Date, got an invalid Date"],
    [
      { from: "2026-12-01", to: "2026-11-30" },
      'from: expected a day not after "to" (2026-11-30), got 2026-12-01',
    ],
    [{ form: "2026-11-01" }, 'form: no such option; did you mean "from"?'],
    [null, "expected an object of options"],
  ];
  for (const [options, problem] of refused) {
    await assertRejects(
      () => Reflect.apply(statistics, undefined, [options]),
      RequestInvalidError,
      problem,
    );
  }
  assertEquals(server.seen, []);
});

test("statistics() says plainly that a service of version 0.7.2 has none", async () => {
  await using server = serve(() => Response.json({ detail: "Not Found" }, { status: 404 }));
  const { statistics } = new Client({ baseUrl: server.url });
  const error = await assertRejects(() => statistics(), NotFoundError);
  assertEquals(error.message.split("\n").slice(0, 2), [
    "Cannot get the statistics: the service answered 404 Not Found",
    "  What to do: this service is older than the call, which came after version 0.7.2: there is nothing to be had until it is renewed; if it is not older, check the base URL, and any path in it",
  ]);
});

test("statistics() shows itself as a table", async () => {
  await using server = serve(() => Response.json(BODY));
  const answer = await new Client({ baseUrl: server.url }).statistics();
  const bundle: unknown = Reflect.apply(Reflect.get(answer, jupyterDisplay), answer, []);
  assertEquals(
    String(Object(bundle)["text/plain"]).split("\n")[0],
    "Dispatch service · 3 jobs · 3 upscaling tasks of about 12.5 jobs each · 2026-11-23 15:38 UTC",
  );
});
