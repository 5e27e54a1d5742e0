import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { AuthenticatedClient } from "../../src/client.ts";
import { SignInError } from "../../src/http/token/sign_in_error.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { memoryStore, storeKey } from "../../src/auth/store/store.ts";
import { machineFetch } from "../../src/auth/provider/provider_fetch.ts";
import { manualClock } from "../support/clock.ts";
import { test } from "../support/test.ts";
import { approving, at, quickSandbox, surroundings } from "./support/around.ts";

test("session.token() keeps a token until less than a minute of it is left", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const clock = manualClock(Date.now());
  const session = await signInWith({ ...at(sandbox), store }, surroundings(undefined, { clock }));
  const first = await session.token();
  clock.advance(200_000);
  assertEquals(await session.token(), first);
  clock.advance(41_000);
  assertNotEquals(await session.token(), first);
});

test("session.token() bears a sign-in service that does not answer as long as its token holds", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const clock = manualClock(Date.now());
  let down = false;
  const fetch: typeof globalThis.fetch = (input, init) =>
    down ? Promise.resolve(new Response("down", { status: 502 })) : machineFetch(input, init);
  const around = surroundings(undefined, { clock, fetch });
  const session = await signInWith({ ...at(sandbox), store }, around);
  const first = await session.token();
  down = true;
  clock.advance(250_000);
  assertEquals(await session.token(), first);
  const refused = await assertRejects(() => session.token({ rejected: first }), SignInError, "502");
  assertEquals(refused.reason, "unreachable");
  clock.advance(60_000);
  await assertRejects(() => session.token(), SignInError, "502");
  down = false;
  assertNotEquals(await session.token(), first);
});

test("session.token() shares one refresh between calls, and renews what was refused", async () => {
  await using sandbox = quickSandbox();
  const session = await signInWith(
    { ...at(sandbox), store: "memory" },
    surroundings(approving(sandbox)),
  );
  const first = await session.token();
  const before = sandbox.requests.length;
  const renewed = await Promise.all(
    Array.from({ length: 20 }, () => session.token({ rejected: first })),
  );
  assertEquals(new Set(renewed).size, 1);
  assertNotEquals(renewed[0], first);
  assertEquals(sandbox.requests.length - before, 1);
});

test("session.token() works with rotation, without it, and where a refresh gives no refresh token", async () => {
  for (
    const identity of [
      { rotation: true },
      { rotation: false },
      { rotation: false, repeatRefreshToken: false },
    ]
  ) {
    await using sandbox = quickSandbox({ identity });
    const session = await signInWith(
      { ...at(sandbox), store: "memory" },
      surroundings(approving(sandbox)),
    );
    const seen = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const token = await session.token();
      seen.add(token);
      await session.token({ rejected: token });
    }
    assertEquals(seen.size, 4);
  }
});

test("a session that has ended says so in the call that needed it, in one line", async () => {
  await using sandbox = quickSandbox();
  const session = await signInWith(
    { ...at(sandbox), store: "memory" },
    surroundings(approving(sandbox)),
  );
  sandbox.identity.endSessions();
  sandbox.expireToken(await session.token());
  const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
  const error = await assertRejects(
    () => client.unitJobs.list(),
    SignInError,
    "sign in again (await signIn())",
  );
  assertEquals(error.reason, "ended");
  assertEquals(error.message.includes("\n"), false);
});

test("what is not about the token starts no sign-in: an account to be linked, an audience", async () => {
  await using sandbox = quickSandbox({ lenient: true });
  const around = surroundings(approving(sandbox));
  const session = await signInWith({ ...at(sandbox), store: "memory" }, around);
  const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
  sandbox.setLinked(false);
  const request = {
    title: "A job",
    label: "openeo",
    service: {
      endpoint: "https://openeo.example.test",
      application: "https://example.test/p.json",
    },
    parameters: {},
    format: "gtiff",
  } as const;
  const unlinked = await assertRejects(() => client.unitJobs.create(request), Error);
  assertStringIncludes(unlinked.message, "link your account");
  sandbox.setLinked(true);

  sandbox.identity.configure({ audience: "somebody" });
  const refused = await assertRejects(() =>
    (async () => {
      sandbox.expireToken(await session.token());
      await client.unitJobs.list();
    })(), Error);
  assertStringIncludes(refused.message, sandbox.clientId);
  assertEquals(around.prompts.length, 1);
});

