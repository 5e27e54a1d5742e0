// A secret appears nowhere: this runs every way to fail, and searches through everything reachable.
import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient, type AuthenticatedClientOptions } from "../../../mod.ts";
import { instantClock } from "../../support/clock.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { deadPort, serve, serveRaw } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { CALLS } from "../calls.ts";
import { reachable } from "../support/reachable.ts";

// With characters that JSON, URLs and HTML each write in a way of their own.
const TOKEN = 's3cret/t0ken+with"odd\\signs<&>=';
const COOKIE = "c00kie-s3cret";
const API_KEY = "k3y-s3cret-of-the-client";
const CALL_KEY = "per-call-s3cret-k3y";

/** What of a secret must not be seen, in whatever way a server or an error may write it. */
const TRACES = [TOKEN, COOKIE, API_KEY, CALL_KEY].flatMap((secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  encodeURIComponent(secret),
  new URLSearchParams({ a: secret }).toString().slice(2),
  html(secret),
]).concat("s3cret");

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Holds a value, and all that a console would print of it, against every trace of a secret. */
function assertClean(value: unknown, what: string): void {
  const seen = [
    ...reachable(value),
    Deno.inspect(value, { depth: 20, showHidden: true, getters: true, strAbbreviateSize: 1e6 }),
    String(value),
    JSON.stringify(value) ?? "",
  ];
  for (const text of seen) {
    for (const trace of TRACES) {
      assert(!text.includes(trace), `${what} shows ${trace}:\n${text.slice(0, 2000)}`);
    }
  }
}

function clientOf(baseUrl: string, options: Partial<AuthenticatedClientOptions> = {}) {
  return new AuthenticatedClient({
    baseUrl,
    token: TOKEN,
    cookies: { sid: COOKIE },
    headers: { "X-Api-Key": API_KEY },
    clock: instantClock(),
    timeout: null,
    random: () => 0,
    ...options,
  });
}

/** Makes every call, awaited and detailed, and holds whatever comes of it against the secrets. */
async function search(
  client: AuthenticatedClient,
  what: string,
  timeout: number | null = null,
): Promise<void> {
  assertClean(client, `the client (${what})`);
  let failures = 0;
  for (const { name, make } of CALLS) {
    const options = { headers: { Authorization2: `Custom ${CALL_KEY}` }, timeout };
    const call = make(client, options);
    await call.then(
      () => {},
      (error: unknown) => {
        failures++;
        assertClean(error, `${name}() (${what})`);
      },
    );
    await call.detailed().then(
      (response) => {
        if (!response.ok) assertClean(response, `${name}().detailed() (${what})`);
      },
      (error: unknown) => assertClean(error, `${name}().detailed() (${what})`),
    );
    assertClean(call, `the promise of ${name}() (${what})`);
  }
  // Without a failure nothing was searched through.
  assert(failures >= CALLS.length - 1, `${what}: only ${failures} failures`);
}

test("reachable() finds a secret wherever it may hide", () => {
  const hidden = Object.defineProperty({}, "a", { value: "s3cret" });
  const places: unknown[] = [
    "s3cret",
    hidden,
    new Error("x", { cause: new Error("s3cret") }),
    Object.assign(new Error("x"), { request: { headers: new Headers({ a: "s3cret" }) } }),
    new TextEncoder().encode("s3cret"),
    { s3cret: 1 },
    new Map([["a", ["s3cret"]]]),
  ];
  for (const place of places) assert(reachable(place).some((text) => text.includes("s3cret")));
  assert(!reachable({ a: [1, "x"], b: new Error("y") }).some((text) => text.includes("s3cret")));
});

