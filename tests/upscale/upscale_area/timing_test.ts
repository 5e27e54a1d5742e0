// When upscaling of an area warns about the token, and how it gives up.
import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import {
  AuthenticatedClient,
  type AuthenticatedClientOptions,
  CallAbortedError,
  jupyterDisplay,
  upscaleArea,
} from "../../../mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { listenerCount } from "../../http/support/listeners.ts";
import { manualClock } from "../../support/clock.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { anyOptions, cutsInto, PARAMETERS, square, tokenUntil } from "../areas.ts";

/** The warnings of a plan of six jobs, made at a quarter past three. */
async function warningsWith(token: AuthenticatedClientOptions["token"]) {
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token });
  const clock = manualClock(Date.parse("2026-11-23T15:15:00Z"));
  const { plan } = await upscaleArea(client, anyOptions({ dryRun: true, clock }));
  for (const text of [String(plan), plan[jupyterDisplay]()["text/html"]]) {
    assertEquals(text.includes("Take a fresh token first"), plan.warnings.length > 0, text);
  }
  return plan.warnings;
}

test("upscaleArea() warns of a token that expires before all jobs can be made", async () => {
  const warning =
    "The token expires at 2026-11-23 15:15:17 UTC. The service makes the jobs one by one, which may take 1 minute " +
    "for 6; those that are not made by then never appear. Take a fresh token first.";
  assertEquals(await warningsWith(tokenUntil("2026-11-23T15:15:17Z")), [warning]);
  assertEquals(await warningsWith(() => tokenUntil("2026-11-23T15:15:17Z")), [warning]);
  assertEquals(await warningsWith(tokenUntil("2026-11-23T15:15:00Z")), [
    "The token expired at 2026-11-23 15:15:00 UTC. Take a fresh token first.",
  ]);
});

test("upscaleArea() warns of nothing when the token lasts, or does not say", async () => {
  for (const token of [tokenUntil("2026-11-23T15:15:18Z"), "opaque", "e30.e30.x"]) {
    assertEquals(await warningsWith(token), []);
  }
});

test("upscaleArea() reads the expiry of the token that is at hand after the cutting", async () => {
  await using server = cutsInto(square(4, 51, 1));
  const order: string[] = [];
  const token = () => {
    order.push(`token after ${server.seen.length}`);
    return tokenUntil("2099-01-01T00:00:00Z");
  };
  const client = new AuthenticatedClient({ baseUrl: server.url, token });
  await upscaleArea(client, anyOptions());
  assertEquals(order, ["token after 0", "token after 2", "token after 2"]);
});

const PHASES = ["before", "params", "tiles", "token", "confirm", "create"] as const;
for (const phase of PHASES) {
  test(`upscaleArea() gives up at once when it is aborted (${phase})`, async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const listeners = listenerCount(abort.signal);
    const held = Promise.withResolvers<void>();
    const stop = async () => {
      abort.abort(reason);
      await held.promise;
    };
    if (phase === "before") abort.abort(reason);
    await using server = serve(async ({ path }) => {
      if (path === "/params") {
        if (phase === "params") await stop();
        return Response.json(PARAMETERS);
      }
      if (path === "/tiles") {
        if (phase === "tiles") await stop();
        return Response.json({ type: "GeometryCollection", geometries: [square(4, 51, 1)] });
      }
      if (phase === "create") await stop();
      return Response.json({ id: 7, title: "Task", label: "openeo", status: "created" });
    });
    // The first token is for the question which parameters the service takes.
    let tokens = 0;
    const client = new AuthenticatedClient({
      baseUrl: server.url,
      token: async () => {
        if (phase === "token" && tokens++ > 0) await stop();
        return "t0ken";
      },
    });
    const confirm = async () => {
      if (phase === "confirm") await stop();
      return true;
    };
    const error = await assertRejects(() =>
      upscaleArea(client, anyOptions({ confirm, signal: abort.signal }))
    );
    held.resolve();
    // Once the task may have been made, the abort says so.
    if (phase === "create") {
      if (!(error instanceof CallAbortedError)) throw error;
      assertEquals([error.name, error.outcome], ["AbortError", "unknown"]);
      assertStrictEquals(error.cause, reason);
    } else assertStrictEquals(error, reason);
    assertEquals(listeners(), 0);
    const reached = { before: 0, params: 1, tiles: 2, token: 2, confirm: 2, create: 3 };
    assertEquals(server.seen.length, reached[phase]);
  });
}

test("upscaleArea() submits nothing when confirm says true to what was aborted meanwhile", async () => {
  await using server = cutsInto(square(4, 51, 1));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const abort = new AbortController();
  const confirm = () => {
    abort.abort();
    return true;
  };
  await assertRejects(
    () => upscaleArea(client, anyOptions({ confirm, signal: abort.signal })),
    DOMException,
  );
  assertEquals(server.seen.map(({ path }) => path), ["/params", "/tiles"]);
});
