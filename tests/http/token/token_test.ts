import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import {
  AuthenticatedClient,
  AuthenticationError,
  RequestInvalidError,
  TimeoutError,
  type TokenRequest,
  type TokenSource,
} from "../../../mod.ts";
import { systemClock } from "../../../src/core/waiting.ts";
import { tokenExpiry, tokenProvider, tokenUser } from "../../../src/http/token/token.ts";
import { manualClock } from "../../support/clock.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../../support/requests.ts";
import { serve, type TestServer } from "../../support/server.ts";
import { test } from "../../support/test.ts";

const REFUSED = {
  status: "error",
  error_code: "AUTHENTICATION_FAILED",
  message: "Could not validate credentials. Please retry signing in.",
  details: null,
  request_id: "c-401",
};

/** Answers about whichever job is asked about. */
function anyJob({ path }: { readonly path: string }): Response {
  return Response.json(wholeJob(Number(path.split("/").at(-1))));
}

/** A server that takes one token and refuses every other. */
function serveFor(token: string): TestServer {
  return serve(({ headers, method, path }) =>
    headers.get("authorization") !== `Bearer ${token}`
      ? Response.json(REFUSED, { status: 401 })
      : method === "POST"
      ? Response.json(jobSummary(), { status: 201 })
      : anyJob({ path })
  );
}

function sent(server: TestServer): (string | null)[] {
  return server.seen.map(({ headers }) => headers.get("authorization"));
}

test("tokenProvider() asks for each call, and once for calls at the same time", async () => {
  await using server = serve(anyJob);
  let asked = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: async () => {
      await Promise.resolve();
      return `token-${++asked}`;
    },
  });
  assertEquals(asked, 0);
  await Promise.all([1, 2, 3, 4, 5].map((id) => client.unitJobs.get(id)));
  assertEquals(asked, 1);
  assertEquals(new Set(sent(server)), new Set(["Bearer token-1"]));
  await client.unitJobs.get(6);
  assertEquals([asked, sent(server).at(-1)], [2, "Bearer token-2"]);
});

test("tokenProvider() takes a plain function as well", async () => {
  await using server = serve(anyJob);
  await new AuthenticatedClient({ baseUrl: server.url, token: () => "plain" }).unitJobs.get(1);
  assertEquals(sent(server), ["Bearer plain"]);
});

test("send() asks for one fresh token after a 401, and repeats the call once with it", async () => {
  await using server = serveFor("fresh");
  const asked: TokenRequest[] = [];
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: (request) => {
      asked.push(request);
      return request.rejected === undefined ? "stale" : "fresh";
    },
  });
  assertEquals((await client.unitJobs.get(42)).id, 42);
  assertEquals(asked, [{}, { rejected: "stale" }]);
  assertEquals(sent(server), ["Bearer stale", "Bearer fresh"]);
});

test("send() repeats a call that creates after a 401 as well, because it did nothing", async () => {
  await using server = serveFor("fresh");
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: ({ rejected }) => rejected === undefined ? "stale" : "fresh",
  });
  assertEquals((await client.unitJobs.create(JOB_REQUEST)).id, 42);
  assertEquals(server.seen.map(({ method }) => method), ["POST", "POST"]);
  assertEquals(server.seen[0]?.body, server.seen[1]?.body);
});

test("tokenProvider() asks for one fresh token when many calls are refused at once", async () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  const all = Promise.withResolvers<void>();
  let refused = 0;
  await using server = serve(async ({ headers, path }) => {
    if (headers.get("authorization") === "Bearer fresh") return anyJob({ path });
    if (++refused === ids.length) all.resolve();
    await all.promise;
    return Response.json(REFUSED, { status: 401 });
  });
  let renewals = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: async ({ rejected }) => {
      if (rejected === undefined) return "stale";
      renewals++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return "fresh";
    },
  });
  await Promise.all(ids.map((id) => client.unitJobs.get(id)));
  assertEquals([renewals, refused, server.seen.length], [1, 8, 16]);
});

test("tokenProvider() renews with the token that another call has brought by then", async () => {
  let renewals = 0;
  const provider = tokenProvider(({ rejected }) => {
    if (rejected === undefined) return "stale";
    renewals++;
    return "fresh";
  }, { prefix: "Bearer", clock: systemClock });
  assertEquals(await provider.get(), "stale");
  assertEquals(await provider.renew("stale"), "fresh");
  assertEquals(await provider.renew("stale"), "fresh");
  assertEquals(renewals, 1);
});

test("send() takes a 401 for an error when the token was not replaced", async () => {
  await using server = serveFor("other");
  const sources: TokenSource[] = ["fixed", () => "fixed"];
  for (const token of sources) {
    const before = server.seen.length;
    const client = new AuthenticatedClient({ baseUrl: server.url, token });
    const error = await assertRejects(() => client.unitJobs.get(42), AuthenticationError);
    assertEquals([error.errorCode, error.requestId], ["AUTHENTICATION_FAILED", "c-401"]);
    assertEquals(server.seen.length - before, 1);
  }
});

