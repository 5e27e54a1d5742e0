import { assertEquals, assertRejects } from "@std/assert";
import { CatalogueError } from "../../../src/catalogue/catalogue_error.ts";
import { readJson } from "../../../src/catalogue/reading/read_json.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";

async function failure(answer: () => Response): Promise<string> {
  await using server = serve(answer);
  const error = await assertRejects(
    () => readJson(`${server.url}/a.json?token=s3cret`, { fetch }),
    CatalogueError,
  );
  return `${error.reason}: ${error.message.replace(/127\.0\.0\.1:\d+/, "host")}`;
}

test("readJson() reads a document with its validator, and asks with the one it holds", async () => {
  await using server = serve(({ headers }) =>
    headers.get("if-none-match") === '"1"'
      ? new Response(null, { status: 304 })
      : Response.json({ a: 1 }, { headers: { etag: '"1"' } })
  );
  assertEquals(await readJson(server.url, { fetch }), {
    changed: true,
    value: { a: 1 },
    etag: '"1"',
  });
  assertEquals(await readJson(server.url, { fetch, etag: '"1"' }), { changed: false });
});

test("readJson() says what came instead of a document, and no query of an address", async () => {
  assertEquals(
    await failure(() => new Response("<!doctype html>")),
    "invalid: Cannot read host/a.json: it is a web page, not JSON",
  );
  assertEquals(
    await failure(() => new Response("{,")),
    "invalid: Cannot read host/a.json: it is malformed, not JSON",
  );
  assertEquals(
    await failure(() => new Response("", { status: 404 })),
    "not-found: Cannot read host/a.json: there is nothing at that address",
  );
  assertEquals(
    await failure(() =>
      new Response("", { status: 403, headers: { "x-ratelimit-remaining": "0" } })
    ),
    "limit: Cannot read host/a.json: the limit of questions an hour is used up",
  );
  assertEquals(
    await failure(() => new Response("", { status: 503 })),
    "unreachable: Cannot read host/a.json: the answer was 503",
  );
  assertEquals(
    await failure(() => new Response("", { status: 302, headers: { location: "https://b.test" } })),
    "unreachable: Cannot read host/a.json: the answer was 302",
  );
  assertEquals(
    await failure(() => new Response("x".repeat(3_000_000))),
    "invalid: Cannot read host/a.json: it is larger than 2 MB",
  );
});

test("readJson() reads over https alone, but for this machine itself", async () => {
  for (
    const address of [
      "http://a.example.test/x",
      "file:///etc/passwd",
      "x",
      "data:application/json,1",
    ]
  ) {
    const error = await assertRejects(() => readJson(address, { fetch }), CatalogueError);
    assertEquals(error.reason, "invalid");
  }
});

test("readJson() ends with the signal's reason at once", async () => {
  const reason = new Error("enough");
  const never: typeof fetch = (_input, init) =>
    new Promise((_, reject) =>
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))
    );
  const controller = new AbortController();
  const reading = readJson("https://a.example.test/", { fetch: never, signal: controller.signal });
  controller.abort(reason);
  assertEquals(await assertRejects(() => reading), reason);
});

test("readJson() says that a host cannot be reached", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await assertRejects(
    () => readJson(`http://127.0.0.1:${port}/`, { fetch }),
    CatalogueError,
    "it cannot be reached",
  );
});
