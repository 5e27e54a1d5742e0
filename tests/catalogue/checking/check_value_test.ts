import { assertEquals } from "@std/assert";
import { valueIssues } from "../../../src/catalogue/checking/check_value.ts";
import { readDefinition } from "../../../src/catalogue/reading/definition.ts";
import { test } from "../../support/test.ts";
import { definition, good } from "../support/made_up.ts";

function issuesOf(name: string, value: unknown): string[] {
  const reading = readDefinition(definition);
  if (!reading.ok) throw new Error(reading.reason);
  const parameter = reading.definition.parameters.find((one) => one.name === name);
  if (parameter === undefined) throw new Error(name);
  return valueIssues(parameter, value).map(({ path, message }) => `${path}: ${message}`);
}

test("valueIssues() takes a value equal to the default, even one that breaks its own schema", () => {
  assertEquals(issuesOf("scale", null), []);
  assertEquals(issuesOf("season_start", null), []);
  assertEquals(issuesOf("bands", ["B04", "B08"]), []);
});

test("valueIssues() takes null where the schema does, and says what to do where it does not", () => {
  assertEquals(issuesOf("spatial_extent", null), [
    "spatial_extent: expected a box { west, south, east, north }, got null",
  ], "Dispatch takes a box apart itself, and fails over null");
  assertEquals(issuesOf("mask", null), [
    "mask: expected true or false, got null: leave it out and it has its default",
  ]);
  assertEquals(issuesOf("temporal_extent", null), [
    'temporal_extent: expected begin and end, such as ["2026-06-01", "2026-07-01"], got null',
  ]);
});

test("valueIssues() names what a value has to be, where it lies, and the nearest word", () => {
  assertEquals(issuesOf("bands", ["B04", "B8"]), [
    'bands[1]: expected one of "B02", "B04", "B08", got the string "B8"; did you mean "B08"?',
  ]);
  assertEquals(issuesOf("bands", []), ["bands: expected at least 1 item, got 0"]);
  assertEquals(issuesOf("bands", "B04"), ['bands: expected several texts, got the string "B04"']);
  assertEquals(issuesOf("max_cloud_cover", 101), [
    "max_cloud_cover: expected at most 100, got 101",
  ]);
  assertEquals(issuesOf("max_cloud_cover", -1), ["max_cloud_cover: expected at least 0, got -1"]);
  assertEquals(issuesOf("max_cloud_cover", 7.5), [
    "max_cloud_cover: expected a whole number from 0 to 100, got the number 7.5",
  ]);
  assertEquals(issuesOf("max_cloud_cover", "75"), [
    'max_cloud_cover: expected a whole number from 0 to 100, got the string "75"',
  ]);
  assertEquals(issuesOf("mask", "yes"), ['mask: expected true or false, got the string "yes"']);
  assertEquals(issuesOf("country", "Benin"), [
    'country: expected one of "benin", "ghana", "togo", got the string "Benin"; did you mean "benin"?',
  ]);
  assertEquals(issuesOf("season_start", "2026-13-01"), [
    'season_start: expected a date that there is, got the string "2026-13-01"',
  ]);
  assertEquals(issuesOf("temporal_extent", ["2026-06-01", null]), [
    "temporal_extent[1]: expected a date, got null",
  ]);
  assertEquals(issuesOf("spatial_extent", good.spatial_extent), []);
});

/** What is said of a value by a schema, or by several. */
function messagesOf(schema: unknown, value: unknown): string[] {
  const reading = readDefinition({ parameters: [{ name: "p", description: "x", schema }] });
  const [parameter] = reading.ok ? reading.definition.parameters : [];
  if (parameter === undefined) throw new Error("no parameter");
  return valueIssues(parameter, value).map(({ path, message }) => `${path}: ${message}`);
}

const DATE = { type: "string", subtype: "date", format: "date" };
const TIME = { type: "string", subtype: "date-time", format: "date-time" };
const SPAN = { type: "array", subtype: "temporal-interval" };
const BOX = { type: "object", subtype: "bounding-box" };
const PLACE = { type: "object", subtype: "geojson" };

test("valueIssues() takes a value that one of several schemas takes", () => {
  const box = { west: 1, south: 1, east: 2, north: 2 };
  const point = { type: "Point", coordinates: [1, 1] };
  for (
    const [schema, values] of [
      [[DATE, TIME], ["2026-01-01", "2026-01-01T00:00:00Z"]],
      [{ anyOf: [SPAN, { type: "string" }] }, [["2026-01-01", "2026-02-01"], "2026"]],
      [[PLACE, BOX], [box, point]],
      [{ type: "string", oneOf: [{ enum: ["a"] }, { pattern: "^x" }] }, ["a", "xy"]],
      [{ type: "string", nullable: true }, [null, "a"]],
      [{ $ref: "#/definitions/x" }, [1, "a", { a: [1] }]],
      [{}, [1, "a"]],
    ] as const
  ) {
    for (const value of values) {
      assertEquals(messagesOf(schema, value), [], JSON.stringify([schema, value]));
    }
  }
  assertEquals(messagesOf([BOX, PLACE], point), [
    "p: expected a box or a GeoJSON Polygon, got a Point: give its box",
  ], "the first kind is the one that Dispatch goes by");
});

