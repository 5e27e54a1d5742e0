import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, send, stage } from "../support.ts";

const ORIGIN = "https://notebook.example.test";

test("serve() gives the correlation id that was sent back, and makes one up where there is none", async () => {
  await using on = stage();
  const headers = { "x-correlation-id": "mine" };
  const { headers: given } = await send(on.sandbox, "GET /health", { headers });
  assertEquals(given.get("x-correlation-id"), "mine");
  const made = (await send(on.sandbox, "GET /health")).headers.get("x-correlation-id");
  assert(made !== null && made !== "" && made !== "mine");
  assertEquals(on.sandbox.requests.map(({ correlationId }) => correlationId), ["mine", made]);
});

test("serve() answers preflights of the origins that may ask, at any path, and refuses others", async () => {
  await using on = stage({ origins: [ORIGIN] });
  const preflight = (origin: string) =>
    send(on.sandbox, "OPTIONS /nowhere", {
      token: null,
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
  const { status, headers, text } = await preflight(ORIGIN);
  assertEquals([status, text, headers.get("access-control-allow-origin")], [200, "OK", ORIGIN]);
  assertEquals(headers.get("access-control-allow-headers"), "authorization");
  const refused = await preflight("https://elsewhere.example.test");
  assertEquals([refused.status, refused.text], [400, "Disallowed CORS origin"]);
});

test("serve() lets a page of a known origin read an answer, and no other", async () => {
  await using on = stage({ origins: [ORIGIN] });
  for (const [origin, allowed] of [[ORIGIN, ORIGIN], ["https://elsewhere.example.test", null]]) {
    const { headers } = await send(on.sandbox, "GET /health", {
      headers: { origin: origin ?? "" },
    });
    assertEquals(headers.get("access-control-allow-origin"), allowed ?? null);
    assertEquals(headers.get("vary"), "Origin");
  }
});

test("serve() passes what is no path of the service on to the framework's own words", async () => {
  await using on = stage();
  const { status, body } = await send(on.sandbox, "GET /nowhere");
  assertEquals([status, at(body, "detail")], [404, "Not Found"]);
  assertEquals(on.sandbox.requests[0]?.operation, undefined);
});
