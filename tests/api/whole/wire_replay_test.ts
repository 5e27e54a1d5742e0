import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import {
  type ApiPromise,
  AuthenticatedClient,
  DispatchError,
  HttpError,
  RequestInvalidError,
  ResponseInvalidError,
} from "../../../mod.ts";
import {
  AuthenticationError,
  NotFoundError,
  PermissionError,
  ServerError,
  ValidationError,
} from "../../../mod.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { wireBody, type WireExchange, wireExchanges } from "../../support/wire.ts";

const SQUARE = {
  type: "Polygon",
  coordinates: [[[4, 51], [5, 51], [5, 52], [4, 52], [4, 51]]],
} as const;
const TASK_REQUEST = { ...JOB_REQUEST, dimension: { name: "bbox", values: [[0, 0, 1, 1]] } };

/** Answers to calls that create after which a job may exist; any other proves that none does. */
const MAY_EXIST = new Set([
  "stale-db-create",
  "surrogate-parameters",
  "title-256",
  "unit-create-db-down",
  "unit-create-form",
  "unit-create-json-as-text-plain",
  "unit-create-nan-invalid",
  "unit-create-no-content-type",
  "unit-create-ogc-crash",
  "unit-create-token-no-sub",
]);

/** The call whose answers have the form of the answers to this request, with a body that is sound. */
function callFor(
  client: AuthenticatedClient,
  { request: { method, path }, response }: WireExchange,
): ApiPromise<unknown> {
  const told: unknown = Object(response.body).id;
  const id = typeof told === "number" ? told : 1;
  switch (`${method} ${path.replace(/\?.*$/, "").replace(/\/-?[\d.]+/, "/{id}")}`) {
    case "POST /unit_jobs":
      return client.unitJobs.create(JOB_REQUEST);
    case "GET /unit_jobs/{id}/results":
      return client.unitJobs.results(id);
    case "DELETE /unit_jobs/{id}":
      return client.unitJobs.delete(id);
    case "POST /sync_jobs":
      return client.unitJobs.createSync(JOB_REQUEST);
    case "POST /params":
      return client.unitJobs.parameters(JOB_REQUEST);
    case "POST /upscale_tasks":
      return client.upscaleTasks.create(TASK_REQUEST);
    case "GET /upscale_tasks/{id}":
      return client.upscaleTasks.get(id);
    case "GET /jobs_status":
      return client.jobsStatus.get();
    case "POST /tiles":
      return client.tiles.split({ aoi: SQUARE, grid: "20x20km" });
    case "GET /health":
      return client.health();
    default:
      // A request that no client makes: its answer must do no harm to one that is made.
      return client.unitJobs.get(id);
  }
}

function errorClass(status: number) {
  if (status >= 500) return ServerError;
  const classes: Record<number, typeof HttpError> = {
    401: AuthenticationError,
    403: PermissionError,
    404: NotFoundError,
    422: ValidationError,
  };
  return classes[status] ?? HttpError;
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/;

/** A value with its timestamps as the instants they are: without an offset, in UTC. */
function instants(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, field) => {
    const match = typeof field === "string" ? TIMESTAMP.exec(field) : null;
    return match === null ? field : Date.parse(match[1] === undefined ? `${field}Z` : field);
  });
}

