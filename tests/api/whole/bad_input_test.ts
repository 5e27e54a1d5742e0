import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AuthenticatedClient, Client, type Issue, RequestInvalidError } from "../../../mod.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

const parameters = (value: unknown) => ({ ...JOB_REQUEST, parameters: value });
const task = (title: string, values: readonly unknown[]) => ({
  ...JOB_REQUEST,
  title,
  dimension: { name: "bbox", values },
});

/** What is wrong with a job, where, and what the message must say of it. */
const JOBS: readonly (readonly [rule: string, request: unknown, says: string])[] = [
  ["an empty title", { ...JOB_REQUEST, title: "" }, "title: expected a title, got an empty string"],
  ["no title", { ...JOB_REQUEST, title: undefined }, "title: expected a string, got nothing"],
  [
    "a title of 256 characters",
    { ...JOB_REQUEST, title: "t".repeat(256) },
    "title: expected at most 255 characters, got 256",
  ],
  [
    "a title with a lone surrogate",
    { ...JOB_REQUEST, title: "a\ud800" },
    "title: expected well-formed text, got a lone surrogate",
  ],
  [
    "an unknown label",
    { ...JOB_REQUEST, label: "wps" },
    'label: expected one of "openeo", "ogc_api_process", got the string "wps"',
  ],
  [
    "an unknown format",
    { ...JOB_REQUEST, format: "tiff" },
    'format: expected one of "geojson", "gtiff", "netcdf", "json", got the string "tiff"',
  ],
  ["a namespace with a colon", {
    ...JOB_REQUEST,
    service: { ...JOB_REQUEST.service, namespace: "a:b" },
  }, 'service.namespace: expected a namespace without ":"'],
  [
    "parameters that are an array",
    parameters([1]),
    "parameters: expected an object, got an array of 1",
  ],
  ["parameters that are null", parameters(null), "parameters: expected an object, got null"],
  [
    "parameters that are text",
    parameters("{}"),
    'parameters: expected an object, got the string "{}"',
  ],
  [
    "NaN",
    parameters({ a: [1, NaN] }),
    "parameters.a[1]: expected a number that JSON can hold, got NaN",
  ],
  [
    "Infinity",
    parameters({ a: -Infinity }),
    "parameters.a: expected a number that JSON can hold, got -Infinity",
  ],
  ["a BigInt", parameters({ a: 1n }), "parameters.a: expected a JSON value, got a BigInt"],
  ["a function", parameters({ a: () => 1 }), "parameters.a: expected a JSON value, got a function"],
  [
    "a Map",
    parameters({ a: new Map() }),
    "parameters.a: expected a JSON value, got a Map object: use Object.fromEntries()",
  ],
  [
    "a typed array",
    parameters({ a: new Float32Array(2) }),
    "parameters.a: expected a JSON value, got a Float32Array object: use Array.from()",
  ],
  ["a cycle", parameters(cycle), "parameters.self: expected a tree, got a cycle"],
  [
    "a __proto__ key",
    parameters(JSON.parse('{"a":{"__proto__":{"b":1}}}')),
    "parameters.a.__proto__: expected another name: this one is reserved",
  ],
  [
    "a lone surrogate",
    parameters({ a: { "b c": "\udc00" } }),
    'parameters.a["b c"]: expected well-formed text, got a lone surrogate',
  ],
  ["nothing at all", undefined, "expected an object, got nothing"],
];

for (const [rule, request, says] of JOBS) {
  test(`unitJobs.create() and createSync() refuse ${rule}`, async () => {
    await using server = serve(() => Response.json({}));
    const { unitJobs } = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    for (const method of [unitJobs.create, unitJobs.createSync]) {
      const error = await assertRejects(
        () => Reflect.apply(method, undefined, [request]),
        RequestInvalidError,
        says,
      );
      assertEquals([error.outcome, error.issues.length], ["not-sent", 1]);
    }
    assertEquals(server.seen.length, 0);
  });
}

test("unitJobs.create() names every problem at once", async () => {
  const { unitJobs } = new AuthenticatedClient({ baseUrl: "http://127.0.0.1:9", token: "t0ken" });
  const error = await assertRejects(
    () => Reflect.apply(unitJobs.create, undefined, [{ title: 5, parameters: { a: NaN } }]),
    RequestInvalidError,
  );
  assertEquals(error.issues.map(({ path }: Issue) => path), [
    "title",
    "label",
    "service",
    "format",
    "parameters.a",
  ]);
  for (const { path } of error.issues) assert(error.message.includes(`\n  ${path}: expected `));
});

const ring = (...positions: readonly (readonly number[])[]) => ({
  type: "Polygon",
  coordinates: [positions],
});

