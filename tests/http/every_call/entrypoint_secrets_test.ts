// The same as secrets_everywhere_test.ts, for the public functions of results, catalogue, auth and ledger.
import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient, Collection, DispatchError } from "../../../mod.ts";
import { instantClock } from "../../support/clock.ts";
import { JOB_REQUEST, wholeJob } from "../../support/requests.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { attempt, FUNCTIONS } from "../support/entrypoints.ts";
import { shownBy, TEXTS } from "../support/secret_texts.ts";

const SAYS = 500;

function clientSaying(text: string) {
  return new AuthenticatedClient({
    baseUrl: "https://dispatch.example.test",
    token: "t0k",
    retry: false,
    timeout: null,
    clock: instantClock(),
    fetch: () => Promise.resolve(Response.json({ detail: text, error: text }, { status: SAYS })),
  });
}

const job = (text: string) => ({
  ...wholeJob(7, "finished"),
  title: text,
  service: { ...JOB_REQUEST.service, endpoint: text, application: text },
  parameters: { source: text, password: "s3cret", nested: { apiKey: "s3cret", at: [text] } },
});

const results = (text: string) =>
  Collection.parse({
    id: text,
    type: "Collection",
    description: text,
    license: text,
    links: [{ rel: "self", href: text }],
    extent: { spatial: { bbox: [[12, 41, 13, 42]] }, temporal: { interval: [[null, null]] } },
    assets: { [text]: { href: text, title: text } },
  });

const asset = (text: string) => ({ href: `https://x.test/a.csv?from=${text}`, title: text });

/** What a server, a proxy or a runtime says when a file is asked for. */
const ways = (text: string): readonly (typeof fetch)[] => [
  () => Promise.reject(new TypeError(text, { cause: new Error(text) })),
  () => Promise.resolve(new Response(text, { status: 403, statusText: "no" })),
  () =>
    Promise.resolve(
      new Response(`<!doctype html><p>${text}</p>`, { headers: { "content-type": "text/html" } }),
    ),
];

interface Place {
  /** A folder of the test's own. */
  readonly folder: string;
  /** A sign-in service that says the text. */
  readonly issuer: string;
}

const square = {
  type: "Polygon",
  coordinates: [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]],
} as const;

/** What each function is given with a secret in it, in which way ever. */
const GIVEN: Readonly<Record<string, (text: string, place: Place) => readonly unknown[][]>> = {
  "auth.signIn": (text, { issuer }) => [
    [{ [text]: 1 }],
    [{ issuer: text, store: "memory", signal: AbortSignal.timeout(0) }],
    [{ issuer, clientId: text, store: "memory", onPrompt: () => undefined }],
    [{ issuer, environment: text }],
  ],
  "auth.clientCredentials": (text, { issuer }) => [
    [{ [text]: 1 }],
    [{ issuer, clientId: text, clientSecret: text, scope: text }],
    [{ issuer: `http://127.0.0.1:1/${text}`, clientId: text, clientSecret: text }],
  ],
  "auth.fromEnvironment": (text) => [[{ [text]: 1 }], [{ environment: text }]],
  "auth.fromOidcAgent": (text) => [[` ${text}`]],
  "catalogue.openCatalogue": (text, { folder }) => [
    [{ [text]: 1 }],
    [{ source: `${folder}/${text}` }],
    ...ways(text).flatMap((fetch) => [
      [{ source: `https://x.test/?from=${text}`, fetch }],
      [{ source: "github", fetch }],
    ]),
  ],
  "catalogue.catalogue.search": (
    text,
  ) => [[text], ["ndvi", { provider: text }], ["", { [text]: 1 }]],
  "catalogue.catalogue.get": (text) => [[text], ["none", { [text]: 1 }]],
  "catalogue.catalogue.refresh": (text) => [[{ [text]: 1 }]],
  "ledger.compare": (text) => [[job(text), job("other")], [job(text), text]],
  "ledger.toCode": (text) => [
    ...["typescript", "python", "curl", "json", text].map((as) => [job(text), { as }]),
    [text],
  ],
  // What it brings is to be sent, so it holds what was given: here it fails.
  "ledger.overCells": (text) => [
    [JOB_REQUEST, text],
    [JOB_REQUEST, [{ type: text, id: text }]],
    [JOB_REQUEST, [square], {
      toValue() {
        throw new Error(text);
      },
    }],
  ],
  "ledger.openLedger": (text, { folder }) => [
    [`${folder}/none/${text}`],
    [`${folder}/l.jsonl`, { [text]: 1 }],
  ],
  "ledger.resume": (text, { folder }) => [
    [clientSaying(text), `${folder}/l.jsonl`, { show: false }],
    [clientSaying(text), `${folder}/l.jsonl`, { [text]: 1 }],
  ],
  "ledger.submitAll": (text, { folder }) => {
    const request = { ...JOB_REQUEST, title: text, parameters: { source: text } };
    const options = { ledger: `${folder}/l.jsonl`, show: false, confirm: false };
    return [
      [clientSaying(text), [request], { ...options, maxOutage: 0 }],
      [clientSaying(text), [{ key: text, request }, { key: text, request }], options],
      [clientSaying(text), [text], options],
      [clientSaying(text), [request], { ...options, [text]: 1 }],
    ];
  },
  "results.download": (text, { folder }) => [
    [clientSaying(text), 7, folder, { screen: false }],
    [clientSaying(text), results(text), `${folder}/${text}`, { [text]: 1 }],
    // A connection that breaks is tried again for long, by the clock.
    ...ways(text).slice(1).map((fetch) => [
      clientSaying(text),
      results(text),
      folder,
      { fetch, screen: false },
    ]),
  ],
  "results.preview": (text) => files(text),
  "results.readTable": (text) => files(text),
  "results.readSeries": (text) => files(text),
  "results.readCube": (text) => files(text),
};

function files(text: string): readonly unknown[][] {
  return [
    [text],
    [{ path: text, name: text }],
    [new TextEncoder().encode(text), { [text]: 1 }],
    ...ways(text).map((fetch) => [asset(text), { fetch }]),
  ];
}

test("every public function of results, catalogue, auth and ledger is given secrets", () => {
  assertEquals([...FUNCTIONS.keys()].sort(), Object.keys(GIVEN).sort());
});

for (const [name, given] of Object.entries(GIVEN)) {
  test(`redact() leaves no secret in what comes of ${name}()`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (const [index, text] of TEXTS.entries()) {
        await using server = serve(() => Response.json({ error: text, error_description: text }));
        const place = { folder: `${folder}/${index}`, issuer: server.url };
        await Deno.mkdir(place.folder);
        for (const [way, values] of given(text, place).entries()) {
          let value: unknown;
          try {
            value = await attempt(name, values);
          } catch (error) {
            value = error;
            assert(error instanceof DispatchError || values.some(hasSignal), `${error}`);
          }
          for (const shown of await shownBy(value)) {
            const at = shown.indexOf("s3cret");
            assert(at === -1, `${way}: ${text}\n${shown.slice(Math.max(0, at - 300), at + 100)}`);
          }
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

function hasSignal(value: unknown): boolean {
  return Object(value).signal instanceof AbortSignal;
}
