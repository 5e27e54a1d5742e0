import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import {
  AuthenticatedClient,
  AuthenticationError,
  DispatchError,
  HttpError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "../../../mod.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { serve, serveRaw } from "../../support/server.ts";
import { test } from "../../support/test.ts";

const HTML = { headers: { "Content-Type": "text/html" } };

/** What `unitJobs.get()`, or `create()`, makes of an answer. */
async function errorOf(
  answer: () => Response,
  what: "get" | "create" = "get",
): Promise<HttpError> {
  await using server = serve(answer);
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
  return await assertRejects(
    () => what === "get" ? client.unitJobs.get(42) : client.unitJobs.create(JOB_REQUEST),
    HttpError,
  );
}

/** The service's own shape of an error. */
function own(
  status: number,
  code: string,
  message: string,
  details: unknown = null,
): () => Response {
  const body = { status: "error", error_code: code, message, details, request_id: "c-1" };
  return () => Response.json(body, { status });
}

function lines(error: HttpError): string[] {
  return error.message.split("\n  ");
}

test("readFailure() gives an error the class of its status", async () => {
  const classes = [
    [400, HttpError],
    [401, AuthenticationError],
    [403, PermissionError],
    [404, NotFoundError],
    [418, HttpError],
    [422, ValidationError],
    [429, RateLimitError],
    [500, ServerError],
    [503, ServerError],
    [599, ServerError],
  ] as const;
  for (const [status, constructor] of classes) {
    const error = await errorOf(() => new Response("no", { status }));
    assertEquals(error.constructor, constructor);
    assertInstanceOf(error, HttpError);
    assertInstanceOf(error, DispatchError);
    assertEquals([error.name, error.status], [constructor.name, status]);
    assert(error.stack?.startsWith(`${constructor.name}: Cannot get unit job 42`));
  }
});

test("readFailure() reads the service's own shape: code, details, request id", async () => {
  const error = await errorOf(own(404, "JOB_NOT_FOUND", "The requested job was not found."));
  assertEquals([error.errorCode, error.requestId, error.details], [
    "JOB_NOT_FOUND",
    "c-1",
    undefined,
  ]);
  assertEquals(lines(error), [
    "Cannot get unit job 42: the service answered 404 JOB_NOT_FOUND: The requested job was not found",
    `What to do: ${error.hint}`,
    "Request id: c-1",
  ]);
  assertEquals(JSON.parse(error.content).error_code, "JOB_NOT_FOUND");
  assert(!Deno.inspect(error).includes("content:"));
});

test("readFailure() names what the service found wrong by its path, as one would type it", async () => {
  const errors = [
    { type: "missing", loc: ["body", "service"], msg: "Field required", input: {} },
    { type: "string_type", loc: ["body", "parameters", "my bands", 1], msg: "Not a string" },
    { type: "missing", loc: ["body"], msg: "Field required", input: null },
    { type: "enum", loc: ["query", "filter", 0], msg: "Input should be 'upscaling'" },
  ];
  const service = own(422, "VALIDATION_ERROR", "Request validation failed.", { errors });
  const documented = () => Response.json({ detail: errors }, { status: 422 });
  for (const answer of [service, documented]) {
    const error = await errorOf(answer, "create");
    if (!(error instanceof ValidationError)) throw error;
    assertEquals(error.issues, [
      { path: "service", message: "Field required" },
      { path: 'parameters["my bands"][1]', message: "Not a string" },
      { path: "body", message: "Field required" },
      { path: "query.filter[0]", message: "Input should be 'upscaling'" },
    ]);
    assert(error.message.includes(
      "Request validation failed:\n  service: Field required\n  parameters[",
    ));
    assertEquals(error.outcome, "refused");
  }
});

test("readFailure() reads the framework's shape", async () => {
  const error = await errorOf(() =>
    Response.json({ detail: "Not authenticated" }, { status: 401 })
  );
  assertEquals([error.errorCode, error.details], [undefined, { detail: "Not authenticated" }]);
  assertEquals(
    lines(error)[0],
    "Cannot get unit job 42: the service answered 401 Not authenticated",
  );
  assertEquals(lines(error).length, 3);
});

test("readFailure() takes the title of a proxy's page, or its words", async () => {
  const cases: [string, string][] = [
    [
      "<html><head><title>502 Bad\n Gateway</title></head><body>nginx</body></html>",
      'a page that says "502 Bad Gateway"',
    ],
    ["<h1>Try&nbsp;later &amp; again.</h1>", 'a page that says "Try later & again"'],
    ["<script>x()</script>", "a page without words"],
    ["", "an empty body"],
    [" \n", "an empty body"],
  ];
  for (const [body, said] of cases) {
    const error = await errorOf(() => new Response(body, { status: 502, ...HTML }));
    assertEquals(lines(error)[0], `Cannot get unit job 42: the service answered 502 with ${said}`);
    assertEquals(error.content, body);
  }
});

test("readFailure() quotes text, broken JSON, invalid UTF-8 and JSON of no known shape", async () => {
  const cases: [BodyInit, string][] = [
    ["upstream connect error.", "upstream connect error"],
    ['{"status":"err', '{"status":"err'],
    [new Uint8Array([0x6e, 0xff, 0x6f]), "n\ufffdo"],
    ["[]", "[]"],
    ["null", "null"],
    [
      '{"status":"error","error_code":5,"message":[]}',
      '{"status":"error","error_code":5,"message":[]}',
    ],
  ];
  for (const [body, text] of cases) {
    const error = await errorOf(() => new Response(body, { status: 503 }));
    assertEquals(
      lines(error)[0],
      `Cannot get unit job 42: the service answered 503 with the text "${text}"`,
    );
  }
});

test("readFailure() reads the shapes of platforms, frameworks and proxies", async () => {
  const cases: [unknown, string][] = [
    [{ error: "busy" }, "busy"],
    [{ message: "no healthy upstream" }, "no healthy upstream"],
    [{ code: "Internal", message: "It broke." }, "Internal: It broke"],
    [{ code: 503, message: "Down" }, "Down"],
    [{ type: "about:blank", title: "Busy", status: 503, detail: "Until six." }, "Until six"],
    [{ type: "https://x.test/errors/too-busy", title: "Busy" }, "too-busy: Busy"],
    [{ detail: { code: "Internal", message: "It broke." } }, "Internal: It broke"],
    [{ detail: { error: { message: "<b>Deep</b>" } } }, "Deep"],
    [
      { error: "invalid_grant", error_description: "Session not active" },
      "invalid_grant: Session not active",
    ],
  ];
  for (const [body, said] of cases) {
    const error = await errorOf(() => Response.json(body, { status: 503 }));
    assertEquals(lines(error)[0], `Cannot get unit job 42: the service answered 503 ${said}`);
    assertEquals([error.errorCode, error.details], [undefined, body]);
  }
});

test("send() takes an error whose body is cut off for a lost connection", async () => {
  await using server = serveRaw(["HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\n{"]);
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
  await assertRejects(() => client.unitJobs.get(42), Error, "was lost");
});

test("readFailure() turns HTML in the service's words into text, with the address of its link", async () => {
  const error = await errorOf(own(
    401,
    "AUTHENTICATION_FAILED",
    "Please link your account with cdse in your <a href='https://auth.test/account'>Account Dashboard</a>",
  ));
  assertEquals(
    lines(error)[0],
    "Cannot get unit job 42: the service answered 401 AUTHENTICATION_FAILED: Please link your " +
      "account with cdse in your Account Dashboard (https://auth.test/account)",
  );
  assert(error.hint?.includes("a fresh token does not help"));
});

test("readFailure() puts the service's reason on a line of its own, and leaves out what follows the point", async () => {
  const reasons: [string, string][] = [
    [
      "(pymysql.err.DataError) (1406, \"Data too long for column 'title' at row 1\")\n[SQL: INSERT INTO x]\n[parameters: {'user_id': 'u-1'}]",
      "(pymysql.err.DataError) (1406, \"Data too long for column 'title' at row 1\")",
    ],
    ["It broke.\nTraceback (most recent call last):\n  File x", "It broke"],
  ];
  for (const [reason, shown] of reasons) {
    const error = await errorOf(
      own(500, "INTERNAL_ERROR", "An error occurred.", { error: reason }),
    );
    assertEquals(lines(error)[1], `Reason given: ${shown}`);
    assertEquals(error.details, { error: reason });
  }
});

test("readFailure() gives the platform's sentence as the headline, and says what the service made of it", async () => {
  const reasons: [string, string][] = [
    [
      "(503)\nReason: Service Unavailable\nHTTP response headers: HTTPHeaderDict({'Server': 'x'})\nHTTP response body: <html>",
      "the platform answered 503 Service Unavailable",
    ],
    [
      "(404)\nReason: Not Found\nHTTP response headers: x\nHTTP response body: type='t' status=404 detail='No process \\'x\\' here' instance=None",
      "the platform answered 404 No process 'x' here",
    ],
    ["[400] A\nX: y\u202e", "the platform answered 400 A X: y"],
  ];
  for (const [reason, shown] of reasons) {
    const error = await errorOf(
      own(500, "INTERNAL_ERROR", "An error occurred.", { error: reason }),
    );
    assertEquals(lines(error).slice(0, 2), [
      `Cannot get unit job 42: ${shown}`,
      "Passed on as: 500 INTERNAL_ERROR: An error occurred",
    ]);
    assertEquals(error.details, { error: reason });
  }
});

test("readFailure() makes no huge message of a huge error", async () => {
  const big = "x".repeat(300_000);
  const long = "x".repeat(3000);
  const errors = Array.from({ length: 500 }, () => ({ type: "t", loc: ["body", long], msg: long }));
  const bodies = [
    own(422, big, big, { errors, error: big }),
    own(500, "INTERNAL_ERROR", "<a href='".repeat(50_000), {
      error: `(500)\nReason: ${"\\".repeat(200_000)}`,
    }),
    own(500, "INTERNAL_ERROR", "x", { error: `(500)\nReason: x detail='${"\\".repeat(200_000)}` }),
    () => Response.json({ detail: big }, { status: 500 }),
    () => new Response(big, { status: 502 }),
    () => new Response("<title>".repeat(100_000), { status: 502, ...HTML }),
  ];
  for (const body of bodies) {
    const error = await errorOf(body);
    assert(error.message.length < 12_000, String(error.message.length));
  }
});

test("readFailure() lets no words command a terminal or forge a line", async () => {
  const error = await errorOf(
    own(400, "APEX_ERROR\u001b[2J", "bad\u001b[31m\n  What to do: pay\u202e"),
  );
  assertEquals(
    lines(error)[0],
    "Cannot get unit job 42: the service answered 400 APEX_ERROR: bad What to do: pay",
  );
});

test("readFailure() begins with a capital, has no full stop, and says what to do", async () => {
  for (let status = 300; status < 600; status += 1) {
    if (status === 304) continue;
    const error = await errorOf(() => new Response("It broke.", { status }));
    const [headline = "", ...rest] = lines(error);
    assert(/^[A-Z].*[^.]$/.test(headline), headline);
    assert(rest.some((line) => /^What to do: .{10,}[^.]$/.test(line)), error.message);
    assert(rest.at(-1)?.startsWith("Request id: "));
  }
});

test("readFailure() takes a Location for a redirect on a 3xx alone", async () => {
  for (const status of [400, 404, 503]) {
    const error = await errorOf(() =>
      Response.json({ message: "no" }, { status, headers: { Location: "https://x.test/" } })
    );
    assertEquals(lines(error)[0], `Cannot get unit job 42: the service answered ${status} no`);
  }
  const bare = await errorOf(() =>
    new Response(null, { status: 399, headers: { Location: "/x" } })
  );
  assertEquals(
    lines(bare)[0],
    "Cannot get unit job 42: the service answered 399 with a redirect to /x",
  );
});

test("readFailure() says where a redirect leads", async () => {
  const error = await errorOf(() =>
    new Response(null, { status: 307, headers: { Location: "https://x.test/?token=abc" } })
  );
  assertEquals(
    lines(error)[0],
    "Cannot get unit job 42: the service answered 307 with a redirect to https://x.test/?token=(hidden)",
  );
});

test("readFailure() takes a creation for unknown after every 5xx and a 408, and after a 401 and a 403 that may be a platform's", async () => {
  for (const status of [400, 401, 403, 404, 408, 409, 422, 429, 500, 501, 502, 503, 504, 599]) {
    const error = await errorOf(() => new Response("no", { status }), "create");
    const unknown = status >= 500 || [401, 403, 408].includes(status);
    assertEquals(error.outcome, unknown ? "unknown" : "refused", String(status));
    assertEquals(error.message.includes("look for its title in client.jobsStatus.get()"), unknown);
  }
});

test("detailed() gives the error's body by its model where it has one", async () => {
  const answers: [() => Response, unknown][] = [
    [own(404, "JOB_NOT_FOUND", "No."), "JOB_NOT_FOUND"],
    [() => Response.json({ detail: "Not Found" }, { status: 404 }), null],
    [() => new Response("no", { status: 404 }), null],
  ];
  for (const [answer, code] of answers) {
    await using server = serve(answer);
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    const response = await client.unitJobs.get(42).detailed();
    if (response.ok) throw new Error("It succeeded");
    const { parsed, error, status, content } = response;
    assertEquals(parsed !== null && "error_code" in parsed ? parsed.error_code : null, code);
    assertEquals(status, 404);
    assertInstanceOf(error, NotFoundError);
    assertEquals(new TextDecoder().decode(content), error.content);
  }
});
