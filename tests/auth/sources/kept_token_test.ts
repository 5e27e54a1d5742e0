import { assertEquals } from "@std/assert";
import { keptToken } from "../../../src/auth/sources/kept_token.ts";
import { readTokens } from "../../../src/auth/provider/tokens.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";

test("keptToken() asks once for calls at the same time, and again when it expires or is refused", async () => {
  const clock = manualClock();
  let asked = 0;
  const token = keptToken(
    () =>
      Promise.resolve(readTokens({ access_token: `t${++asked}`, expires_in: 300 }, clock.now())),
    clock,
  );
  assertEquals(await Promise.all([token(), token(), token({})]), ["t1", "t1", "t1"]);
  assertEquals(await token({ rejected: "t0" }), "t1");
  assertEquals(await token({ rejected: "t1" }), "t2");
  clock.advance(250_000);
  assertEquals(await token(), "t3");
});