test("send() takes a second 401 for an error", async () => {
  await using server = serveFor("other");
  let asked = 0;
  const client = new AuthenticatedClient({ baseUrl: server.url, token: () => `t-${++asked}` });
  await assertRejects(() => client.unitJobs.get(42), AuthenticationError);
  assertEquals([sent(server), asked], [["Bearer t-1", "Bearer t-2"], 2]);
});

test("with() shares the token function, and what is under way to get a token", async () => {
  await using server = serveFor("fresh");
  let renewals = 0;
  let asked = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: async ({ rejected }) => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (rejected === undefined) return "stale";
      renewals++;
      return "fresh";
    },
  });
  const clients = [
    client,
    client.with({ timeout: 9000 }),
    client.with({ headers: { "X-A": "1" } }).with({ retry: false }),
  ];
  await Promise.all(clients.map((one) => one.unitJobs.get(42)));
  assertEquals([asked, renewals], [2, 1]);
});

test("tokenProvider() says when the token function fails, and nothing is sent", async () => {
  await using server = serve(anyJob);
  const failing: TokenSource[] = [
    () => {
      throw new Error("The sign-in has expired.\nSign in again.");
    },
    () => Promise.reject(new Error("The sign-in has expired.\nSign in again.")),
  ];
  for (const token of failing) {
    const client = new AuthenticatedClient({ baseUrl: server.url, token });
    const error = await assertRejects(() => client.unitJobs.get(42), RequestInvalidError);
    assertEquals(
      error.message,
      "Cannot use the token:\n" +
        "  token: the token function failed: The sign-in has expired. Sign in again",
    );
    assert(error.cause instanceof Error);
    assertEquals(error.outcome, "not-sent");
  }
  assertEquals(server.seen, []);
});

test("tokenProvider() asks a function that failed again at the next call", async () => {
  await using server = serve(anyJob);
  let asked = 0;
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: () => asked++ === 0 ? Promise.reject(new Error("no")) : "t0ken",
  });
  await assertRejects(() => client.unitJobs.get(42), RequestInvalidError);
  assertEquals((await client.unitJobs.get(42)).id, 42);
});

const BAD_TOKENS: readonly (readonly [token: string, problem: string])[] = [
  ["", "expected a token, got an empty string"],
  ["  \n", "expected a token, got an empty string"],
  ["s3cret\nX-Admin: 1", "expected a token on one line"],
  ["s3cret\u0000", "expected a token on one line"],
  ["s3cret→", "expected a token on one line"],
  ["Bearer s3cret", 'expected a token without "Bearer" before it'],
  ["bearer s3cret", 'expected a token without "Bearer" before it'],
];

test("tokenProvider() refuses a bad token before anything is sent, and does not show it", async () => {
  await using server = serve(anyJob);
  for (const [token, problem] of BAD_TOKENS) {
    const atOnce = assertThrows(
      () => new AuthenticatedClient({ baseUrl: server.url, token }),
      RequestInvalidError,
      `Cannot use the token:\n  token: ${problem}`,
    );
    const client = new AuthenticatedClient({ baseUrl: server.url, token: () => token });
    const later = await assertRejects(
      () => client.unitJobs.get(42),
      RequestInvalidError,
      `Cannot use the token:\n  token: ${problem}`,
    );
    for (const error of [atOnce, later]) {
      assert(!Deno.inspect(error, { showHidden: true }).includes("s3cret"));
    }
  }
  assertEquals(server.seen, []);
});

test("tokenProvider() refuses what is no string, and does not show it", async () => {
  const notStrings: unknown[] = [undefined, null, 5, { access_token: "s3cret" }, ["s3cret"]];
  for (const token of notStrings) {
    const client: AuthenticatedClient = Reflect.construct(AuthenticatedClient, [
      { baseUrl: "http://127.0.0.1:9", token: () => token },
    ]);
    const error = await assertRejects(
      () => client.unitJobs.get(42),
      RequestInvalidError,
      "token: expected a string, got ",
    );
    assert(!Deno.inspect(error, { showHidden: true }).includes("s3cret"));
  }
});

test("tokenProvider() drops spaces and line breaks around a token, as a file has them", async () => {
  await using server = serve(anyJob);
  await new AuthenticatedClient({ baseUrl: server.url, token: " t0ken\n" }).unitJobs.get(1);
  assertEquals(sent(server), ["Bearer t0ken"]);
});

test('send() sends a raw token with prefix: "", in the header that authHeaderName names', async () => {
  await using server = serve(anyJob);
  const client = new AuthenticatedClient({
    baseUrl: server.url,
    token: "Custom t0ken",
    prefix: "",
    authHeaderName: "X-Api-Key",
  });
  await client.unitJobs.get(1);
  const [seen] = server.seen;
  assertEquals(
    [seen?.headers.get("x-api-key"), seen?.headers.get("authorization")],
    ["Custom t0ken", null],
  );
});

