import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { REDIRECT_URI } from "../../src/auth/sign_in_options.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { memoryStore } from "../../src/auth/store/store.ts";
import { test } from "../support/test.ts";
import { surroundings } from "./support/around.ts";

/** A browser without a screen: it follows redirections, keeps cookies, and presses the button of each page. */
async function browse(start: string, landing: string): Promise<string> {
  const cookies = new Map<string, string>();
  const visit = async (url: string, body?: URLSearchParams) => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const answer = await fetch(url, {
      headers,
      redirect: "manual",
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return { answer, text: await answer.text() };
  };
  let url = start;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 20; step++) {
    const { answer, text } = await visit(url, body);
    body = undefined;
    const location = answer.headers.get("location");
    if (location !== null) {
      url = new URL(location, url).href;
      if (url.startsWith(landing)) return url;
      continue;
    }
    const form = /<form[^>]*action="([^"]+)"[^>]*>([^]*?)<\/form>/.exec(text);
    if (form === null) return text;
    url = new URL(form[1]?.replaceAll("&amp;", "&") ?? "", url).href;
    body = new URLSearchParams();
    for (const [input] of (form[2] ?? "").matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]+)"/.exec(input)?.[1];
      if (name !== undefined) body.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? "ada");
    }
    if (/name="abort"/.test(form[2] ?? "")) body.delete("abort");
  }
  throw new Error(`nothing came of ${start}`);
}

/** Runs something against a provider that is not of this package. */
async function withProvider(work: (issuer: string) => Promise<void>, device = true): Promise<void> {
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "apex",
      token_endpoint_auth_method: "none",
      application_type: "native",
      grant_types: [
        "authorization_code",
        "refresh_token",
        ...(device ? ["urn:ietf:params:oauth:grant-type:device_code"] : []),
      ],
      redirect_uris: ["http://localhost:8000/callback"],
      response_types: ["code"],
    }],
    features: { deviceFlow: { enabled: device }, revocation: { enabled: true } },
    cookies: { keys: ["only for tests"] },
    rotateRefreshToken: true,
  });
  const handle = provider.callback();
  try {
    await work(issuer);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test("signIn() with a code, refresh with rotation and signOut() at oidc-provider", () =>
  withProvider(async (issuer) => {
    let page = "";
    const around = surroundings(async (prompt) => {
      if (prompt.kind === "device") page = await browse(prompt.completeUrl ?? prompt.url, "none:");
    });
    const store = memoryStore();
    const session = await signInWith({ issuer, clientId: "apex", store }, around);
    assert(page.includes("Success"), page.slice(0, 500));
    const first = await session.token();
    assertNotEquals(await session.token({ rejected: first }), first);
    const again = await signInWith({ issuer, clientId: "apex", store }, surroundings());
    await again.token();
    await again.signOut();
    assertEquals(again.signedOut, true);
  }));

test("signIn() by a browser with PKCE at oidc-provider, where devices may not", () =>
  withProvider(async (issuer) => {
    const around = surroundings(undefined, {
      askForLine: ({ url }) => browse(url, REDIRECT_URI),
      browserHere: () => false,
    });
    const store = memoryStore();
    const session = await signInWith({ issuer, clientId: "apex", store }, around);
    assertEquals(around.prompts.map(({ prompt }) => prompt.kind), ["paste"]);
    const first = await session.token();
    assertNotEquals(await session.token({ rejected: first }), first);
    await session.signOut();
  }, false));