const AREAS: readonly (readonly [rule: string, aoi: unknown, says: string])[] = [
  [
    "is unclosed",
    ring([0, 0], [1, 0], [1, 1], [0, 1]),
    "aoi.coordinates[0]: expected a closed ring",
  ],
  [
    "crosses itself",
    ring([0, 0], [1, 1], [1, 0], [0, 1], [0, 0]),
    "aoi.coordinates[0]: expected rings that do not cross",
  ],
  [
    "reaches the pole",
    ring([0, 80], [1, 80], [1, 90], [0, 80]),
    "aoi.coordinates[0][2]: expected a latitude within ±85.06°",
  ],
  [
    "reaches beyond -85.06°",
    ring([0, 0], [1, 0], [1, -85.07], [0, 0]),
    "aoi.coordinates[0][2]: expected a latitude within ±85.06°",
  ],
  [
    "goes on beyond 180°",
    ring([179, 0], [181, 0], [181, 1], [179, 0]),
    "aoi.coordinates[0][1]: expected a longitude within ±180°",
  ],
  [
    "jumps over ±180°",
    ring([179, 0], [-179, 0], [-179, 1], [179, 0]),
    "which crosses the antimeridian (±180°)",
  ],
  [
    "is a point",
    { type: "Point", coordinates: [1, 2] },
    'aoi.type: expected "Polygon", got the string "Point"',
  ],
];

for (const [rule, aoi, says] of AREAS) {
  test(`tiles.split() refuses an area that ${rule}`, async () => {
    await using server = serve(() => Response.json({}));
    const { tiles } = new Client({ baseUrl: server.url });
    await assertRejects(
      () => Reflect.apply(tiles.split, undefined, [{ aoi, grid: "20x20km" }]),
      RequestInvalidError,
      says,
    );
    assertEquals(server.seen.length, 0);
  });
}

test("upscaleTasks.create() refuses a title that its jobs' names have no room for", async () => {
  await using server = serve(() => Response.json({}));
  const { upscaleTasks } = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const suffix = " - Processing Job 10".length;
  await assertRejects(
    () => upscaleTasks.create(task("t".repeat(256 - suffix), Array(10).fill([0, 0, 1, 1]))),
    RequestInvalidError,
    `title: expected at most ${255 - suffix} characters`,
  );
  await assertRejects(
    () => upscaleTasks.create(task("t", [])),
    RequestInvalidError,
    "dimension.values: expected at least 1 item, got an empty array",
  );
  assertEquals(server.seen.length, 0);
});

test("get(), results(), delete() refuse an id that is no positive integer", async () => {
  await using server = serve(() => Response.json({}));
  const { unitJobs, upscaleTasks } = new AuthenticatedClient({
    baseUrl: server.url,
    token: "t0ken",
  });
  const methods = [unitJobs.get, unitJobs.results, unitJobs.delete, upscaleTasks.get];
  for (const id of ["../1", "1", 0, -1, 1.5, NaN, 2 ** 53, null, undefined, { id: "1" }, {}]) {
    for (const method of methods) {
      await assertRejects(
        () => Reflect.apply(method, undefined, [id]),
        RequestInvalidError,
        "id: expected a positive integer, or a ",
      );
    }
  }
  await assertRejects(
    () => Reflect.apply(unitJobs.get, undefined, ["../1"]),
    RequestInvalidError,
    'got the string "../1"',
  );
  assertEquals(server.seen.length, 0);
});

test("jobsStatus.get() refuses a filter that the service does not know", async () => {
  await using server = serve(() => Response.json({}));
  const { jobsStatus } = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  for (const filter of ["nope", ["processing", "nope"], [], [5]]) {
    await assertRejects(
      () => Reflect.apply(jobsStatus.get, undefined, [{ filter }]),
      RequestInvalidError,
      "filter",
    );
  }
  assertEquals(server.seen.length, 0);
});

const CLIENTS: readonly (readonly [rule: string, options: object, says: string])[] = [
  [
    "a base URL without scheme",
    { baseUrl: "dispatch.example.test" },
    'baseUrl: expected an absolute URL such as https://dispatch.example.test, got the string "dispatch.example.test": write https:// before it',
  ],
  [
    "no base URL",
    { baseUrl: undefined },
    "baseUrl: expected an absolute URL such as https://dispatch.example.test, got nothing",
  ],
  [
    "a base URL of another scheme",
    { baseUrl: "ftp://x.test" },
    "baseUrl: expected an absolute URL",
  ],
  [
    "a base URL with a password",
    { baseUrl: "https://me:pw@x.test" },
    "got one with a user name or password in it",
  ],
  [
    "a base URL with a query",
    { baseUrl: "https://x.test/?a=1" },
    "got one with a query or fragment",
  ],
  [
    "http to another machine with a token",
    { baseUrl: "http://x.test" },
    "baseUrl: expected https: for x.test",
  ],
  ["an empty token", { token: "" }, "token: expected a token, got an empty string"],
  ["a blank token", { token: " \n" }, "token: expected a token, got an empty string"],
  ["no token", { token: undefined }, "token: expected a string or a function, got nothing"],
  [
    "a token that is no text",
    { token: 5 },
    "token: expected a string or a function, got the number 5",
  ],
  ["a token with a line break in it", { token: "a\nb" }, "token: expected a token on one line"],
  [
    "a token with its prefix",
    { token: "Bearer abc" },
    'token: expected a token without "Bearer" before it',
  ],
  [
    "a timeout of 0",
    { timeout: 0 },
    "timeout: expected milliseconds above 0, or null for none, got the number 0",
  ],
  [
    "a timeout that is NaN",
    { timeout: NaN },
    "timeout: expected milliseconds above 0, or null for none, got NaN",
  ],
  [
    "a negative number of repeats",
    { retry: { limit: -1 } },
    "retry.limit: expected a whole number from 0",
  ],
  [
    "a header with a line break",
    { headers: { "X-A": "a\r\nb" } },
    'headers["X-A"]: expected the name and value of a header',
  ],
  [
    "a cookie with a semicolon",
    { cookies: { a: "b;c" } },
    'cookies["a"]: expected a cookie\'s name and value',
  ],
];

