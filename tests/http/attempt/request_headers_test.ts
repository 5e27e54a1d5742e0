import { assert, assertEquals } from "@std/assert";
import { resolveConfig } from "../../../src/http/config.ts";
import { requestHeaders, VERSION } from "../../../src/http/attempt/request_headers.ts";
import type { WireCall } from "../../../src/http/wire.ts";
import { test } from "../../support/test.ts";

const CALL: WireCall = {
  name: "unitJobs.get",
  headline: () => "Cannot get unit job 42",
  effect: "read",
  method: "GET",
  path: "/unit_jobs/42",
  auth: true,
};

test("requestHeaders() asks for JSON, and gives every call a correlation id of its own", () => {
  const config = resolveConfig({ baseUrl: "https://x.test" });
  const one = requestHeaders(config, CALL, {});
  const other = requestHeaders(config, CALL, {});
  assertEquals(Object.keys(one).sort(), ["accept", "user-agent", "x-correlation-id"]);
  assertEquals(one["accept"], "application/json");
  assert(/^[0-9a-f-]{36}$/.test(one["x-correlation-id"] ?? ""));
  assert(one["x-correlation-id"] !== other["x-correlation-id"]);
});

test("requestHeaders() lets the call's headers go over the client's, whatever their case", () => {
  const config = resolveConfig({
    baseUrl: "https://x.test",
    headers: { "X-A": "client", "X-B": "client", Accept: "text/plain" },
  });
  const headers = requestHeaders(config, CALL, {
    headers: { "x-a": "call", "X-CORRELATION-ID": "mine" },
  });
  assertEquals(headers, {
    "accept": "text/plain",
    "user-agent": `apex-dispatch-client/${VERSION} ${navigator.userAgent}`,
    "x-a": "call",
    "x-b": "client",
    "x-correlation-id": "mine",
  });
});

test("requestHeaders() makes a correlation id where the caller's is empty", () => {
  const config = resolveConfig({ baseUrl: "https://x.test", headers: { "X-Correlation-ID": "" } });
  assertEquals(requestHeaders(config, CALL, {})["x-correlation-id"]?.length, 36);
});

test("requestHeaders() says that a body is JSON, adds the cookies, and asks for what the call wants", () => {
  const config = resolveConfig({ baseUrl: "https://x.test", cookies: { sid: "1", lang: "en" } });
  const call = { ...CALL, body: "{}", accept: "*/*" };
  const headers = requestHeaders(config, call, { headers: { "Content-Type": "text/plain" } });
  assertEquals(
    [headers["content-type"], headers["cookie"], headers["accept"]],
    ["application/json", "sid=1; lang=en", "*/*"],
  );
});

test("requestHeaders() names this package and the runtime, unless one names something else", async () => {
  const config = resolveConfig({ baseUrl: "https://x.test" });
  const { version } = JSON.parse(
    await Deno.readTextFile(new URL("../../../deno.json", import.meta.url)),
  );
  assertEquals(
    requestHeaders(config, CALL, {})["user-agent"],
    `apex-dispatch-client/${version} Deno/${Deno.version.deno}`,
  );
  const own = { headers: { "User-Agent": "mine/1" } };
  assertEquals(requestHeaders(config, CALL, own)["user-agent"], "mine/1");
});