for (const exchange of wireExchanges()) {
  const { name, request, response } = exchange;
  test(`AuthenticatedClient reads the recorded answer "${name}"`, async () => {
    await using server = serve(() =>
      new Response([204, 304].includes(response.status) ? null : wireBody(response), {
        status: response.status,
        headers: Object.entries(response.headers).filter(([header, value]) =>
          header !== "content-length" && /^[\x20-\xff]*$/.test(value)
        ),
      })
    );
    const client = new AuthenticatedClient({
      baseUrl: server.url,
      token: "t0ken-of-a-user",
      retry: false,
    });
    const call = callFor(client, exchange);

    if (
      response.status >= 200 && response.status < 300 &&
      !(typeof response.body === "string" && !request.path.startsWith("/sync_jobs"))
    ) {
      const { status, parsed, requestId } = await call.detailed();
      assertEquals(status, response.status);
      assertEquals(requestId, response.headers["x-correlation-id"]);
      if (request.path === "/sync_jobs") {
        const result = Object(parsed);
        const wanted = typeof response.body === "string"
          ? { kind: "bytes", data: new TextEncoder().encode(response.body) }
          : { kind: "json", data: response.body };
        assertEquals({ kind: result.kind, data: result.data }, wanted);
      } else assertEquals(instants(parsed), instants(response.body));
      return;
    }

    const error: unknown = await call.then(() => undefined, (thrown: unknown) => thrown);
    assertInstanceOf(error, DispatchError);
    if (response.status < 300) {
      assertInstanceOf(error, ResponseInvalidError);
      return;
    }
    assertInstanceOf(error, errorClass(response.status));
    const told = Object(response.body);
    const found = Object(error);
    assertEquals(found.status, response.status);
    assertEquals(found.errorCode, told.error_code);
    assertEquals(
      found.requestId,
      told.request_id ?? response.headers["x-correlation-id"] ?? found.requestId,
    );
    const creates = server.seen[0]?.method === "POST" &&
      /^\/(unit_jobs|sync_jobs|upscale_tasks)$/.test(server.seen[0].path);
    const outcome = MAY_EXIST.has(name) ? "unknown" : "refused";
    assertEquals(found.outcome, creates ? outcome : undefined);
    if (response.status !== 400) assert(found.hint?.length > 20, `no hint for ${name}`);
    if (response.status === 422) {
      assertEquals(found.issues.length, told.details.errors.length);
      for (const { path } of found.issues) assert(found.message.includes(`\n  ${path}: `));
    }
  });
}

test("AuthenticatedClient sends the recorded requests as they were, or says why not", async () => {
  await using server = serve(() => Response.json({}, { status: 418 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken-of-a-user" });
  const calls: Record<string, (body: never) => ApiPromise<unknown>> = {
    "/unit_jobs": client.unitJobs.create,
    "/sync_jobs": client.unitJobs.createSync,
    "/upscale_tasks": client.upscaleTasks.create,
    "/params": client.unitJobs.parameters,
    "/tiles": client.tiles.split,
  };
  const refused: Record<string, readonly string[]> = {};
  for (const { name, request } of wireExchanges()) {
    const call = calls[request.path];
    if (request.method !== "POST" || call === undefined) continue;
    const before = server.seen.length;
    const error: unknown = await Reflect.apply(call, undefined, [request.body])
      .then(() => undefined, (thrown: unknown) => thrown);
    if (error instanceof RequestInvalidError) {
      assertEquals(server.seen.length, before);
      refused[name] = error.issues.map(({ path }) => path);
    } else assertEquals(JSON.parse(server.seen[before]?.body ?? ""), request.body);
  }
  assertEquals(refused, EXPECTED_REFUSALS);
});

const POINTS = [0, 1, 2, 3].flatMap((position) =>
  [0, 1].map((axis) => `aoi.coordinates[0][${position}][${axis}]`)
);

const EXPECTED_REFUSALS: Record<string, readonly string[]> = {
  "ns-slash-create": ["service.namespace"],
  "params-missing": ["service"],
  "surrogate-parameters": ["parameters.x"],
  "tiles-empty-ring": ["aoi.coordinates[0]"],
  "tiles-grid-wrong": ["grid"],
  "tiles-nan": ["aoi.coordinates[0][0][0]", "aoi.coordinates[0][3][0]"],
  "tiles-strings": POINTS,
  "title-256": ["title"],
  "unit-create-empty-body": [""],
  "unit-create-form": [""],
  "unit-create-missing-fields": ["label", "service", "parameters", "format"],
  "unit-create-nan-invalid": ["title", "label", "service", "parameters", "format"],
  "unit-create-trailing-slash": ["service.endpoint"],
  "unit-create-validation-no-token": ["label", "service", "parameters", "format"],
  "unit-create-wrong-types": ["title", "parameters"],
  "upscale-create-no-dimension": ["dimension"],
  "upscale-create-no-values": ["dimension.values"],
  "upscale-create-title-245": ["title"],
};
