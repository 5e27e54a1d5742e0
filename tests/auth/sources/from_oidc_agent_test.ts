import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fromOidcAgent, fromOidcAgentWith } from "../../../src/auth/sources/from_oidc_agent.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { test } from "../../support/test.ts";

test("fromOidcAgent() asks for a token that holds a minute, and a new one when one was refused", async () => {
  const calls: string[][] = [];
  const token = fromOidcAgentWith("apex", (program, args) => {
    calls.push([program, ...args]);
    return Promise.resolve({ code: 0, output: "abc\n", errors: "" });
  });
  assertEquals(await token(), "abc");
  await token({ rejected: "abc" });
  assertEquals(calls, [
    ["oidc-token", "--time=60", "apex"],
    ["oidc-token", "--time=60", "--force-new", "apex"],
  ]);
});

test("fromOidcAgent() says what is missing: the program, the permission, the account", async () => {
  const failing = (code: number | string, errors = "") =>
    assertRejects(
      () => fromOidcAgentWith("apex", () => Promise.resolve({ code, output: "", errors }))(),
      SignInError,
    );
  assertEquals((await failing("ENOENT")).message.includes("install oidc-agent"), true);
  assertEquals((await failing("NotCapable")).reason, "permission");
  assertEquals(
    (await failing(1, "Error: account not loaded")).message.includes("oidc-add apex"),
    true,
  );
});

test("fromOidcAgent() runs no program of another name, and takes no option for an account", async () => {
  for (const account of ["", "--all", "a b"]) {
    assertThrows(() => fromOidcAgent(account), SignInError);
  }
  // The machine of the tests has no such program.
  assertEquals((await assertRejects(() => fromOidcAgent("apex")(), SignInError)).reason, "missing");
});
