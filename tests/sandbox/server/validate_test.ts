import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { operations } from "../../../src/api/operations.ts";
import { tooShort, validate, validateInteger } from "../../../src/sandbox/server/validate.ts";
import { test } from "../../support/test.ts";
import { TUTORIAL } from "../support.ts";

function problemsOf(schema: z.ZodMiniType, value: unknown): string[] {
  const read = validate(schema, value, ["body"]);
  return read.ok
    ? []
    : read.problems.map(({ type, loc, msg }) => `${type} ${loc.join(".")}: ${msg}`);
}

const JOB = operations.createUnitJob.request ?? z.never();
const TILES = operations.splitTiles.request ?? z.never();

test("validate() takes a request and leaves out what the service does not know", () => {
  const read = validate(JOB, { ...TUTORIAL, extra: 1 }, ["body"]);
  assertEquals(read, { ok: true, value: TUTORIAL });
});

test("validate() does not apply rules that only the client has", () => {
  const service = { endpoint: "", application: "", namespace: "a:b/" };
  assertEquals(problemsOf(JOB, { ...TUTORIAL, title: "", service }), []);
  assertEquals(problemsOf(JOB, { ...TUTORIAL, title: "x".repeat(300) }), []);
});

test("validate() words every kind of problem as Pydantic does", () => {
  assertEquals(problemsOf(JOB, { ...TUTORIAL, label: "wps", service: "x", parameters: null }), [
    "enum body.label: Input should be 'openeo' or 'ogc_api_process'",
    "model_attributes_type body.service: Input should be a valid dictionary or object to extract fields from",
    "dict_type body.parameters: Input should be a valid dictionary",
  ]);
  assertEquals(problemsOf(JOB, { ...TUTORIAL, format: "png" }), [
    "enum body.format: Input should be 'geojson', 'gtiff', 'netcdf' or 'json'",
  ]);
  assertEquals(problemsOf(TILES, { aoi: { type: "Point", coordinates: 5 }, grid: "20x20km" }), [
    "literal_error body.aoi.type: Input should be 'Polygon'",
    "list_type body.aoi.coordinates: Input should be a valid list",
  ]);
});

test("validate() names the input that does not fit", () => {
  const read = validate(JOB, { ...TUTORIAL, title: 5 }, ["body"]);
  assertEquals(read, {
    ok: false,
    problems: [{
      type: "string_type",
      loc: ["body", "title"],
      msg: "Input should be a valid string",
      input: 5,
    }],
  });
});

test("validate() reads digits as numbers", () => {
  const aoi = { type: "Polygon", coordinates: [[["4", " 51 "], ["1e1", 2, "3.5"]]] };
  assertEquals(validate(TILES, { aoi, grid: "20x20km" }, ["body"]), {
    ok: true,
    value: {
      aoi: { type: "Polygon", coordinates: [[[4, 51], [10, 2, 3.5]]] },
      grid: "20x20km",
    },
  });
});

test("validate() tries every branch of a union and reports them all", () => {
  const aoi = { type: "Polygon", coordinates: [[["x", 1], [1]]] };
  const types = problemsOf(TILES, { aoi, grid: "20x20km" }).map((line) => line.split(":")[0]);
  assertEquals(types, [
    "float_parsing body.aoi.coordinates.0.0.0",
    "float_parsing body.aoi.coordinates.0.0.0",
    "missing_argument body.aoi.coordinates.0.0.2",
    "missing_argument body.aoi.coordinates.0.1.1",
    "missing_argument body.aoi.coordinates.0.1.1",
    "missing_argument body.aoi.coordinates.0.1.2",
  ]);
});

test("validate() has a word for positions that are none or too long", () => {
  const aoi = { type: "Polygon", coordinates: [[5, [1, 2, 3, 4], [null, 1]]] };
  const types = problemsOf(TILES, { aoi, grid: "20x20km" }).map((line) => line.split(" ")[0]);
  assertEquals(types, [
    "arguments_type",
    "arguments_type",
    "unexpected_positional_argument",
    "unexpected_positional_argument",
    "unexpected_positional_argument",
    "float_type",
    "float_type",
    "missing_argument",
  ]);
});

test("tooShort() counts in the plural where it has to", () => {
  assertEquals(tooShort(1, 0), "List should have at least 1 item after validation, not 0");
  assertEquals(tooShort(4, 2), "List should have at least 4 items after validation, not 2");
});

test("validateInteger() reads integers as Pydantic does", () => {
  const read = (text: string) => {
    const id = validateInteger(text, ["path", "job_id"]);
    return id.ok ? id.value : id.problems[0]?.type;
  };
  assertEquals(["1", "-1", "+7", " 8 ", "1.0", "1_000", "007"].map(read), [
    1,
    -1,
    7,
    8,
    1,
    1000,
    7,
  ]);
  for (const text of ["x", "1.5", "", "1e3", "0x1", "1_", "١"]) {
    assertEquals(read(text), "int_parsing", text);
  }
});
