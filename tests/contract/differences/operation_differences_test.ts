import { assertEquals } from "@std/assert";
import { operations } from "../../../src/api/operations.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { test } from "../../support/test.ts";
import { formatDifference } from "./difference.ts";
import { differences } from "./differences.ts";
import { at, type Case, contractDocument } from "../fixture.ts";

function lines(document: unknown): string[] {
  return differences(document, { operations, schemas }).map(formatDifference);
}

const CASES: readonly Case[] = [
  {
    name: "an operation more",
    change: at("paths", (paths) => paths["/quota"] = { get: { responses: {} } }),
    expected: ["GET /quota: operation is in the contract and not here"],
  },
  {
    name: "an operation less",
    change: at("paths", (paths) => delete paths["/params"]),
    expected: ["POST /params: operation is here and not in the contract"],
  },
  {
    name: "another method",
    change: at("paths./tiles", (item) => {
      item["put"] = item["post"];
      delete item["post"];
    }),
    expected: [
      "POST /tiles: operation is here and not in the contract",
      "PUT /tiles: operation is in the contract and not here",
    ],
  },
  {
    name: "another path",
    change: at("paths", (paths) => {
      paths["/v2/tiles"] = paths["/tiles"];
      delete paths["/tiles"];
    }),
    expected: [
      "POST /tiles: operation is here and not in the contract",
      "POST /v2/tiles: operation is in the contract and not here",
    ],
  },
  {
    name: "a token where none was needed",
    change: at("paths./tiles.post", (operation) => {
      operation["security"] = [{ OAuth2AuthorizationCodeBearer: [] }];
    }),
    expected: ["POST /tiles: needs a token in the contract and not here"],
  },
  {
    name: "no token any more",
    change: at("paths./params.post", (operation) => delete operation["security"]),
    expected: ["POST /params: needs a token here and not in the contract"],
  },
  {
    name: "a token that can be left out",
    change: at("paths./params.post", (operation) => {
      operation["security"] = [{ OAuth2AuthorizationCodeBearer: [] }, {}];
    }),
    expected: ["POST /params: needs a token here and can do without in the contract"],
  },
  {
    name: "an API key in the place of the token",
    change: at("components.securitySchemes", (schemes) => {
      schemes["OAuth2AuthorizationCodeBearer"] = { type: "apiKey", in: "header", name: "X-Key" };
    }),
    expected: Object.values(operations).filter(({ auth }) => auth).map(({ method, path }) =>
      `${method} ${path}: needs "OAuth2AuthorizationCodeBearer" in the contract, which is no bearer token`
    ),
  },
  {
    name: "another success status",
    change: at("paths./unit_jobs.post.responses", (responses) => {
      responses["202"] = responses["201"];
      delete responses["201"];
    }),
    expected: [
      "POST /unit_jobs: success status 202 is in the contract and not here",
      "POST /unit_jobs: success status 201 is here and not in the contract",
    ],
  },
  {
    name: "another error body",
    change: at("paths./unit_jobs.post.responses.500.content", (content) => {
      content["application/json"] = { schema: { $ref: "#/components/schemas/Asset" } };
    }),
    expected: [
      "POST /unit_jobs: status 500 is Asset in the contract, and errors are read as ErrorResponse or HTTPValidationError here",
    ],
  },
  {
    name: "a query parameter more, less, and of another kind",
    change: at("paths./jobs_status.get", (operation) => {
      operation["parameters"] = [{ name: "limit", in: "query", schema: { type: "integer" } }];
    }),
    expected: [
      'GET /jobs_status: query parameter "limit" (integer) is in the contract and not here',
      'GET /jobs_status: query parameter "filter" is here and not in the contract',
    ],
  },
  {
    name: "a query parameter that cannot be repeated",
    change: at("paths./jobs_status.get.parameters.0", (parameter) => {
      parameter["schema"] = { type: "string" };
    }),
    expected: [
      'GET /jobs_status query parameter "filter": is string in the contract and array here',
    ],
  },
  {
    name: "a query parameter of other words",
    change: at("paths./jobs_status.get.parameters.0.schema", (schema) => {
      schema["items"] = { type: "string", enum: ["upscaling", "processing", "all"] };
    }),
    expected: [
      'GET /jobs_status query parameter "filter"[]: value "all" is in the contract and not here',
    ],
  },
  {
    name: "a header that is asked for",
    change: at("paths./tiles.post", (operation) => {
      operation["parameters"] = [{ name: "X-Project", in: "header", schema: { type: "string" } }];
    }),
    expected: [
      'POST /tiles: header parameter "X-Project" (string) is in the contract and not here',
    ],
  },
  {
    name: "an id that is no integer",
    change: at("paths./upscale_tasks/{task_id}.get.parameters.0.schema", (schema) => {
      schema["type"] = "string";
    }),
    expected: [
      'GET /upscale_tasks/{task_id}: path parameter "task_id" is string in the contract and integer here',
    ],
  },
  {
    name: "another request",
    change: at("paths./params.post.requestBody.content.application/json", (json) => {
      json["schema"] = { $ref: "#/components/schemas/ServiceDetails" };
    }),
    expected: [
      'POST /params request: field "endpoint" (string) is in the contract and not here',
      'POST /params request: field "namespace" (string or null) is in the contract and not here',
      'POST /params request: field "application" (string) is in the contract and not here',
      'POST /params request: field "label" (ProcessTypeEnum) is here and not in the contract',
      'POST /params request: field "service" (object) is here and not in the contract',
    ],
  },
  {
    name: "an answer that cannot be null any more",
    change: at("paths./unit_jobs/{job_id}/results.get.responses.200.content.application/json", (
      json,
    ) => json["schema"] = { $ref: "#/components/schemas/Collection" }),
    expected: [
      "GET /unit_jobs/{job_id}/results answer: can be null here and not in the contract",
    ],
  },
  {
    name: "an answer where the contract said nothing",
    change: at("paths./health.get.responses.200.content.application/json", (json) => {
      json["schema"] = { type: "object", properties: { status: { type: "string" } } };
    }),
    expected: [
      "GET /health answer: object is in the contract, which is held to leave it open here",
      'GET /health answer: field "status" is optional in the contract and required here',
      'GET /health answer: field "database" (object) is here and not in the contract',
    ],
  },
  {
    name: "a picture where JSON was expected",
    change: at("paths./sync_jobs.post.responses.201.content", (content) => {
      content["image/tiff"] = {};
    }),
    expected: ['POST /sync_jobs answer: media type "image/tiff" is in the contract and not here'],
  },
];

for (const { name, change, expected } of CASES) {
  test(`differences() names ${name}`, () => {
    const document = contractDocument();
    change(document);
    assertEquals(lines(document), expected);
  });
}
