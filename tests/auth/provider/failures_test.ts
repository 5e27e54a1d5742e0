import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import { signInWith } from "../../../src/auth/sign_in.ts";
import { failureOf, refusalOf } from "../../../src/auth/provider/failures.ts";
import { openProvider } from "../../../src/auth/provider/provider.ts";
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import type { IdentitySettings } from "../../../src/sandbox/identity/settings.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { at, quickSandbox, surroundings } from "../support/around.ts";

/** The error of a sign-in at a provider that behaves so. */
async function failing(identity: IdentitySettings, changes: object = {}): Promise<SignInError> {
  await using sandbox = quickSandbox({ identity });
  const around = surroundings((prompt) => {
    if (prompt.kind === "device" && !identity.approveAll) sandbox.identity.deny(prompt.code);
  });
  return await assertRejects(
    () => signInWith({ ...at(sandbox), store: "memory", flow: "device", ...changes }, around),
    SignInError,
  );
}

async function answered(answer: () => Response): Promise<SignInError> {
  await using server = serve(answer);
  const provider = openProvider({
    issuer: server.url,
    clientId: "x",
    fetch: machineFetch,
    clock: systemClock,
  });
  return await assertRejects(() => provider.startDevice({ scope: "openid" }), SignInError);
}

test("every way in which a sign-in fails has a sentence of its own, with what to do", async () => {
  const found = [
    await failing({}),
    await failing({ deviceGrant: false }),
    await failing({ claimedIssuer: "https://evil.example.test" }),
    await failing({ approveAll: true, clockAhead: -600_000 }),
    await failing({}, { clientId: "nobody-knows" }),
    await answered(() => new Response("<h1>Bad Gateway</h1>", { status: 502 })),
    await answered(() =>
      new Response("<h1>Welcome to the hotel</h1>", { headers: { "content-type": "text/html" } })
    ),
    await answered(() => new Response("no", { status: 404 })),
  ];
  assertEquals(found.map(({ reason }) => reason), [
    "denied",
    "flow",
    "issuer",
    "clock",
    "client",
    "unreachable",
    "issuer",
    "issuer",
  ]);
  const words = [
    "call signIn() again",
    "device grant",
    "https://evil.example.test",
    "10 min",
    '"nobody-knows"',
    "502",
    "some page",
    "404",
  ];
  for (const [index, word] of words.entries()) {
    assertStringIncludes(found[index]?.message ?? "", word);
  }
  assertEquals(
    new Set(found.map(({ message }) => message.replaceAll(/127\.0\.0\.1:\d+/g, ""))).size,
    found.length,
  );
  for (const { message } of found) assertEquals(message.includes("\n"), false);
});

test("a clock that is behind does not matter: times are spans", async () => {
  await using sandbox = quickSandbox({ identity: { approveAll: true, clockAhead: 600_000 } });
  const session = await signInWith({ ...at(sandbox), store: "memory" }, surroundings());
  assertEquals(session.user, "ada");
});

test("failureOf() tells no secret that a service repeats", () => {
  const error = Object.assign(new Error("x"), {
    error: "invalid_grant",
    error_description: "bad token s3cr3t-refresh",
  });
  const about = {
    issuer: "https://a.test",
    clientId: "c",
    headline: "Cannot",
    secrets: ["s3cr3t-refresh"],
  };
  const failure = failureOf(error, about);
  assertEquals(failure.reason, "ended");
  assertEquals(Deno.inspect(failure, { showHidden: true, depth: 20 }).includes("s3cr3t"), false);
  assertEquals(refusalOf(new TypeError("fetch failed")), undefined);
});

test("an issuer that differs by a slash is told how to write it, and frightens nobody", async () => {
  await using sandbox = quickSandbox();
  const options = { ...at(sandbox), store: "memory", issuer: `${sandbox.issuer}/` } as const;
  const error = await assertRejects(() => signInWith(options, surroundings()), SignInError);
  assertEquals([error.reason, error.message.includes("in between")], ["issuer", false]);
  assertStringIncludes(error.message, `issuer: "${sandbox.issuer}"`);
});

test("failureOf() knows no code that every object has", () => {
  const about = { issuer: "https://a.test", clientId: "c", headline: "Cannot", secrets: [] };
  const failure = failureOf(Object.assign(new Error("x"), { error: "toString" }), about);
  assertEquals(failure.reason, "refused");
});

test("failureOf() passes on what is told already, and names the network that is closed", () => {
  const told = new SignInError("told", { reason: "store" });
  const about = { issuer: "https://a.test", clientId: "c", headline: "Cannot", secrets: [] };
  assertEquals(failureOf(told, about), told);
  const closed = failureOf(
    Object.assign(new Error("Requires net access"), { name: "NotCapable" }),
    about,
  );
  assertEquals(closed.reason, "permission");
  assertStringIncludes(closed.message, "--allow-net=a.test");
});