test("valueIssues() lets the schema that a value is nearest to say what is wrong", () => {
  assertEquals(messagesOf([SPAN, DATE], ["2026-02-01", "2026-01-01"]), [
    'p: expected the begin first, got "2026-02-01" after "2026-01-01": swap them',
  ]);
  assertEquals(messagesOf([DATE, TIME], "2026-02-30"), [
    'p: expected a date that there is, got the string "2026-02-30"',
  ]);
  assertEquals(messagesOf([DATE, TIME], "soon"), [
    'p: expected a date such as "2026-06-01" or a time such as "2026-06-01T00:00:00Z", got the string "soon"',
  ]);
  const sizes = [{ type: "integer", minimum: 0, maximum: 10 }, { type: "number", minimum: 100 }];
  assertEquals(messagesOf(sizes, 50), [
    "p: expected a whole number from 0 to 10 or a number, at least 100, got the number 50",
  ]);
  const words = { type: "array", items: { oneOf: [{ enum: ["B02"] }, { enum: ["B08"] }] } };
  assertEquals(messagesOf(words, ["B8"]), [
    'p[0]: expected one of "B02", "B08", got the string "B8"; did you mean "B08"?',
  ]);
  assertEquals(messagesOf([{ type: "string" }, { type: "array", items: { type: "string" } }], 5), [
    "p: expected text or several texts, got the number 5",
  ]);
});

test("valueIssues() names the pattern of a schema, and one that makes no sense refuses nothing", () => {
  assertEquals(messagesOf({ type: "string", allOf: [{ minLength: 3 }] }, "ab"), [
    'p: expected text by the rule "minLength" of its definition, got the string "ab"',
  ]);
  const pattern = {
    name: "tile",
    description: "",
    needed: true,
    kinds: ["string"],
    schemas: [{ type: "string", pattern: "^T[0-9]{2}[A-Z]{3}$" }],
  } as const;
  assertEquals(valueIssues(pattern, "T31UFS"), []);
  assertEquals(valueIssues(pattern, "31UFS").map(({ message }) => message), [
    'expected text that matches the pattern "^T[0-9]{2}[A-Z]{3}$", got the string "31UFS"',
  ]);
  const broken = { ...pattern, schemas: [{ type: "string", pattern: "[" }] };
  assertEquals(valueIssues(broken, "x"), [], "a schema that makes no sense refuses nothing");
});

function issuesOfSchema(schema: unknown, value: unknown): string[] {
  const reading = readDefinition({ parameters: [{ name: "p", description: "One", schema }] });
  const parameter = reading.ok ? reading.definition.parameters[0] : undefined;
  if (parameter === undefined) throw new Error("no definition");
  return valueIssues(parameter, value).map(({ message }) => message);
}

test("valueIssues() takes a time as any of the alternatives has it, and names them all otherwise", () => {
  const day = { type: "string", format: "date" };
  const alternatives = [
    day,
    { type: "string", format: "date-time" },
    { type: "string", enum: ["latest"] },
  ];
  for (const value of ["2026-06-01", "2026-06-01T00:00:00Z", "latest"]) {
    assertEquals(issuesOfSchema(alternatives, value), []);
  }
  assertEquals(issuesOfSchema(alternatives, "soon"), [
    'expected a date such as "2026-06-01" or a time such as "2026-06-01T00:00:00Z" or text, got the string "soon"',
  ]);
  const span = [{ type: "array", subtype: "temporal-interval" }, day];
  assertEquals(issuesOfSchema(span, "2026-06-01"), []);
  assertEquals(issuesOfSchema(span, ["2026-06-01", "2026-07-01"]), []);
  assertEquals(issuesOfSchema(span, ["2026-07-01", "2026-06-01"]).length, 1);
  assertEquals(issuesOfSchema([day, { type: "null" }], "2026-02-31").length, 1);
  assertEquals(issuesOfSchema([day, { type: "null" }], null), []);
});

test("valueIssues() says every rule in words", () => {
  const text = { type: "string" };
  const number = { type: "number" };
  const cases: [schema: unknown, value: unknown, message: string][] = [
    [{ ...text, const: "a" }, "b", 'expected text, which can only be "a", got the string "b"'],
    [
      { ...text, minLength: 3 },
      "a",
      'expected text of at least 3 characters, got the string "a"',
    ],
    [{ ...text, maxLength: 1 }, "ab", 'expected text of at most 1 character, got the string "ab"'],
    [{ ...number, exclusiveMinimum: 0 }, 0, "expected a number above 0, got the number 0"],
    [{ ...number, exclusiveMaximum: 1 }, 1, "expected a number below 1, got the number 1"],
    [
      { ...number, multipleOf: 10 },
      13,
      "expected a number that is a multiple of 10, got the number 13",
    ],
  ];
  for (const [schema, value, message] of cases) {
    assertEquals(issuesOfSchema(schema, value), [message]);
  }
});

test("valueIssues() takes null of a schema that is nullable", () => {
  assertEquals(issuesOfSchema({ type: "string", nullable: true }, null), []);
  assertEquals(issuesOfSchema({ type: "string", nullable: false }, null).length, 1);
});
