import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  challengeOf,
  identityProvider,
  Refusal,
  signer,
} from "../../../src/sandbox/identity/provider.ts";
import { manualClock } from "../../../src/sandbox/mod.ts";
import { tokenBook } from "../../../src/sandbox/service/auth.ts";
import { test } from "../../support/test.ts";
import { at } from "../support.ts";

test("sign() makes a token that the public key verifies, and no other", async () => {
  const { keys, sign } = signer();
  const token = await sign({ sub: "ada", name: "Ada é" });
  const [head = "", body = "", signature = ""] = token.split(".");
  const read = (part: string) => Uint8Array.fromBase64(part, { alphabet: "base64url" });
  const json = (part: string) => JSON.parse(new TextDecoder().decode(read(part)));
  const key = at(await keys(), "keys", 0);
  assertEquals([json(head).alg, json(head).kid], ["RS256", at(key, "kid")]);
  assertEquals(json(body), { sub: "ada", name: "Ada é" });
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("jwk", Object(key), algorithm, false, ["verify"]);
  const verify = (text: string) =>
    crypto.subtle.verify(algorithm, imported, read(signature), new TextEncoder().encode(text));
  assertEquals(await verify(`${head}.${body}`), true);
  assertEquals(await verify(`${head}.${body}x`), false);
});

test("challengeOf() is the one of RFC 7636, appendix B", async () => {
  assertEquals(
    await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

function make() {
  const clock = manualClock("2026-11-23T15:15:00Z");
  const tokens = tokenBook([]);
  const provider = identityProvider({
    user: "ada",
    clock,
    tokens,
    issuer: () => "http://idp.test",
  });
  const begin = () => provider.begin({ user: "ada", clientId: "c", scope: "openid" });
  return { clock, tokens, provider, begin };
}

function claimsOf(token: unknown): unknown {
  const body = String(token).split(".")[1] ?? "";
  return JSON.parse(
    new TextDecoder().decode(Uint8Array.fromBase64(body, { alphabet: "base64url" })),
  );
}

test("begin() hands out tokens that the service takes until they expire", async () => {
  const { clock, tokens, provider, begin } = make();
  provider.configure({ accessTokenLife: 60_000 });
  const answer = await begin();
  assertEquals([at(answer, "expires_in"), at(answer, "refresh_expires_in")], [60, 0]);
  const token = String(at(answer, "access_token"));
  const claims = claimsOf(token);
  assertEquals([at(claims, "iss"), at(claims, "sub"), at(claims, "azp")], [
    "http://idp.test",
    "ada",
    "c",
  ]);
  assertEquals(at(claims, "exp"), clock.now() / 1000 + 60);
  assertEquals(at(claimsOf(at(answer, "id_token")), "aud"), "c");
  assertEquals([tokens.userAt(token, clock.now()), tokens.userAt(token, clock.now() + 60_000)], [
    "ada",
    undefined,
  ]);
});

test("refresh() rotates, and ends the session of whoever uses an old token again", async () => {
  const { provider, begin } = make();
  const first = String(at(await begin(), "refresh_token"));
  const second = String(at(await provider.refresh(first, "c"), "refresh_token"));
  assert(first !== second);
  await assertRejects(() => provider.refresh(first, "c"), Refusal, "reuse exceeded");
  await assertRejects(() => provider.refresh(second, "c"), Refusal, "Session not active");
});

test("refresh() without rotation keeps the token, and may leave it out of the answer", async () => {
  const { provider, begin } = make();
  provider.configure({ rotation: false });
  const token = String(at(await begin(), "refresh_token"));
  assertEquals(at(await provider.refresh(token, "c"), "refresh_token"), token);
  provider.configure({ repeatRefreshToken: false });
  const answer = await provider.refresh(token, "c");
  assertEquals([at(answer, "refresh_token"), at(answer, "refresh_expires_in")], [
    undefined,
    undefined,
  ]);
  assert(typeof at(answer, "access_token") === "string");
});

test("refresh() refuses what is unknown, another client's, over, revoked or ended", async () => {
  const { clock, provider, begin } = make();
  await assertRejects(() => provider.refresh("made up", "c"), Refusal, "Invalid refresh token");
  provider.configure({ refreshTokenLife: 1000 });
  const short = String(at(await begin(), "refresh_token"));
  await assertRejects(() => provider.refresh(short, "another"), Refusal, "Invalid refresh token");
  clock.advance(1000);
  await assertRejects(() => provider.refresh(short, "c"), Refusal, "Token is not active");
  const revoked = String(at(await begin(), "refresh_token"));
  provider.revoke(revoked);
  await assertRejects(() => provider.refresh(revoked, "c"), Refusal, "Session not active");
  const ended = String(at(await begin(), "refresh_token"));
  provider.endSessions("ben");
  const next = String(at(await provider.refresh(ended, "c"), "refresh_token"));
  provider.endSessions();
  await assertRejects(() => provider.refresh(next, "c"), Refusal, "Session not active");
});

test("configure() can give tokens an audience, and a clock that is ahead", async () => {
  const { clock, tokens, provider, begin } = make();
  provider.configure({ audience: "account", clockAhead: 600_000 });
  const token = String(at(await begin(), "access_token"));
  assertEquals(at(claimsOf(token), "aud"), "account");
  assertEquals(at(claimsOf(token), "iat"), clock.now() / 1000 + 600);
  assertEquals(tokens.userAt(token, clock.now()), undefined);
});