test("tokenProvider() leaves no unhandled rejection when the caller has given up already", async () => {
  const reason = new Error("enough");
  for (const how of ["get", "renew"] as const) {
    const provider = tokenProvider(() => Promise.reject(new Error("no")), {
      prefix: "Bearer",
      clock: systemClock,
    });
    const signal = AbortSignal.abort(reason);
    const asking = how === "get" ? provider.get({ signal }) : provider.renew("stale", { signal });
    assertStrictEquals(await asking.catch((error: unknown) => error), reason);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
});

test("tokenProvider() lets a call that starts while a token is being renewed wait for the fresh one", async () => {
  const fresh = Promise.withResolvers<string>();
  const asked: (string | undefined)[] = [];
  const provider = tokenProvider(({ rejected }) => {
    asked.push(rejected);
    return rejected === undefined ? "stale" : fresh.promise;
  }, { prefix: "Bearer", clock: systemClock });
  assertEquals(await provider.get(), "stale");
  const renewed = provider.renew("stale");
  const started = provider.get();
  fresh.resolve("fresh");
  assertEquals([await renewed, await started], ["fresh", "fresh"]);
  assertEquals(asked, [undefined, "stale"]);
});

test("tokenProvider() gives a function that hangs the call's time limit, and sends nothing", async () => {
  await using server = serve(anyJob);
  for (const timeout of [20_000, undefined]) {
    const clock = manualClock();
    const token = Promise.withResolvers<string>();
    const client = new AuthenticatedClient({
      baseUrl: server.url,
      clock,
      token: () => token.promise,
    });
    const calling = assertRejects(() => client.unitJobs.get(42, { timeout }), TimeoutError);
    await Promise.resolve();
    assertEquals(clock.waits, [timeout ?? 60_000]);
    clock.advance(timeout ?? 60_000);
    const { message, outcome } = await calling;
    assertEquals(outcome, "not-sent");
    assert(message.startsWith("Cannot use the token: the token function has not handed one over"));
    token.resolve("t0ken");
    assertEquals(clock.waiting, 0);
  }
  assertEquals(server.seen, []);
});

test("tokenProvider() gives it a limit where the call itself has none", async () => {
  const clock = manualClock();
  const client = new AuthenticatedClient({
    baseUrl: "https://x.test",
    clock,
    token: () => new Promise<string>(() => {}),
  });
  const calling = assertRejects(() => client.unitJobs.createSync(JOB_REQUEST), TimeoutError);
  await Promise.resolve();
  clock.advance(60_000);
  assertEquals((await calling).outcome, "not-sent");
});

/** A token with these claims, as a sign-in service encodes it. */
function tokenOf(claims: unknown): string {
  return `eyJhbGciOiJSUzI1NiJ9.${encode(JSON.stringify(claims))}.c2lnbmF0dXJl`;
}

/** Base64 as RFC 7515 has it: for URLs, without padding. */
function encode(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

test("tokenExpiry() reads the expiry of a JSON Web Token", () => {
  const claims = { sub: "ada", exp: 1_795_448_301 };
  assertEquals(tokenExpiry(tokenOf(claims))?.toISOString(), "2026-11-23T15:38:21.000Z");
  const fraction = tokenExpiry(tokenOf({ exp: 1_795_448_301.5 }));
  assertEquals(fraction?.toISOString(), "2026-11-23T15:38:21.500Z");
  assertEquals(tokenExpiry(tokenOf({ exp: 0 }))?.getTime(), 0);
});

test("tokenExpiry() reads claims in any writing, at every length of padding", () => {
  for (const name of ["", "a", "ab", "abc", "Žofie?~~>>", "李四", "👩‍🚀"]) {
    const token = tokenOf({ name, exp: 1 });
    assertEquals(tokenExpiry(token)?.getTime(), 1000, token);
  }
});

test("tokenExpiry() knows nothing of a token that does not say", () => {
  const tokens = [
    "",
    "opaque",
    "..",
    "a.b",
    "a.!!!.c",
    "e30.e30.x",
    `a.${encode("{cut")}.c`,
    ...[null, 5, "exp", [], { exp: null }, { exp: "1795448301" }, { exp: 1e300 }, { exp: {} }]
      .map(tokenOf),
    `a.${encode('{"exp":1e999}')}.c`,
  ];
  for (const token of tokens) assertEquals(tokenExpiry(token), undefined, token);
});

test("tokenUser() is the name that somebody would know themselves by", () => {
  assertEquals(tokenUser(tokenOf({ preferred_username: "ada", name: "Ada", sub: "1" })), "ada");
  assertEquals(tokenUser(tokenOf({ preferred_username: " ", name: "Ada" })), "Ada");
  assertEquals(tokenUser(tokenOf({ name: 5, email: "ada@example.test" })), "ada@example.test");
  for (const token of ["", "opaque", tokenOf({ sub: "f:1:2" }), tokenOf(null)]) {
    assertEquals(tokenUser(token), undefined);
  }
});
