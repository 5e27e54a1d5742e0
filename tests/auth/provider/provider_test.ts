import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { openProvider, type Provider } from "../../../src/auth/provider/provider.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import type { Sandbox } from "../../../src/sandbox/start.ts";
import { test } from "../../support/test.ts";
import { quickSandbox } from "../support/around.ts";

function provider({ issuer, clientId }: Pick<Sandbox, "issuer" | "clientId">): Provider {
  return openProvider({ issuer, clientId, fetch: machineFetch, clock: systemClock });
}

test("openProvider() takes an issuer over TLS, or on this machine", () => {
  for (
    const issuer of [
      "http://auth.example.test",
      "ftp://x.test",
      "nonsense",
      "https://me:pw@x.test",
      "https://x.test?a=1",
    ]
  ) {
    assertEquals(
      assertThrows(() => provider({ issuer, clientId: "x" }), SignInError).reason,
      "issuer",
    );
  }
  provider({ issuer: "https://auth.example.test/realms/apex", clientId: "x" });
});

test("provider.startDevice() is nothing for a client that may not", async () => {
  await using sandbox = quickSandbox({ identity: { deviceGrant: false } });
  assertEquals(await provider(sandbox).startDevice({ scope: "openid" }), undefined);
});

test("provider.finishCode() has its verifier checked by the service, and its state and issuer here", async () => {
  await using sandbox = quickSandbox({ identity: { approveAll: true } });
  const asked = provider(sandbox);
  const redirectUri = "http://localhost:8000/callback";
  const go = async () => {
    const request = await asked.startCode({ scope: "openid offline_access", redirectUri });
    const answer = await fetch(request.url, { redirect: "manual" });
    await answer.body?.cancel();
    return { request, address: new URL(answer.headers.get("location") ?? "") };
  };
  const { request, address } = await go();
  assert(!request.url.includes(request.verifier));
  assertEquals((await asked.finishCode(request, address, {})).user, "ada");

  const other = await go();
  const wrongVerifier = { ...other.request, verifier: request.verifier };
  await assertRejects(
    () => asked.finishCode(wrongVerifier, other.address, {}),
    SignInError,
    "PKCE",
  );

  const third = await go();
  const wrongState = new URL(third.address);
  wrongState.searchParams.set("state", "x");
  await assertRejects(() => asked.finishCode(third.request, wrongState, {}), SignInError);
  const wrongIssuer = new URL(third.address);
  wrongIssuer.searchParams.set("iss", "https://evil.example.test");
  const mixed = await assertRejects(
    () => asked.finishCode(third.request, wrongIssuer, {}),
    SignInError,
  );
  assertEquals(mixed.reason, "issuer");
  assertEquals((await asked.finishCode(third.request, third.address, {})).user, "ada");
});

test("provider.refresh() says of every invalid_grant that the session has ended", async () => {
  await using sandbox = quickSandbox();
  const error = await assertRejects(
    () => provider(sandbox).refresh("gone-refresh-token", {}),
    SignInError,
  );
  assertEquals(error.reason, "ended");
  assertEquals(error.message.includes("gone-refresh-token"), false);
});