test("signOut() ends the session at the sign-in service, and forgets it", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  const session = await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  await session.signOut();
  assertEquals(session.signedOut, true);
  assert(sandbox.requests.some(({ path }) => path.endsWith("/revoke")));
  const error = await assertRejects(() => session.token(), SignInError);
  assertEquals(error.reason, "signed-out");
  const around = surroundings(approving(sandbox));
  await signInWith({ ...at(sandbox), store }, around);
  assertEquals(around.prompts.length, 1);
});

test("session.service is not known where only a strange issuer is", async () => {
  await using sandbox = quickSandbox();
  const { issuer, clientId } = sandbox;
  const session = await signInWith(
    { issuer, clientId, store: "memory" },
    surroundings(approving(sandbox)),
  );
  let message = "";
  try {
    void session.service;
  } catch (error) {
    message = String(error);
  }
  assertStringIncludes(message, "signIn({ issuer, clientId, service })");
  assertStringIncludes(Deno.inspect(session, { showHidden: true }), "not named");
});

test("a session shows no token, however it is looked at", async () => {
  await using sandbox = quickSandbox();
  const session = await signInWith(
    { ...at(sandbox), store: "memory" },
    surroundings(approving(sandbox)),
  );
  const token = await session.token();
  const texts = [
    Deno.inspect(session, { showHidden: true, depth: 20 }),
    JSON.stringify(session),
    JSON.stringify({ ...session }),
    Deno.inspect({ ...session }, { showHidden: true, depth: 20 }),
  ];
  for (const text of texts) {
    assertEquals(text.includes(token.slice(0, 30)), false);
    assertEquals(/sandbox-refresh/.test(text), false);
  }
});

test("signOut() that did not reach the sign-in service can be called again, and ends it then", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  const session = await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const key = storeKey(sandbox.issuer, sandbox.clientId);
  const kept = await store.get(key) ?? "";
  sandbox.faults.set("identity.revoke", { status: 502, times: 1 });
  const error = await assertRejects(() => session.signOut(), SignInError, "try again");
  assertEquals([error.reason, session.signedOut, await store.get(key)], [
    "unreachable",
    true,
    undefined,
  ]);
  // Somebody else signs in meanwhile: that is no business of this session's.
  await store.set(key, "of somebody else");
  await session.signOut();
  await session.signOut();
  const revocations = sandbox.requests.filter(({ path }) => path.endsWith("/revoke"));
  assertEquals([revocations.length, await store.get(key)], [2, "of somebody else"]);
  await store.set(key, kept);
  const again = surroundings(approving(sandbox));
  await signInWith({ ...at(sandbox), store }, again);
  assertEquals(again.prompts.length, 1);
});

test("a session never goes on in the name of another user who has signed in since", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  const ada = await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const first = await ada.token();
  const asBen = surroundings((prompt) => {
    if (prompt.kind === "device") sandbox.identity.approve(prompt.code, { user: "ben" });
  });
  const ben = await signInWith({ ...at(sandbox), store, fresh: true }, asBen);
  assertEquals([ada.user, ben.user], ["ada", "ben"]);
  for (let tries = 0; tries < 2; tries++) {
    const error = await assertRejects(
      () => ada.token({ rejected: first }),
      SignInError,
      "ben has signed in since",
    );
    assertEquals([error.reason, ada.user], ["ended", "ada"]);
  }
  // Neither does it end what is not its own.
  await ada.signOut();
  const held = await ben.token();
  assertNotEquals(await ben.token({ rejected: held }), held);
});
