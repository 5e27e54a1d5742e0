// Whatever a notebook hands to a public function of results, catalogue, auth and ledger, it is told by an error of ours.
import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient, DispatchError } from "../../../mod.ts";
import { JOB_REQUEST, wholeJob } from "../../support/requests.ts";
import { test } from "../../support/test.ts";
import { attempt, FUNCTIONS } from "../support/entrypoints.ts";

function refuse(): never {
  throw new Error("a trap");
}

/** Arrays within arrays, deeper than a stack. */
function deep(): unknown {
  let at: unknown = [];
  for (let level = 0; level < 20_000; level++) at = [at];
  return at;
}

function circle(): unknown {
  const made: Record<string, unknown> = {};
  made.self = made;
  return made;
}

const GETTERS = Object.defineProperties({}, {
  ...Object.fromEntries(
    ["title", "id", "request", "signal", "fetch", "ledger", "name", "issuer", "assets"].map((
      name,
    ) => [name, { get: refuse, enumerable: true }]),
  ),
});

const ODD: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  "a number": 7,
  "no number": NaN,
  "an empty text": "",
  "a huge text": "x".repeat(1_000_000),
  "a zero character": "a\0b",
  "a symbol": Symbol("x"),
  "a bigint": 1n,
  "an empty object": {},
  "an object without a prototype": Object.create(null),
  "an empty array": [],
  "an array of null": [null],
  "an array of numbers": [7],
  "a huge array": new Array(100_000).fill(0),
  "a depth": deep(),
  "a circle": circle(),
  "bytes that are no file": new Uint8Array(10),
  "getters that throw": GETTERS,
  "a trap": new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse }),
  "no request": { request: null },
};

/** What each function is given beside the odd thing; `undefined` stands for it. */
const ODDLY: Readonly<Record<string, (odd: unknown, folder: string) => readonly unknown[][]>> = {
  "auth.signIn": (odd) => [
    [odd === undefined ? null : odd],
    ...["issuer", "clientId", "store", "environment", "onPrompt"].map((name) => [{
      issuer: "http://127.0.0.1:1",
      store: "memory",
      signal: AbortSignal.abort(new DispatchError("stop")),
      [name]: odd,
    }]),
  ],
  "auth.clientCredentials": (odd) => [
    [odd],
    ...["clientId", "clientSecret", "scope"].map((name) => [{
      issuer: "http://127.0.0.1:1",
      clientId: "a",
      clientSecret: "b",
      [name]: odd,
    }]),
  ],
  "auth.fromEnvironment": (odd) => [[odd]],
  // A text can be the name of an account, and a program would be asked.
  "auth.fromOidcAgent": (odd) => typeof odd === "string" && odd !== "" ? [] : [[odd]],
  "catalogue.openCatalogue": (odd, folder) => [
    [odd === undefined ? null : odd],
    ...["source", "endpoints", "cache", "website", "fetch", "now", "signal"].map((
      name,
    ) => [{ source: `${folder}/none`, [name]: odd ?? null }]),
  ],
  "catalogue.catalogue.search": (odd) => [[odd], ["ndvi", odd]],
  "catalogue.catalogue.get": (odd) => [[odd], ["none", odd]],
  "catalogue.catalogue.refresh": (odd) => [[
    odd === undefined || Object.keys(Object(isTrap(odd) ? 0 : odd)).length === 0 ? null : odd,
  ]],
  "ledger.compare": (odd) => [
    [odd, wholeJob()],
    [wholeJob(), odd],
    [wholeJob(), { ...wholeJob(), service: odd }],
    [wholeJob(), { ...wholeJob(), parameters: odd }],
  ],
  "ledger.toCode": (odd) => [
    [odd],
    [wholeJob(), odd],
    [{ ...wholeJob(), title: odd }],
    [{ ...wholeJob(), parameters: { a: odd } }],
    [{ request: odd }],
    [wholeJob(), { ledger: odd }],
  ],
  "ledger.overCells": (odd) => [
    [odd, [square()]],
    [JOB_REQUEST, odd],
    [JOB_REQUEST, [odd]],
    [JOB_REQUEST, [square()], odd],
    [JOB_REQUEST, [square()], { toValue: odd }],
  ],
  "ledger.openLedger": (odd, folder) => [
    [odd === "a\0b" || typeof odd !== "string" ? odd : ""],
    [`${folder}/l.jsonl`, odd],
  ],
  "ledger.resume": (odd, folder) => [
    [odd, `${folder}/l.jsonl`],
    [client(), `${folder}/l.jsonl`, odd],
    ...(typeof odd === "string" ? [] : [[client(), odd]]),
  ],
  "ledger.submitAll": (odd, folder) => [
    [odd, [], { ledger: `${folder}/l.jsonl` }],
    [client(), odd, options(folder)],
    [client(), [odd], options(folder)],
    [client(), [{ key: "a", request: odd }], options(folder)],
    [client(), [], odd],
    ...["budget", "concurrency", "interval", "signal", "confirm"].map((
      name,
    ) => [client(), [], { ...options(folder), [name]: odd }]),
  ],
  "results.download": (odd, folder) => [
    [odd, wholeJob(), folder],
    [client(), odd, folder],
    [client(), 7, odd === undefined || typeof odd === "string" ? 5 : odd],
    [client(), 7, folder, odd],
  ],
  "results.preview": (odd) => [[odd], [new Uint8Array(2), odd]],
  "results.readTable": (odd) => [[odd], [new Uint8Array(2), odd]],
  "results.readSeries": (odd) => [[odd], [new Uint8Array(2), odd]],
  "results.readCube": (odd) => [[odd], [new Uint8Array(2), odd]],
};

function isTrap(value: unknown): boolean {
  return value === ODD["a trap"];
}

function square() {
  return { type: "Polygon", coordinates: [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]] };
}

function options(folder: string) {
  return { ledger: `${folder}/l.jsonl`, show: false, confirm: false };
}

function client() {
  return new AuthenticatedClient({
    baseUrl: "https://dispatch.example.test",
    token: "t0k",
    retry: false,
    fetch: () => Promise.resolve(Response.json({ detail: "no" }, { status: 403 })),
  });
}

test("every public function of results, catalogue, auth and ledger is given odd things", () => {
  assertEquals([...FUNCTIONS.keys()].sort(), Object.keys(ODDLY).sort());
});

for (const [name, oddly] of Object.entries(ODDLY)) {
  test(`${name}() throws nothing but errors of ours`, async () => {
    const folder = await Deno.makeTempDir();
    let told = 0;
    try {
      for (const [what, odd] of Object.entries(ODD)) {
        for (const given of oddly(odd, folder)) {
          const thrown = await attempt(name, given).then(
            () => undefined,
            (error: unknown) => [error],
          );
          if (thrown === undefined) continue;
          told++;
          const [error] = thrown;
          if (!(error instanceof DispatchError)) throw new Error(what, { cause: error });
          assert(error.message.length <= 20_001, `${what}: ${error.message.length} characters`);
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    assert(told > 0, "nothing was refused");
  });
}