for (const [rule, options, says] of CLIENTS) {
  test(`AuthenticatedClient refuses ${rule}`, () => {
    const all = { baseUrl: "https://dispatch.example.test", token: "t0ken", ...options };
    const error = assertThrows(
      () => Reflect.construct(AuthenticatedClient, [all]),
      RequestInvalidError,
      says,
    );
    assertEquals(error.issues.length, 1);
  });
}

test("AuthenticatedClient allows http to loopback, and elsewhere when it is told to", () => {
  for (const host of ["localhost:1", "127.0.0.1", "127.9.9.9", "[::1]:8", "api.localhost"]) {
    new AuthenticatedClient({ baseUrl: `http://${host}`, token: "t0ken" });
  }
  new AuthenticatedClient({ baseUrl: "http://x.test", token: "t0ken", allowInsecure: true });
  new Client({ baseUrl: "http://x.test" });
  for (const host of ["127.0.0.1.x.test", "localhost.x.test", "128.0.0.1"]) {
    assertThrows(
      () => new AuthenticatedClient({ baseUrl: `http://${host}`, token: "t0ken" }),
      RequestInvalidError,
    );
  }
});

test("get() says what to write in the place of what is no job", async () => {
  await using server = serve(() => Response.json({}));
  const { unitJobs } = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const cases: readonly (readonly [given: unknown, advice: string])[] = [
    ["42", 'got the string "42": write 42, without quotes'],
    [undefined, "got nothing: the cell or the line that was to bring the job may not have run"],
    [null, "got null: the cell or the line"],
    [Promise.resolve({ id: 1 }), "got nothing: await the call first"],
    [{ ok: true, parsed: { id: 1 } }, "got nothing: it is the whole answer, whose `parsed` has it"],
    [[{ id: 1 }], "got nothing: give one job at a time"],
    [unitJobs.get, "got a function: call it first"],
  ];
  for (const [given, advice] of cases) {
    for (const call of [unitJobs.get, unitJobs.results]) {
      await assertRejects(
        () => Reflect.apply(call, undefined, [given]),
        RequestInvalidError,
        advice,
      );
    }
  }
  assertEquals(server.seen, []);
});

type Misuse = readonly [
  call: (...given: never[]) => unknown,
  given: readonly unknown[],
  problem: string,
];

test("calls refuse options that nobody knows", async () => {
  await using server = serve(() => Response.json({}));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const { unitJobs, jobsStatus } = client;
  const cases: readonly Misuse[] = [
    [
      jobsStatus.get,
      [{ filters: ["processing"] }],
      'filters: no such option; did you mean "filter"?',
    ],
    [jobsStatus.get, [{ filter: "proccessing" }], 'did you mean "processing"?'],
    [unitJobs.get, [1, { time_out: 5 }], 'time_out: no such option; did you mean "timeout"?'],
    [
      unitJobs.get,
      [1, AbortSignal.timeout(9)],
      "expected options, got an AbortSignal: write { signal }",
    ],
    [unitJobs.create, [JOB_REQUEST, { chek: true }], 'chek: no such option; did you mean "check"?'],
    [unitJobs.createSync, [JOB_REQUEST, { streams: true }], 'did you mean "stream"?'],
    [
      unitJobs.check,
      [JOB_REQUEST, { extras: [] }],
      'extras: no such option; did you mean "extra"?',
    ],
    [
      unitJobs.create,
      [{ ...JOB_REQUEST, parameters: { day: new Date(0) } }],
      'parameters.day: expected a JSON value, got a Date object: write it as text, such as "1970-01-01"',
    ],
    [unitJobs.create, [{ ...JOB_REQUEST, format: "GTiff" }], 'did you mean "gtiff"?'],
    [unitJobs.create, [{ ...JOB_REQUEST, label: "openEO" }], 'did you mean "openeo"?'],
    [
      unitJobs.create,
      [{ ...JOB_REQUEST, service: { ...JOB_REQUEST.service, namespase: "apex" } }],
      "service.namespase: no such field",
    ],
  ];
  for (const [call, given, problem] of cases) {
    await assertRejects(
      () => Reflect.apply(call, undefined, [...given]),
      RequestInvalidError,
      problem,
    );
  }
  assertEquals(server.seen, []);
});