/** The ways in which a server or a proxy may echo what it was sent. */
const ECHOES: Record<string, (sent: string) => string> = {
  "as it is": (sent) => `You sent ${sent}, which is wrong`,
  "in JSON": (sent) => JSON.stringify({ error: { headers: { authorization: sent } } }),
  "in the service's shape": (sent) =>
    JSON.stringify({
      status: "error",
      error_code: "INTERNAL_ERROR",
      message: `Bad ${sent}`,
      details: { error: `It was ${sent}`, [sent]: [sent], deep: { nested: JSON.stringify(sent) } },
      request_id: `c-1 ${sent}`,
    }),
  "in the service's list of problems": (sent) =>
    JSON.stringify({
      status: "error",
      error_code: sent,
      message: "Request validation failed.",
      details: { errors: [{ type: sent, loc: ["body", sent], msg: `Not ${sent}`, input: sent }] },
    }),
  "in the framework's shape": (sent) => JSON.stringify({ detail: `Bad ${sent}` }),
  "in the framework's list": (sent) =>
    JSON.stringify({ detail: [{ loc: ["header", sent], msg: sent, type: sent, input: sent }] }),
  "in a page": (sent) => `<title>Bad ${html(sent)}</title><pre>Authorization: ${html(sent)}</pre>`,
  "in a URL": (sent) => `see https://x.test/login?next=${encodeURIComponent(sent)}&a=1`,
  "in a form": (sent) => new URLSearchParams({ authorization: sent }).toString(),
  "in JSON that is cut off": (sent) => JSON.stringify({ message: sent }).slice(0, -1),
  "many times over": (sent) => `${sent} `.repeat(2000),
  "in Python's way": (sent) => `HTTPHeaderDict({'Authorization': '${sent}', 'Cookie': '${sent}'})`,
};

for (const [way, echo] of Object.entries(ECHOES)) {
  test(`redact() leaves no secret in an error that the server echoes ${way}`, async () => {
    for (const status of [200, 201, 400, 401, 403, 404, 422, 429, 500, 503]) {
      for (const mediaType of ["application/json", "text/html"]) {
        await using server = serve(({ headers }) => {
          const secrets = ["authorization", "cookie", "x-api-key", "authorization2"]
            .map((name) => headers.get(name) ?? "");
          return new Response(echo(secrets.join(" | ")), {
            status,
            headers: {
              "Content-Type": mediaType,
              "X-Echo": headers.get("authorization") ?? "",
              "X-Correlation-ID": headers.get("cookie") ?? "",
            },
          });
        });
        const client = clientOf(server.url, { retry: false });
        if (status < 300) {
          // A synchronous job's answer is whatever the platform sends: that is data, not an error.
          const error = await client.unitJobs.create(JOB_REQUEST).catch((thrown: unknown) =>
            thrown
          );
          assert(error instanceof Error);
          assertClean(error, `create() (${way}, ${status})`);
        } else await search(client, `${way}, ${status} ${mediaType}`);
      }
    }
  });
}

test("redact() leaves no secret in an error about a redirect", async () => {
  await using server = serve(({ headers }) =>
    new Response(null, {
      status: 307,
      headers: {
        Location: `https://x.test/?next=${encodeURIComponent(headers.get("authorization") ?? "")}`,
      },
    })
  );
  await search(clientOf(server.url), "redirect");
});

test("redactCause() leaves no secret in an error that an injected fetch throws", async () => {
  const failures: ((sent: string) => unknown)[] = [
    (sent) => new Error(`cannot send ${sent}`),
    (sent) => new TypeError("failed", { cause: new Error(`x ${encodeURIComponent(sent)}`) }),
    (sent) => Object.assign(new Error("failed"), { request: { headers: { sent } }, config: sent }),
    (sent) => new AggregateError([new Error(sent)], `all failed: ${JSON.stringify(sent)}`),
    (sent) => sent,
    (sent) => ({ message: sent, toString: () => sent }),
    (sent) => Object.assign(new Error("failed"), { name: `${sent}Error` }),
    (sent) => new DOMException(sent, "NetworkError"),
  ];
  for (const failure of failures) {
    const client = clientOf("https://x.test", {
      fetch: (_, init) => {
        const headers = new Headers(init?.headers);
        const sent = ["authorization", "cookie", "x-api-key", "authorization2"]
          .map((name) => headers.get(name) ?? "").join(" ");
        return Promise.reject(failure(sent));
      },
    });
    await search(client, `fetch throws ${failure}`);
  }
});

