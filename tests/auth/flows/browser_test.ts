import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { listenOnLoopback } from "../../../src/auth/flows/browser.ts";
import { signInWith } from "../../../src/auth/sign_in.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { ownPort } from "../../support/own_port.ts";
import { test } from "../../support/test.ts";
import { at, quickSandbox, surroundings } from "../support/around.ts";

/** Signs in with a browser that does what it is told, given where it would be sent back to. */
async function browsing(browse: (address: URL) => Promise<void>, signal?: AbortSignal) {
  const redirectUri = `http://localhost:${ownPort()}/callback`;
  await using sandbox = quickSandbox({
    identity: { approveAll: true, redirectUris: [redirectUri] },
  });
  const around = surroundings(async ({ url }) => {
    const answer = await fetch(url, { redirect: "manual" });
    await answer.body?.cancel();
    await browse(new URL(answer.headers.get("location") ?? ""));
  });
  const options = { ...at(sandbox), store: "memory", flow: "browser", redirectUri } as const;
  return await signInWith(signal === undefined ? options : { ...options, signal }, around);
}

async function visit(address: URL): Promise<[number, string]> {
  const answer = await fetch(address);
  return [answer.status, await answer.text()];
}

test("browserFlow() is not ended by others: a wrong state, another page", async () => {
  const session = await browsing(async (address) => {
    const wrong = new URL(address);
    wrong.searchParams.set("state", "guessed");
    assertEquals((await visit(wrong))[0], 400);
    assertEquals((await visit(new URL("/favicon.ico", address)))[0], 404);
    const [status, page] = await visit(address);
    assertEquals(status, 200);
    assertStringIncludes(page, "You can close this tab");
    assertEquals(page.includes(address.searchParams.get("code") ?? ""), false);
  });
  assertEquals(session.user, "ada");
});

test("browserFlow() takes one answer: a second request finds it taken, and then nobody", async () => {
  let place = new URL("http://localhost");
  await browsing(async (address) => {
    place = address;
    await visit(address);
    assertEquals((await visit(address))[0], 409);
  });
  await assertRejects(() => visit(place), TypeError);
});

test("browserFlow() says that access was denied, on the page and in the cell", async () => {
  const error = await assertRejects(() =>
    browsing(async (address) => {
      address.searchParams.delete("code");
      address.searchParams.set("error", "access_denied");
      assertStringIncludes((await visit(address))[1], "not signed in");
    }), SignInError);
  assertEquals(error.reason, "denied");
});

test("browserFlow() gives the port back when its signal aborts", async () => {
  const aborting = new AbortController();
  const reason = new Error("enough");
  let place = "";
  const error = await assertRejects(() =>
    browsing((address) => {
      place = address.origin;
      aborting.abort(reason);
      return Promise.resolve();
    }, aborting.signal)
  );
  assertEquals(error, reason);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: Number(new URL(place).port) });
  listener.close();
});

test("listenOnLoopback() says that the port is taken, and what does without it", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = new URL(`http://localhost:${listener.addr.port}/callback`);
  const page = () => ({ status: 200, title: "", text: "" });
  const error = await assertRejects(
    () => listenOnLoopback(address, page),
    SignInError,
    "taken by another program",
  );
  assertEquals(error.reason, "port");
  listener.close();
});

test("browserFlow() waits on this machine alone", async () => {
  await using sandbox = quickSandbox();
  const options = {
    ...at(sandbox),
    store: "memory",
    flow: "browser",
    redirectUri: "https://app.example.test/cb",
  } as const;
  const error = await assertRejects(
    () => signInWith(options, surroundings()),
    SignInError,
    'flow: "paste"',
  );
  assertEquals(error.reason, "flow");
});
