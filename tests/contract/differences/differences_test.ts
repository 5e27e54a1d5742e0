import { assertEquals, assertThrows } from "@std/assert";
import * as z from "zod/mini";
import { operations } from "../../../src/api/operations.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { test } from "../../support/test.ts";
import { formatDifference } from "./difference.ts";
import { differences } from "./differences.ts";
import { list } from "../document.ts";
import { at, child, contractDocument } from "../fixture.ts";
import type { Holdings } from "../our_document.ts";

function lines(document: unknown, holdings: Holdings = { operations, schemas }): string[] {
  return differences(document, holdings).map(formatDifference);
}

test("differences() finds none between the package and version 0.7.2", () => {
  assertEquals(lines(contractDocument()), []);
});

test("differences() refuses what is no OpenAPI 3.1 document", () => {
  for (const value of [null, [], "openapi", {}, { openapi: "3.0.3" }, { swagger: "2.0" }]) {
    assertThrows(
      () => differences(value, { operations, schemas }),
      TypeError,
      "Cannot compare: expected an OpenAPI 3.1 document",
    );
  }
});

test("differences() names an empty contract's every missing part", () => {
  const found = lines({ openapi: "3.1.0", info: { version: "development" } });
  const count = Object.keys(operations).length + Object.keys(schemas).length;
  assertEquals(found.length, count);
  assertEquals(found[0], "GET /health: operation is here and not in the contract");
});

test("differences() takes another wording of the same shape for equal", () => {
  const document = contractDocument();
  at("components.schemas.ProcessingJob.properties", (fields) => {
    fields["title"] = { allOf: [{ type: "string" }], description: "Other words", maxLength: 3 };
    fields["status"] = { oneOf: [{ $ref: "#/components/schemas/ProcessingStatusEnum" }] };
    fields["service"] = { allOf: [{ $ref: "#/components/schemas/ServiceDetails" }] };
  })(document);
  at("components.schemas.ServiceDetails.properties", (fields) => {
    fields["namespace"] = { type: ["null", "string"], default: "apex" };
  })(document);
  at("paths./unit_jobs/{job_id}", (item) => {
    item["parameters"] = [{ $ref: "#/components/parameters/Job" }];
    delete child(item, "get")["parameters"];
    delete child(item, "delete")["parameters"];
  })(document);
  at("components", (components) => {
    components["parameters"] = { Job: { name: "job_id", in: "path", schema: { type: "integer" } } };
  })(document);
  assertEquals(lines(document), []);
});

test("differences() reads a schema that refers to itself", () => {
  const document = contractDocument();
  at("components.schemas", (all) => {
    all["Tree"] = { anyOf: [{ $ref: "#/components/schemas/Tree" }, { type: "null" }] };
    all["Geometries"] = structuredClone(all["GeometryCollection"]);
    const items = child(
      child(child(child(all, "Geometries"), "properties"), "geometries"),
      "items",
    );
    items["oneOf"] = [
      ...list(items["oneOf"]).slice(0, 6),
      { $ref: "#/components/schemas/Geometries" },
    ];
    child(child(all, "Extent"), "properties")["spatial"] = { $ref: "#/components/schemas/Tree" };
  })(document);
  at("paths./tiles.post.responses.201.content.application/json", (json) => {
    json["schema"] = { $ref: "#/components/schemas/Geometries" };
  })(document);
  assertEquals(lines(document), [
    "Extent.spatial: cannot be compared, because of a reference that leads to itself",
    "Tree: schema is in the contract and not here",
    "Geometries (POST /tiles answer): schema is in the contract and not here",
  ]);
});

test("differences() names what our side has changed", () => {
  const { label, ...shape } = z.object({
    label: z.string(),
    status: z.string(),
  }).shape;
  const changed = {
    ...schemas,
    ProcessTypeEnum: label,
    ComponentHealth: z.object(shape),
    Provider: z.strictObject({ name: z.string(), url: z.number(), mail: z.optional(z.string()) }),
  };
  const found = lines(contractDocument(), { operations, schemas: changed });
  assertEquals(found.filter((line) => /^(Provider|ProcessTypeEnum|ComponentHealth)\b/.test(line)), [
    'ProcessTypeEnum: is one of "openeo", "ogc_api_process" in the contract and string here',
    'Provider: field "description" (string or null) is in the contract and not here',
    'Provider: field "roles" (array or null) is in the contract and not here',
    'Provider: field "url" is optional in the contract and required here',
    "Provider.url: can be null in the contract and not here",
    "Provider.url: is string in the contract and number here",
    'Provider: field "mail" (string) is here and not in the contract',
    "Provider: further fields are not spoken of in the contract and further fields are refused here",
    "ComponentHealth: schema is here and not in the contract",
  ]);
});

test("differences() names an operation of ours that has changed", () => {
  const changed = {
    ...operations,
    getJobsStatus: { ...operations.getJobsStatus, method: "POST" as const },
    splitTiles: { ...operations.splitTiles, success: 200 as const },
    deleteUnitJob: { ...operations.deleteUnitJob, path: "/unit_jobs/{id}" },
  };
  assertEquals(lines(contractDocument(), { operations: changed, schemas }), [
    'DELETE /unit_jobs/{job_id}: path parameter "job_id" (integer) is in the contract and not here',
    'DELETE /unit_jobs/{job_id}: path parameter "id" is here and not in the contract',
    "POST /jobs_status: operation is here and not in the contract",
    "POST /tiles: success status 201 is in the contract and not here",
    "POST /tiles: success status 200 is here and not in the contract",
    "GET /jobs_status: operation is in the contract and not here",
  ]);
});