test("send() shows no secret when connections are refused, lost, cut off or too slow", async () => {
  using dead = await deadPort();
  await search(clientOf(`http://127.0.0.1:${dead.port}`), "refused");
  await using lost = serveRaw([""]);
  await search(clientOf(lost.url), "lost");
  await using cut = serveRaw(["HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"]);
  await search(clientOf(cut.url), "cut off");
  const never = () => new Promise<Response>(() => {});
  await search(clientOf("https://x.test", { fetch: never }), "too slow", 10);
});

test("createSync() shows no secret that the error of a stream is full of", async () => {
  const client = clientOf("https://x.test", {
    fetch: (_, init) => {
      const sent = new Headers(init?.headers).get("authorization");
      const body = new ReadableStream({
        start: (controller) => controller.error(new Error(`cannot read ${sent}`)),
      });
      return Promise.resolve(new Response(body, { headers: { "Content-Type": "image/tiff" } }));
    },
  });
  await search(client, "broken body");
  const result = await client.unitJobs.createSync(JOB_REQUEST, { stream: true });
  assertClean(result, "the stream");
  if (result.kind !== "stream") throw new Error("Not a stream");
  const error = await new Response(result.data).bytes().catch((thrown: unknown) => thrown);
  assert(error instanceof Error);
  assertClean(error, "the stream's error");
});

test("send() shows neither a token that was refused nor the one that took its place", async () => {
  let asked = 0;
  await using server = serve(({ headers }) =>
    new Response(`bad ${headers.get("authorization")}, before that ${TOKEN}-1`, { status: 401 })
  );
  const client = clientOf(server.url, { token: () => `${TOKEN}-${++asked}` });
  const error = await client.unitJobs.get(42).catch((thrown: unknown) => thrown);
  assertEquals(asked, 2);
  assert(error instanceof Error);
  assertClean(error, "the second 401");
});

test("tokenProvider() shows no token that the token function throws", async () => {
  await using server = serve(() => new Response("no", { status: 401 }));
  const client = clientOf(server.url, {
    token: ({ rejected }) => {
      if (rejected === undefined) return TOKEN;
      throw new Error(`cannot renew ${rejected}`, { cause: { rejected } });
    },
  });
  const error = await client.unitJobs.get(42).catch((thrown: unknown) => thrown);
  assert(String(error).includes("cannot renew (hidden)"), String(error));
  assertClean(error, "the token function's error");
});

test("AuthenticatedClient prints no secret, and nothing by itself", async () => {
  const script = `
    import { AuthenticatedClient } from "${new URL("../../../mod.ts", import.meta.url)}";
    const client = new AuthenticatedClient({
      baseUrl: "https://x.test",
      token: "s3cret-t0ken",
      cookies: { sid: "c00kie-s3cret" },
      headers: { "X-Api-Key": "k3y-s3cret" },
      retry: false,
      fetch: (_, init) => Promise.resolve(
        new Response(JSON.stringify(init.headers), { status: 500, headers: init.headers }),
      ),
    });
    const call = client.unitJobs.get(42);
    const response = await call.detailed();
    console.log("begin");
    console.log(client, [client], client.unitJobs, { client });
    console.log(response, call, response.headers, response.error);
    console.error(response.error.stack);
    await call;
  `;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "-A",
      "--import-map",
      new URL("../../import_map.npm.json", import.meta.url).href,
      `data:text/javascript,${encodeURIComponent(script)}`,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 1);
  assert(printed.startsWith("begin\nAuthenticatedClient {"), printed);
  assert(printed.includes("Uncaught (in promise) ServerError: Cannot get unit job 42"), printed);
  assert(!printed.includes("s3cret"), printed);
});
