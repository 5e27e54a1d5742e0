import { assert, assertEquals, assertRejects } from "@std/assert";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { tokenProvider } from "../../../src/http/token/token.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";

test("SignInError is one of the family, and tells its reason", () => {
  const error = new SignInError("Cannot sign in", { reason: "denied" });
  assert(error instanceof DispatchError);
  assertEquals([error.name, error.reason], ["SignInError", "denied"]);
});

test("SignInError of a token function reaches the call as it is", async () => {
  const thrown = new SignInError("The sign-in has ended: sign in again", { reason: "ended" });
  const tokens = tokenProvider(() => Promise.reject(thrown), {
    prefix: "Bearer",
    clock: manualClock(),
  });
  assertEquals(await assertRejects(() => tokens.get()), thrown);
});
