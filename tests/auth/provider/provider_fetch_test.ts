import { assertEquals, assertRejects } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import { machineFetch, wholeFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { instantClock } from "../../support/clock.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";

test("wholeFetch() hands over an answer that is whole, and sends a form as it is", async () => {
  await using server = serve(({ body, headers }) =>
    Response.json({ body, type: headers.get("content-type") }, { status: 400 })
  );
  const answer = await wholeFetch({ fetch: machineFetch, clock: systemClock })(server.url, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ a: "b c" }),
  });
  assertEquals(answer.status, 400);
  assertEquals(await answer.json(), {
    body: "a=b+c",
    type: "application/x-www-form-urlencoded;charset=UTF-8",
  });
});

test("wholeFetch() gives up a body that does not end, when its signal aborts", async () => {
  const aborting = new AbortController();
  const reason = new Error("enough");
  const fetch: typeof globalThis.fetch = (_input, init) => {
    const body = new ReadableStream({
      start(controller) {
        init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason), {
          once: true,
        });
        queueMicrotask(() => aborting.abort(reason));
      },
    });
    return Promise.resolve(new Response(body));
  };
  const asked = wholeFetch({ fetch, clock: systemClock, signal: aborting.signal })(
    "https://x.test",
    {},
  );
  assertEquals(await assertRejects(() => asked), reason);
});

test("wholeFetch() has a time limit and a size limit", async () => {
  const silent: typeof globalThis.fetch = (_input, init) =>
    new Promise((_, reject) =>
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason), { once: true })
    );
  const late = await assertRejects(
    () => wholeFetch({ fetch: silent, clock: instantClock() })("https://x.test", {}),
    SignInError,
    "x.test within 30 s",
  );
  assertEquals(late.reason, "unreachable");
  const endless: typeof globalThis.fetch = () =>
    Promise.resolve(new Response(new Uint8Array(1_100_000)));
  const long = await assertRejects(
    () => wholeFetch({ fetch: endless, clock: systemClock })("https://x.test", {}),
    SignInError,
  );
  assertEquals(long.reason, "issuer");
});
