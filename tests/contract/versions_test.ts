import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { operations } from "../../src/api/operations.ts";
import { schemas } from "../../src/models/schemas.ts";
import { since } from "../../src/models/schema/kinds.ts";
import { test } from "../support/test.ts";
import { compareSchemas } from "./compare.ts";
import { formatDifference } from "./differences/difference.ts";
import { differences } from "./differences/differences.ts";
import { record } from "./document.ts";
import { at, contractDocument, nextDocument } from "./fixture.ts";
import { ourDocument } from "./our_document.ts";
import { asOf, holdingsOf, versionOf } from "./versions.ts";

const holdings = { operations, schemas };

function lines(document: unknown): string[] {
  return differences(document, holdings).map(formatDifference);
}

test("versionOf() takes a document for the known version that is not newer", () => {
  const taken = (version: unknown) => versionOf({ info: { version } });
  for (const version of ["0.7.2", "v0.7.2", " 0.7.2 ", "0.7.2+build.5", "0.7.2-rc1"]) {
    assertEquals(taken(version).taken, "0.7.2", version);
  }
  for (const version of ["0.7", "0.6.9", "0.1.0"]) assertEquals(taken(version).taken, "0.7.2");
  for (const version of ["0.7.3", "0.8.0", "1.0.0", "0.10.0", "development", "main", "", 7, null]) {
    assertEquals(taken(version).taken, "development", String(version));
  }
  assertEquals(versionOf({}), { said: undefined, taken: "development" });
  assertEquals(versionOf({ info: { version: "0.8.0" } }).said, "0.8.0");
});

test("differences() finds none in the document after 0.7.2", () => {
  assertEquals(lines(nextDocument()), []);
});

test("differences() holds a document of 0.7.2 to what that version has, in both directions", () => {
  assertEquals(lines(contractDocument()), []);
  const early = nextDocument();
  at("info", (info) => info["version"] = "0.7.2")(early);
  assertEquals(lines(early), [
    "GET /statistics: operation is in the contract and not here",
    "EntityStatistics: schema is in the contract and not here",
    "UpscalingStatistics: schema is in the contract and not here",
    "PublicStatisticsResponse (GET /statistics answer): schema is in the contract and not here",
  ]);
  const late = contractDocument();
  at("info", (info) => delete info["version"])(late);
  assertEquals(lines(late), [
    "GET /statistics: operation is here and not in the contract",
    "EntityStatistics: schema is here and not in the contract",
    "PublicStatisticsResponse: schema is here and not in the contract",
    "UpscalingStatistics: schema is here and not in the contract",
  ]);
});

test("differences() names each thing that a newer document has more", () => {
  const newer = nextDocument();
  at("info", (info) => info["version"] = "0.9.0")(newer);
  at("components.schemas.ParamTypeEnum", (schema) => {
    schema["enum"] = [...z.array(z.string()).parse(schema["enum"]), "array-number"];
  })(newer);
  at("components.schemas.UpscalingTask.properties", (fields) => {
    fields["progress"] = { type: "number" };
  })(newer);
  at("paths./statistics.get.parameters.0", (parameter) => {
    parameter["schema"] = { type: "integer" };
  })(newer);
  at("paths", (paths) => paths["/unit_jobs/{job_id}/logs"] = { get: { responses: {} } })(newer);
  assertEquals(lines(newer), [
    'GET /statistics query parameter "date_from": is integer in the contract and string here',
    "GET /unit_jobs/{job_id}/logs: operation is in the contract and not here",
    'ParamTypeEnum: value "array-number" is in the contract and not here',
    'UpscalingTask (GET /upscale_tasks/{task_id} answer): field "progress" (number) is in the contract and not here',
  ]);
});

test("asOf() leaves out fields and words that came later, wherever they stand", () => {
  const kind = since(z.union([z.enum({ A: "a", B: "b" }), z.string()]), {
    wordsSince: { b: "development" },
  });
  const note = since(z.object({ text: z.string() }), { since: "development" });
  const Thing = z.object({ kind, items: z.array(z.object({ note, also: z.string() })) });
  const ours = { operations: {}, schemas: { Thing } };
  const there = z.object({
    kind: z.union([z.enum({ A: "a" }), z.string()]),
    items: z.array(z.object({ also: z.string() })),
  });
  const thing = (version: "0.7.2" | "development") =>
    record(record(record(ourDocument(ours, version).document)["components"])["schemas"])["Thing"];
  const found = (version: "0.7.2" | "development") =>
    compareSchemas(
      { schema: thing(version), document: {} },
      { schema: z.toJSONSchema(there, { io: "input" }), document: {} },
    );
  assertEquals(found("0.7.2"), []);
  assertEquals(found("development").map(({ at, what }) => `${at}: ${what}`), [
    '.kind: value "b" is here and not in the contract',
    '.items[]: field "note" (object) is here and not in the contract',
  ]);
  assertEquals(asOf("0.7.2", { properties: { since: { type: "string" } }, required: ["since"] }), {
    properties: { since: { type: "string" } },
    required: ["since"],
  });
});

test("holdingsOf() leaves out operations and schemas that came later", () => {
  const old = holdingsOf(holdings, "0.7.2"), all = holdingsOf(holdings, "development");
  const names = (held: object) => Object.keys(held);
  assertEquals(names(all.operations).filter((name) => !names(old.operations).includes(name)), [
    "getStatistics",
  ]);
  assertEquals(names(all.schemas).filter((name) => !names(old.schemas).includes(name)), [
    "EntityStatistics",
    "PublicStatisticsResponse",
    "UpscalingStatistics",
  ]);
});
