import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import {
  fromEnvironment,
  fromEnvironmentWith,
} from "../../../src/auth/sources/from_environment.ts";
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { memoryStore, storeKey } from "../../../src/auth/store/store.ts";
import { signInWith } from "../../../src/auth/sign_in.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { test } from "../../support/test.ts";
import { approving, at, quickSandbox, surroundings } from "../support/around.ts";

function having(values: Record<string, string>) {
  return { fetch: machineFetch, clock: systemClock, variable: (name: string) => values[name] };
}

test("fromEnvironment() hands over an access token, and says when it is refused", async () => {
  const token = fromEnvironmentWith(
    {},
    having({ APEX_DISPATCH_TOKEN: "abc", APEX_DISPATCH_REFRESH_TOKEN: "r" }),
  );
  assertEquals(await token(), "abc");
  const error = await assertRejects(
    () => token({ rejected: "abc" }),
    SignInError,
    "APEX_DISPATCH_TOKEN",
  );
  assertEquals(error.reason, "ended");
});

test("fromEnvironment() renews a refresh token as long as the program runs, rotation included", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const kept = await store.get(storeKey(sandbox.issuer, sandbox.clientId)) ?? "";
  const { issuer, clientId } = sandbox;
  const token = fromEnvironmentWith(
    { issuer, clientId },
    having({ APEX_DISPATCH_REFRESH_TOKEN: kept }),
  );
  const first = await token();
  const second = await token({ rejected: first });
  const third = await token({ rejected: second });
  assertEquals(new Set([first, second, third]).size, 3);
});

test("fromEnvironment() names both variables where neither is set", () => {
  for (const ask of [() => fromEnvironmentWith({}, having({})), () => fromEnvironment()]) {
    const error = assertThrows(ask, SignInError, "APEX_DISPATCH_REFRESH_TOKEN");
    assertEquals(error.reason, "missing");
  }
});

test("fromEnvironment() names the variable whose refresh token is used up, not a session", async () => {
  await using sandbox = quickSandbox();
  const { issuer, clientId } = sandbox;
  const token = fromEnvironmentWith(
    { issuer, clientId },
    having({ APEX_DISPATCH_REFRESH_TOKEN: "used-up-long-ago" }),
  );
  const error = await assertRejects(() => token(), SignInError, "APEX_DISPATCH_REFRESH_TOKEN");
  assertEquals([error.reason, error.message.includes("used-up")], ["ended", false]);
});
