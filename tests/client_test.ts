import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { AuthenticatedClient, Client, RequestInvalidError } from "../mod.ts";
import { startSandbox } from "../src/sandbox/mod.ts";
import { tokenUntil } from "./upscale/areas.ts";
import { wholeJob } from "./support/requests.ts";
import { serve } from "./support/server.ts";
import { test } from "./support/test.ts";

const OPTIONS = {
  baseUrl: "https://dispatch.example.test/api/",
  token: "s3cret-t0ken",
  headers: { "X-Api-Key": "s3cret-k3y", "X-Team": "floods" },
  cookies: { sid: "s3cret-c00kie" },
  timeout: 5_000,
};

test("Client has no calls that need an account", () => {
  const client = new Client({ baseUrl: OPTIONS.baseUrl });
  assertEquals(Object.keys(client), ["tiles", "health", "statistics"]);
  assertEquals(Object.keys(new AuthenticatedClient(OPTIONS)), [
    "unitJobs",
    "upscaleTasks",
    "jobsStatus",
    "tiles",
    "health",
    "statistics",
  ]);
});

test("Client and AuthenticatedClient send nothing, and ask for no token, by being made", async () => {
  await using server = serve(() => Response.json({}));
  let asked = 0;
  const options = { baseUrl: server.url, token: () => `t0ken-${asked++}` };
  assert(new Client({ baseUrl: server.url }).with({ timeout: 5 }) instanceof Client);
  assert(new AuthenticatedClient(options).with({ timeout: 5 }) instanceof AuthenticatedClient);
  assertEquals([server.seen.length, asked], [0, 0]);
});

test("a console shows where a client leads, and no secret", () => {
  const { token: _, ...open } = OPTIONS;
  const shown = [new Client(open), new AuthenticatedClient(OPTIONS)].map((client) => {
    for (
      const options of [{}, { showHidden: true, depth: 20 }, { compact: false, getters: true }]
    ) {
      assert(!Deno.inspect(client, options).includes("s3cret"));
    }
    assert(!JSON.stringify(client).includes("s3cret"));
    assert(!String(client).includes("s3cret"));
    return Deno.inspect(client);
  });
  const facts = '"headers":["X-Api-Key","X-Team"],"timeout":5000}';
  assertEquals(shown, [
    `Client {"baseUrl":"https://dispatch.example.test/api",${facts}`,
    `AuthenticatedClient {"baseUrl":"https://dispatch.example.test/api","token":"(hidden)",${facts}`,
  ]);
  assert(Deno.inspect({ nested: [new Client(open)] }).includes("Client {"));
});

test("with() changes what it is given, and nothing else", async () => {
  await using server = serve(() => Response.json(wholeJob()));
  const original = new AuthenticatedClient(OPTIONS);
  const derived = original.with({ baseUrl: server.url, token: "other-t0ken" });
  await derived.unitJobs.get(42);
  const { headers } = server.seen[0] ?? {};
  const names = ["authorization", "x-api-key", "x-team", "cookie"];
  assertEquals(names.map((name) => headers?.get(name)), [
    "Bearer other-t0ken",
    "s3cret-k3y",
    "floods",
    "sid=s3cret-c00kie",
  ]);
  assert(Deno.inspect(original).includes("https://dispatch.example.test"));
});

test("with() replaces a header or cookie of the same name", async () => {
  await using server = serve(() => Response.json({ status: "ok", database: { status: "ok" } }));
  const original = new Client({
    baseUrl: server.url,
    headers: { "X-Team": "floods" },
    cookies: { sid: "one" },
  });
  await original.with({ headers: { "x-team": "fires" }, cookies: { sid: "two" } }).health();
  await original.health();
  assertEquals(
    server.seen.map(({ headers }) => [headers.get("x-team"), headers.get("cookie")]),
    [["fires", "sid=two"], ["floods", "sid=one"]],
  );
});

test("with() refuses what the constructor refuses", () => {
  const client = new AuthenticatedClient(OPTIONS);
  assertThrows(() => client.with({ baseUrl: "http://dispatch.example.test" }), RequestInvalidError);
  assertThrows(() => client.with({ token: "" }), RequestInvalidError);
  assertThrows(() => client.with({ timeout: -1 }), RequestInvalidError);
});

test("Client serves the public calls without a token", async () => {
  await using sandbox = startSandbox();
  const client = new Client({ baseUrl: sandbox.url });
  assertEquals((await client.health()).status, "ok");
  const ring = [[4, 51], [4.1, 51], [4.1, 51.1], [4, 51]] as const;
  const { geometries } = await client.tiles.split({
    aoi: { type: "Polygon", coordinates: [ring] },
    grid: "20x20km",
  });
  assertEquals(geometries.map(({ type }) => type), ["Polygon"]);
});

test("tokenExpiry() tells when the token expires, and asks a function for one", async () => {
  const token = tokenUntil("2026-11-23T15:38:21Z");
  const client = new AuthenticatedClient({ ...OPTIONS, token });
  assertEquals(await client.tokenExpiry(), new Date("2026-11-23T15:38:21Z"));
  assertEquals(await client.with({ token: "opaque" }).tokenExpiry(), undefined);

  const requests: unknown[] = [];
  const asking = client.with({ token: (request) => (requests.push(request), token) });
  const [one, two] = await Promise.all([asking.tokenExpiry(), asking.tokenExpiry()]);
  assertEquals([one, two], [new Date("2026-11-23T15:38:21Z"), one]);
  assertEquals(requests, [{}]);
});

test("tokenExpiry() gives up with the signal's reason, and tells of a function that fails", async () => {
  const token = Promise.withResolvers<string>();
  const client = new AuthenticatedClient({ ...OPTIONS, token: () => token.promise });
  const abort = new AbortController();
  const waiting = client.tokenExpiry({ signal: abort.signal });
  const reason = new Error("enough");
  abort.abort(reason);
  assertStrictEquals(await waiting.catch((error: unknown) => error), reason);
  token.reject(new Error("nobody signed in"));
  await assertRejects(() => client.tokenExpiry(), RequestInvalidError, "nobody signed in");
});
