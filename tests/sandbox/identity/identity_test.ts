import { assertEquals, assertThrows } from "@std/assert";
import { DispatchError } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { at, send, stage } from "../support.ts";
import { poll, post, refresh, refusal, signIn } from "./support.ts";

test("approve() and deny() answer for a user code that waits, and no other", async () => {
  await using on = stage();
  const { identity } = on.sandbox;
  const device = await post(on.sandbox, "auth/device");
  const code = String(at(device.body, "user_code"));
  identity.approve(code, { user: "ben" });
  assertEquals(identity.waiting, []);
  const { body } = await poll(on.sandbox, device.body);
  await send(on.sandbox, "POST /unit_jobs", { token: String(at(body, "access_token")), json: {} });
  for (const answer of [identity.approve, identity.deny]) {
    assertThrows(() => answer("AAAA-AAAA"), DispatchError, "nobody asked with it");
  }
});

test("endSessions() ends those of one user, or of all", async () => {
  await using on = stage();
  const token = at(await signIn(on.sandbox), "refresh_token");
  on.sandbox.identity.endSessions({ user: "ben" });
  const next = await refresh(on.sandbox, token);
  assertEquals(next.status, 200);
  on.sandbox.identity.endSessions();
  assertEquals(
    refusal(await refresh(on.sandbox, at(next.body, "refresh_token")))[1],
    "invalid_grant",
  );
});
