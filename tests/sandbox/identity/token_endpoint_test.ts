import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, send, stage } from "../support.ts";
import { poll, post, refresh, refusal, signIn } from "./support.ts";

test("a device signs in, and its token is the service's", async () => {
  await using on = stage();
  const device = await post(on.sandbox, "auth/device", { scope: "openid" });
  assertEquals([at(device.body, "expires_in"), at(device.body, "interval")], [600, 5]);
  const code = String(at(device.body, "user_code"));
  assert(/^[A-Z]{4}-[A-Z]{4}$/.test(code), code);
  assertEquals(on.sandbox.identity.waiting, [code]);
  assertEquals(refusal(await poll(on.sandbox, device.body))[1], "authorization_pending");
  on.sandbox.identity.approve(code);
  on.clock.advance(5000);
  const tokens = await poll(on.sandbox, device.body);
  const token = String(at(tokens.body, "access_token"));
  assertEquals((await send(on.sandbox, "GET /jobs_status", { token })).status, 200);
  on.clock.advance(300_000);
  assertEquals((await send(on.sandbox, "GET /jobs_status", { token })).status, 401);
  const again = await refresh(on.sandbox, at(tokens.body, "refresh_token"));
  const fresh = String(at(again.body, "access_token"));
  assertEquals((await send(on.sandbox, "GET /jobs_status", { token: fresh })).status, 200);
  assertEquals(refusal(await poll(on.sandbox, device.body))[1], "invalid_grant");
});

test("a device that polls too fast is told to slow down, and waits longer from then on", async () => {
  await using on = stage();
  const device = await post(on.sandbox, "auth/device");
  const errors = [];
  for (const pause of [0, 4999, 5000, 10_000]) {
    on.clock.advance(pause);
    errors.push(refusal(await poll(on.sandbox, device.body))[1]);
  }
  assertEquals(errors, [
    "authorization_pending",
    "slow_down",
    "slow_down",
    "slow_down",
  ]);
});

test("a device is denied, too late, unknown, or not allowed", async () => {
  await using on = stage();
  const denied = await post(on.sandbox, "auth/device");
  on.sandbox.identity.deny(String(at(denied.body, "user_code")));
  assertEquals(refusal(await poll(on.sandbox, denied.body))[1], "access_denied");
  const late = await post(on.sandbox, "auth/device");
  on.clock.advance(600_000);
  assertEquals(refusal(await poll(on.sandbox, late.body))[1], "expired_token");
  assertEquals(refusal(await poll(on.sandbox, { device_code: "x" }))[1], "invalid_grant");
  const other = await post(on.sandbox, "auth/device", { client_id: "nobody" });
  assertEquals(refusal(other), [
    401,
    "invalid_client",
    "Invalid client or Invalid client credentials",
  ]);
  on.sandbox.identity.configure({ deviceGrant: false });
  const off = await post(on.sandbox, "auth/device");
  assertEquals(refusal(off).slice(0, 2), [400, "unauthorized_client"]);
  assert(String(at(off.body, "error_description")).includes("The flow is disabled"));
});

test("those without a person sign in with a secret, and get no refresh token", async () => {
  await using on = stage();
  const { clientId, clientSecret } = on.sandbox.identity.agent;
  const grant = { grant_type: "client_credentials", client_id: clientId };
  assertEquals(refusal(await post(on.sandbox, "token", grant))[1], "invalid_client");
  const { body } = await post(on.sandbox, "token", { ...grant, client_secret: clientSecret });
  assertEquals(at(body, "refresh_token"), undefined);
  const token = String(at(body, "access_token"));
  assertEquals((await send(on.sandbox, "GET /jobs_status", { token })).status, 200);
  const person = await post(on.sandbox, "token", { grant_type: "client_credentials" });
  assertEquals(refusal(person).slice(0, 2), [401, "unauthorized_client"]);
  const odd = await post(on.sandbox, "token", { grant_type: "password" });
  assertEquals(refusal(odd)[1], "unsupported_grant_type");
});

test("a revoked session, or one that has ended, refreshes no more", async () => {
  await using on = stage();
  const tokens = await signIn(on.sandbox);
  const token = String(at(tokens, "refresh_token"));
  assertEquals((await post(on.sandbox, "revoke", { token })).status, 200);
  assertEquals(refusal(await refresh(on.sandbox, token)), [
    400,
    "invalid_grant",
    "Session not active",
  ]);
  const other = at(await signIn(on.sandbox), "refresh_token");
  await post(on.sandbox, "logout", { refresh_token: String(other) });
  assertEquals(refusal(await refresh(on.sandbox, other))[1], "invalid_grant");
});
