import { assertEquals } from "@std/assert";
import { challengeOf, signer } from "../../../src/sandbox/identity/jwt.ts";
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
