import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthenticatedClient } from "../../src/client.ts";
import { SignInError } from "../../src/http/token/sign_in_error.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { memoryStore, storeKey } from "../../src/auth/store/store.ts";
import { test } from "../support/test.ts";
import { approving, at, quickSandbox, surroundings } from "./support/around.ts";

test("signIn() shows a code, and hands out tokens that the service takes", async () => {
  await using sandbox = quickSandbox();
  const around = surroundings(approving(sandbox));
  const session = await signInWith({ ...at(sandbox), store: "memory" }, around);
  assertEquals(session.user, "ada");
  assertEquals(around.prompts.length, 1);
  assertEquals(around.outcomes.map(({ ok }) => ok), [true]);
  const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
  assertEquals((await client.unitJobs.list()).length, 0);
});

test("signIn() is silent where a sign-in is kept, and costs one refresh", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const around = surroundings();
  const before = sandbox.requests.length;
  const session = await signInWith({ ...at(sandbox), store }, around);
  assertEquals(session.user, "ada");
  assertEquals(around.prompts, []);
  const tokens = sandbox.requests.slice(before).filter(({ path }) => path.endsWith("/token"));
  assertEquals(tokens.length, 1);
});

test("signIn() asks although one is kept when it shall be fresh, or the kept one has ended", async () => {
  await using sandbox = quickSandbox();
  const store = memoryStore();
  await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  const fresh = surroundings(approving(sandbox));
  await signInWith({ ...at(sandbox), store, fresh: true }, fresh);
  assertEquals(fresh.prompts.length, 1);
  sandbox.identity.endSessions();
  const ended = surroundings(approving(sandbox));
  await signInWith({ ...at(sandbox), store }, ended);
  assertEquals(ended.prompts.length, 1);
});

test("signIn() takes a browser on this machine where there is no device grant", async () => {
  await using sandbox = quickSandbox({
    identity: {
      deviceGrant: false,
      approveAll: true,
      redirectUris: ["http://localhost:18473/callback"],
    },
  });
  const around = surroundings(async (prompt) => {
    const page = await fetch(prompt.url);
    assert((await page.text()).includes("You can close this tab"));
  });
  const session = await signInWith(
    { ...at(sandbox), store: "memory", redirectUri: "http://localhost:18473/callback" },
    around,
  );
  assertEquals(session.user, "ada");
  assertEquals(around.prompts.map(({ prompt }) => prompt.kind), ["browser"]);
});

test("signIn() lets the address be pasted where the browser is elsewhere", async () => {
  await using sandbox = quickSandbox({ identity: { deviceGrant: false, approveAll: true } });
  let asked = 0;
  const around = surroundings(undefined, {
    browserHere: () => false,
    async askForLine({ url }) {
      if (asked++ === 0) return "http://localhost:8000/callback";
      const answer = await fetch(url, { redirect: "manual" });
      await answer.body?.cancel();
      return answer.headers.get("location") ?? "";
    },
  });
  const session = await signInWith({ ...at(sandbox), store: "memory" }, around);
  assertEquals(session.user, "ada");
  assertEquals(around.prompts[1]?.remark?.includes("copy the whole address"), true);
});

test("signIn() ends at once when its signal aborts, in the middle of waiting", async () => {
  await using sandbox = quickSandbox({ identity: { interval: 5 } });
  const aborting = new AbortController();
  const reason = new Error("enough");
  const around = surroundings(() => aborting.abort(reason));
  const error = await assertRejects(() =>
    signInWith({ ...at(sandbox), store: "memory", signal: aborting.signal }, around)
  );
  assertEquals(error, reason);
  assertEquals(around.outcomes, [{ ok: false, text: "given up" }]);
});

test("signIn() gives up after its time limit, and says what does without a person", async () => {
  await using sandbox = quickSandbox();
  const around = surroundings();
  const error = await assertRejects(
    () => signInWith({ ...at(sandbox), store: "memory", timeout: 50 }, around),
    SignInError,
    "fromEnvironment",
  );
  assertEquals(error.reason, "expired");
});

test("signIn() refuses options that nobody knows, and names the nearest", async () => {
  const given: object = { enviroment: "development" };
  await assertRejects(
    () => signInWith(given, surroundings()),
    Error,
    'did you mean "environment"?',
  );
});

test("signIn() keeps the refresh token alone, under issuer and client", async () => {
  await using sandbox = quickSandbox();
  const kept = new Map<string, string | undefined>();
  const store = {
    get: (key: string) => kept.get(key),
    set: (key: string, token: string | undefined) => void kept.set(key, token),
  };
  await signInWith({ ...at(sandbox), store }, surroundings(approving(sandbox)));
  assertEquals([...kept.keys()], [storeKey(sandbox.issuer, sandbox.clientId)]);
  assertEquals([...kept.values()].every((token) => token?.startsWith("sandbox-refresh-")), true);
});
