import { assertEquals } from "@std/assert";
import { isFresh, readTokens } from "../../../src/auth/provider/tokens.ts";
import { test } from "../../support/test.ts";

const claims = (value: object) => `e30.${btoa(JSON.stringify(value)).replaceAll("=", "")}.x`;

test("readTokens() counts its times from when the answer came", () => {
  const tokens = readTokens({
    access_token: claims({ sub: "2", preferred_username: "ben" }),
    expires_in: 300,
    refresh_token: "r",
    refresh_expires_in: 1800,
    id_token: claims({ sub: "1", preferred_username: "ada" }),
  }, 1_000);
  const { expires, life, sessionExpires, user, subject, refreshToken } = tokens;
  assertEquals([expires, life, sessionExpires, user, subject, refreshToken], [
    301_000,
    300_000,
    1_801_000,
    "ada",
    "1",
    "r",
  ]);
});

test("readTokens() takes an offline session for one without an end", () => {
  const tokens = readTokens(
    { access_token: "opaque", refresh_expires_in: 0, refresh_token: "" },
    0,
  );
  assertEquals([
    tokens.sessionExpires,
    tokens.refreshToken,
    tokens.subject,
    tokens.user,
    tokens.life,
  ], [
    undefined,
    undefined,
    undefined,
    undefined,
    60_000,
  ]);
});

test("isFresh() wants a minute, or a fifth of a short life", () => {
  const long = readTokens({ access_token: "a", expires_in: 300 }, 0);
  assertEquals([239_000, 240_000].map((now) => isFresh(long, now)), [true, false]);
  const short = readTokens({ access_token: "a", expires_in: 1 }, 0);
  assertEquals([790, 800].map((now) => isFresh(short, now)), [true, false]);
});
