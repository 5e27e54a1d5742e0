import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AuthenticatedClient } from "../../../src/client.ts";
import {
  clientCredentials,
  clientCredentialsWith,
} from "../../../src/auth/sources/client_credentials.ts";
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { startSandbox } from "../../../src/sandbox/start.ts";
import { systemClock } from "../../../src/core/clock.ts";
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
  assertEquals(Deno.inspect(error, { showHidden: true, depth: 20 }).includes("hush"), false);
});

test("clientCredentials() refuses options that nobody knows", () => {
  const given = { clientId: "a", clientSecret: "b", isuer: "https://x.test" };
  assertThrows(() => clientCredentials(given), Error, 'did you mean "issuer"?');
});
