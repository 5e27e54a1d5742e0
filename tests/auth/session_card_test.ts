import { assertEquals, assertStringIncludes } from "@std/assert";
import { jupyterDisplay } from "../../src/display/render/displayable.ts";
import { environments } from "../../src/auth/sign_in_options.ts";
import { environmentOf, sessionCard } from "../../src/auth/session_card.ts";
import { test } from "../support/test.ts";

const { issuer, clientId, service } = environments.development;

test("sessionCard() says who, where and until when", () => {
  const card = sessionCard({
    issuer,
    clientId,
    user: "ada",
    expires: new Date("2026-11-25T12:00:00Z"),
    signedOut: false,
  }, service);
  const text = String(card);
  for (
    const word of [
      "ada",
      "signed in",
      "development",
      service,
      issuer,
      clientId,
      "2026-11-25 12:00:00 UTC",
    ]
  ) {
    assertStringIncludes(text, word);
  }
  assertStringIncludes(card[jupyterDisplay]()["text/html"], "#1a7f37");
});

test("sessionCard() of an offline session names no day, of one that is over its end", () => {
  const one = { issuer, clientId, user: undefined, expires: undefined };
  assertStringIncludes(
    String(sessionCard({ ...one, signedOut: false }, service)),
    "not used for a month",
  );
  assertStringIncludes(
    String(sessionCard({ ...one, signedOut: true }, undefined)),
    "ended by signOut()",
  );
  assertEquals(environmentOf("https://elsewhere.example.test"), undefined);
});
