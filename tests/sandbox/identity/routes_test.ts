import { assert, assertEquals, assertMatch } from "@std/assert";
import { challengeOf } from "../../../src/sandbox/identity/provider.ts";
import { approvalPage, codePage, messagePage } from "../../../src/sandbox/identity/routes.ts";
import { test } from "../../support/test.ts";
import { at, send, type Stage, stage } from "../support.ts";
import { CONNECT, poll, post, refusal, signIn } from "./support.ts";

test("approvalPage() escapes what it shows and keeps scripts out", () => {
  const { payload, headers } = approvalPage({
    user: "<b>",
    clientId: '"x"',
    code: "<i>",
    fields: { user_code: '"><script>' },
  });
  assertEquals(/<script|<i>|<b><b>/.test(String(payload)), false);
  assertMatch(headers["content-security-policy"] ?? "", /default-src 'none'/);
});

test("codePage() and messagePage() are whole pages", () => {
  for (const { payload } of [codePage(), messagePage(400, "No <b>", "Nothing")]) {
    assertMatch(String(payload), /^<!doctype html>[\s\S]*<\/html>\n$/);
    assertEquals(String(payload).includes("No <b>"), false);
  }
});

const VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-rfc-7636";
const REDIRECT = "http://localhost:8000/callback";

async function authorize(on: Stage, changes: Record<string, string> = {}): Promise<URL> {
  const url = new URL(`${on.sandbox.issuer}/${CONNECT}/auth`);
  url.search = String(
    new URLSearchParams({
      response_type: "code",
      client_id: on.sandbox.clientId,
      redirect_uri: REDIRECT,
      scope: "openid",
      state: "s-1",
      nonce: "n-1",
      code_challenge: await challengeOf(VERIFIER),
      code_challenge_method: "S256",
      ...changes,
    }),
  );
  return url;
}

async function press(url: URL): Promise<URL> {
  const response = await fetch(url, { method: "POST", redirect: "manual" });
  await response.body?.cancel();
  assertEquals(response.status, 302);
  return new URL(response.headers.get("location") ?? "");
}

test("the discovery document names endpoints that are there, and its own issuer", async () => {
  await using on = stage();
  const { issuer } = on.sandbox;
  const read = async () => await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  const document = await read();
  assertEquals(document.issuer, issuer);
  for (const [name, url] of Object.entries(document)) {
    if (!name.endsWith("_endpoint") && name !== "jwks_uri") continue;
    const method = /token|device_auth|revocation|end_session/.test(name) ? "POST" : "GET";
    const response = await fetch(String(url), { method });
    await response.body?.cancel();
    assert(response.status !== 404 && response.status !== 405, `${name}: ${response.status}`);
  }
  on.sandbox.identity.configure({ claimedIssuer: "https://evil.example.test" });
  assertEquals((await read()).issuer, "https://evil.example.test");
});

test("a browser signs in with a code that only the right verifier redeems, once", async () => {
  await using on = stage();
  const url = await authorize(on);
  const page = await (await fetch(url)).text();
  assertEquals(page.match(/<button/g)?.length, 1);
  const back = await press(url);
  assertEquals([back.origin + back.pathname, back.searchParams.get("state")], [REDIRECT, "s-1"]);
  assertEquals(back.searchParams.get("iss"), on.sandbox.issuer);
  const redeem = async (code: string | null, verifier: string, redirect_uri = REDIRECT) =>
    await post(on.sandbox, "token", {
      grant_type: "authorization_code",
      code: code ?? "",
      code_verifier: verifier,
      redirect_uri,
    });
  const code = back.searchParams.get("code");
  const tokens = await redeem(code, VERIFIER);
  const token = String(at(tokens.body, "access_token"));
  assertEquals((await send(on.sandbox, "GET /jobs_status", { token })).status, 200);
  assertEquals(refusal(await redeem(code, VERIFIER))[2], "Code not valid");
  const another = (await press(url)).searchParams.get("code");
  assertEquals(
    refusal(await redeem(another, "wrong"))[2],
    "PKCE verification failed: Code mismatch",
  );
  const third = (await press(url)).searchParams.get("code");
  assertEquals(refusal(await redeem(third, VERIFIER, "x"))[2], "Incorrect redirect_uri");
});

test("a browser is not sent where the client is not registered", async () => {
  await using on = stage();
  for (
    const changes of [
      { redirect_uri: "http://evil.example.test/" },
      { client_id: "nobody" },
      { code_challenge_method: "plain" },
    ]
  ) {
    const response = await fetch(await authorize(on, changes), { redirect: "manual" });
    assertEquals(response.status, 400, await response.text());
  }
});

test("a device's page has one button, which approves", async () => {
  await using on = stage();
  const device = await post(on.sandbox, "auth/device");
  const complete = String(at(device.body, "verification_uri_complete"));
  const page = await (await fetch(complete)).text();
  assertEquals(page.match(/<button/g)?.length, 1);
  assert(page.includes(String(at(device.body, "user_code"))));
  const typed = String(at(device.body, "user_code")).toLowerCase().replace("-", " ");
  const body = new URLSearchParams({ user_code: typed });
  const done = await fetch(String(at(device.body, "verification_uri")), { method: "POST", body });
  assert((await done.text()).includes("You are signed in"));
  assertEquals((await poll(on.sandbox, device.body)).status, 200);
  const over = await fetch(complete);
  assertEquals([over.status, (await over.text()).includes("not valid")], [400, true]);
});

test("approveAll spares the button", async () => {
  await using on = stage({ identity: { approveAll: true } });
  const device = await post(on.sandbox, "auth/device");
  assertEquals((await poll(on.sandbox, device.body)).status, 200);
  const response = await fetch(await authorize(on), { redirect: "manual" });
  await response.body?.cancel();
  assertEquals(response.status, 302);
});

test("the provider meets faults, and tells who a token is of", async () => {
  await using on = stage();
  const token = String(at(await signIn(on.sandbox), "access_token"));
  const ask = async (bearer: string) =>
    await fetch(`${on.sandbox.issuer}/${CONNECT}/userinfo`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
  assertEquals(at(await (await ask(token)).json(), "sub"), "ada");
  const bad = await ask("garbage");
  assertEquals([bad.status, at(await bad.json(), "error")], [401, "invalid_token"]);
  on.sandbox.faults.set("identity.token", { status: 502, times: 1 });
  const response = await fetch(`${on.sandbox.issuer}/${CONNECT}/token`, { method: "POST" });
  assertEquals([response.status, (await response.text()).includes("<h1>502")], [502, true]);
});
