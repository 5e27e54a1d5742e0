import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AuthenticatedClient } from "../../../src/client.ts";
import {
  clientCredentials,
  clientCredentialsWith,
} from "../../../src/auth/sources/client_credentials.ts";
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { startSandbox } from "../../../src/sandbox/start.ts";
import { systemClock } from "../../../src/core/waiting.ts";
import { test } from "../../support/test.ts";

test("clientCredentials() signs a client in when a call needs it, and keeps the token", async () => {
  await using sandbox = startSandbox();
  const token = clientCredentials({ issuer: sandbox.issuer, ...sandbox.identity.agent });
  assertEquals(sandbox.requests.length, 0);
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token });
  await client.unitJobs.list();
  await client.unitJobs.list();
  assertEquals(sandbox.requests.filter(({ path }) => path.endsWith("/token")).length, 1);
});

test("clientCredentials() names the client that is not known, never its secret", async () => {
  await using sandbox = startSandbox();
  const token = clientCredentialsWith(
    {
      issuer: sandbox.issuer,
      clientId: sandbox.identity.agent.clientId,
      clientSecret: "hush-hush-hush",
    },
    { fetch: machineFetch, clock: systemClock },
  );
  const error = await assertRejects(() => token(), SignInError, sandbox.identity.agent.clientId);
  assertEquals(error.reason, "client");
  assertEquals(/check clientSecret/.test(error.message), true, error.message);
  assertEquals(/given out|signIn/.test(error.message), false, error.message);
  assertEquals(Deno.inspect(error, { showHidden: true, depth: 20 }).includes("hush"), false);
});

test("clientCredentials() says that there is no secret before a call needs it", () => {
  const nothing = { clientId: "a", clientSecret: "" };
  const error = assertThrows(
    () => clientCredentials(nothing),
    SignInError,
    "nothing in clientSecret",
  );
  assertEquals(error.reason, "missing");
  const given: object = {};
  assertThrows(
    () => Reflect.apply(clientCredentials, undefined, [given]),
    SignInError,
    "clientId and clientSecret",
  );
});

test("clientCredentials() sends nobody to a sign-in page when the client may not sign itself in", async () => {
  await using sandbox = startSandbox();
  const { issuer, clientId } = sandbox;
  const token = clientCredentials({ issuer, clientId, clientSecret: "any" });
  const error = await assertRejects(() => token(), SignInError, "service account");
  assertEquals([error.reason, error.message.includes("option flow")], ["flow", false]);
});

test("clientCredentials() refuses options that nobody knows", () => {
  const given = { clientId: "a", clientSecret: "b", isuer: "https://x.test" };
  assertThrows(() => clientCredentials(given), Error, 'did you mean "issuer"?');
});
