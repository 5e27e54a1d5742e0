import { assert, assertEquals } from "@std/assert";
import { type Sandbox, startSandbox } from "../../src/sandbox/mod.ts";
import type { SandboxService } from "../../src/sandbox/service/world.ts";
import { test } from "../support/test.ts";
import { at, difference, type Exchange, exchanges, shapeOf } from "./support.ts";

const PLATFORM = "http://127.0.0.1:18082";

/** The processes that stood behind the recordings, as far as a request without state meets them. */
const SERVICES: readonly SandboxService[] = [
  openeo("demo.json", {
    parameters: [{
      name: "spatial_extent",
      type: "bounding-box",
      optional: false,
      description: "The area",
    }],
  }),
  openeo("max_ndvi.json", {
    parameters: [
      {
        name: "bbox",
        type: "bounding-box",
        optional: false,
        description:
          "Spatial extent specified as a bounding box with 'west', 'south', 'east' and 'north' fields.",
        default: null,
        options: [],
      },
      {
        name: "temporal_extent",
        type: "date-interval",
        optional: false,
        description:
          "Temporal extent specified as two-element array with start and end date/date-time.",
        default: null,
        options: [],
      },
    ],
  }),
  openeo("absent.json", {
    error: `404 Client Error: Not Found for url: ${PLATFORM}/udp/absent.json`,
  }),
  openeo("noid.json", {
    error: `No 'id' field found in process definition at ${PLATFORM}/udp/noid.json`,
  }),
  openeo("nodesc.json", {
    error:
      "1 validation error for Parameter\ndescription\n  Input should be a valid string [type=string_type, input_value=None, input_type=NoneType]\n    For further information visit https://errors.pydantic.dev/2.13/v/string_type",
  }),
  openeo("oddschema.json", { error: "Unsupported parameter schemas: [{'type': 'object'}]" }),
];

function openeo(file: string, rest: Partial<SandboxService>): SandboxService {
  const service = { endpoint: PLATFORM, application: `${PLATFORM}/udp/${file}` };
  return { label: "openeo", service, ...rest };
}

/** The requests that were recorded with a token that did not hold. */
const BAD_TOKEN = /garbage-token|expired|unknown-kid|wrong-issuer/;

/** A header's text as bytes, one a character, as `fetch` takes it. */
function byteString(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

async function replay(sandbox: Sandbox, { name, request }: Exchange): Promise<Response> {
  const token = BAD_TOKEN.test(name)
    ? "garbage"
    : name.includes("other-user")
    ? sandbox.otherToken
    : sandbox.token;
  const headers = new Headers();
  for (const [key, value] of Object.entries(request.headers)) {
    headers.set(key, byteString(value.replace("<token>", token)));
  }
  return await fetch(sandbox.url + request.path, {
    method: request.method,
    headers,
    redirect: "manual",
    // Bytes, because fetch would give text a content type of its own.
    ...(request.text !== null && { body: new TextEncoder().encode(request.text) }),
  });
}

/** Headers that have to be as recorded; of others only the names count. */
const EXACT = ["content-type", "vary", "allow", "www-authenticate", "access-control-allow-origin"];

test("startSandbox() answers recorded requests as the service did", async () => {
  await using sandbox = startSandbox({ services: SERVICES, lenient: true });
  const all = await exchanges("wire");
  assert(all.length > 90, `${all.length} exchanges`);
  for (const exchange of all) {
    const { name, request, response: wanted } = exchange;
    const response = await replay(sandbox, exchange);
    const text = await response.text();
    const message = `${name}: ${text.slice(0, 500)}`;
    assertEquals(response.status, wanted.status, message);
    for (const header of EXACT) {
      assertEquals(response.headers.get(header), wanted.headers[header] ?? null, message);
    }
    for (const header of Object.keys(wanted.headers)) {
      assert(response.headers.has(header), `${name} has no ${header}`);
    }
    assertEquals(
      response.headers.has("x-correlation-id"),
      "x-correlation-id" in wanted.headers,
      message,
    );
    const sent = request.headers["x-correlation-id"];
    if (sent !== undefined) {
      assertEquals(response.headers.get("x-correlation-id"), byteString(sent), message);
    }
    compareBodies(exchange, text);
  }
});

function compareBodies(
  { name, response: { status, headers, body: wanted } }: Exchange,
  text: string,
) {
  if (!headers["content-type"]?.startsWith("application/json") || wanted === "") {
    assertEquals(text, wanted ?? "", name);
    return;
  }
  const body: unknown = JSON.parse(text);
  if (name.startsWith("tiles-") || status === 422) {
    // Everything: the order, the types and the numbers of tiles, the wording of every problem.
    const [got, expected] = [body, wanted].map((value) =>
      Object.entries(Object(value)).filter(([key]) => key !== "request_id")
    );
    assertEquals(difference(got, expected), undefined, name);
    return;
  }
  // Lists of a user's work depend on what was there; in a fresh sandbox there is none.
  if (name.startsWith("jobs-status-")) {
    assertEquals(Object.keys(Object(body)), Object.keys(Object(wanted)), name);
  } else assertEquals(shapeOf(body), shapeOf(wanted), name);
  assertEquals(at(body, "error_code"), at(wanted, "error_code"), name);
  if (at(wanted, "error_code") === undefined) {
    if (status >= 400) assertEquals(withoutDates(text), withoutDates(JSON.stringify(wanted)), name);
    return;
  }
  assertEquals(at(body, "message"), at(wanted, "message"), name);
  const reason = at(wanted, "details", "error");
  if (typeof reason === "string" && !reason.includes("[SQL:")) {
    const got = at(body, "details", "error");
    assertEquals(withoutDates(String(got)), withoutDates(reason), name);
  }
}

/** A platform's words without what changes from platform to platform. */
function withoutDates(text: string): string {
  return text.replaceAll(/'(?:Date|Server|Content-Length)': '[^']*'(?:, )?/g, "");
}

test("startSandbox() hands a correlation id back as the service decodes it", async () => {
  await using sandbox = startSandbox();
  const response = await fetch(`${sandbox.url}/unit_jobs/9`, {
    headers: {
      authorization: `Bearer ${sandbox.token}`,
      "x-correlation-id": byteString("é€"),
    },
  });
  assertEquals(at(await response.json(), "request_id"), byteString("é€"));
});
