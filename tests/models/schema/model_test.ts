import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as z from "zod/mini";
import { GeometryCollection, Polygon } from "../../../src/models/geojson/geojson.ts";
import { BaseJobRequest, OutputFormatEnum } from "../../../src/models/jobs.ts";
import {
  defineEnum,
  defineModel,
  defineRequest,
  openWordsOf,
  readerOf,
  requestReaderOf,
} from "../../../src/models/schema/model.ts";
import { ModelInvalidError } from "../../../src/models/schema/issue.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { ServiceDetails } from "../../../src/models/service.ts";
import { test } from "../../support/test.ts";
import { problems } from "../support/problems.ts";
import { NAMES, WIRE } from "../support/values.ts";

for (const name of NAMES.filter((name) => !/Request|Dimension/.test(name))) {
  test(`parse() keeps extra fields at every level of ${name}`, () => {
    // Timestamps in the form that a date is written in, so that texts can be compared.
    const wire = JSON.stringify(WIRE[name]).replace(
      /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[^"]*"/g,
      '"$1.000Z"',
    );
    const model = defineModel<unknown>(name, schemas[name]);
    const levels = wire.split("{").length - 1;
    fc.assert(
      fc.property(fc.array(extras(), { minLength: levels, maxLength: levels }), (extras) => {
        const sent: unknown = JSON.parse(sprinkle(wire, extras));
        // Not the text itself: after a name that ends with a backslash, V8 15.0 takes `x"` for it.
        const before = JSON.stringify(sent);
        const read = model.parse(sent);
        assertEquals(JSON.stringify(read), before);
        assertPlain(read);
      }),
    );
    assertEquals(Reflect.get({}, "polluted"), undefined);
  });
}

/** Fields that no schema knows, as JSON without braces. */
function extras(): fc.Arbitrary<string> {
  const name = fc.oneof(
    fc.string().map((text) => `x${text}`),
    fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "prototype"),
  );
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant({ polluted: true }));
  return fc.uniqueArray(fc.tuple(name, value), {
    minLength: 1,
    maxLength: 3,
    selector: ([key]) => key,
  })
    .map((fields) =>
      fields.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")
    );
}

/** JSON with further fields at the begin of each object, save those whose every field has a type. */
function sprinkle(text: string, extras: readonly string[]): string {
  let level = 0;
  return text.replace(/(?<!"(?:assets|summaries|by_\w+)":)\{(\})?/g, (_, end) => {
    const fields = extras[level++] ?? "";
    return end === undefined ? `{${fields},` : `{${fields}}`;
  });
}

function assertPlain(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Date) return;
  const prototype = Array.isArray(value) ? Array.prototype : Object.prototype;
  assertStrictEquals(Object.getPrototypeOf(value), prototype);
  for (const key of Object.keys(value)) {
    assertPlain(Object.getOwnPropertyDescriptor(value, key)?.value);
  }
}

test("parse() throws an error with every problem by its path", () => {
  const error = assertThrows(() =>
    BaseJobRequest.parse({ title: 5, label: "openeo", format: "x" })
  );
  assert(error instanceof ModelInvalidError);
  assertEquals(
    error.message,
    `Cannot read the value as BaseJobRequest:
  title: expected a string, got the number 5
  service: expected an object, got nothing
  parameters: expected an object, got nothing
  format: expected one of "geojson", "gtiff", "netcdf", "json", got the string "x"`,
  );
  assertEquals(error.issues[0], {
    path: "title",
    message: "expected a string, got the number 5",
  });
});

test("~standard validates without throwing, with the path in parts", () => {
  const { version, vendor, validate } = ServiceDetails["~standard"];
  assertEquals([version, vendor], [1, "apex-dispatch"]);
  const service = { endpoint: "https://p.example.test", application: "/index" };
  const good = validate(service);
  assertStrictEquals("value" in good ? good.value : good.issues, service);
  assertEquals(
    BaseJobRequest["~standard"].validate({ ...Object(WIRE.BaseJobRequest), service: {} }),
    {
      issues: [
        { path: ["service", "endpoint"], message: "expected a string, got nothing" },
        { path: ["service", "application"], message: "expected a string, got nothing" },
      ],
    },
  );
});

test("defineRequest() hands back the very value, and defineModel() too where nothing changes", () => {
  const schema = z.object({ a: z.number() });
  const value = { a: 1, b: [undefined] };
  assertStrictEquals(defineModel("A", schema).parse(value), value);
  const fit = { a: 1, b: { c: undefined } };
  assertStrictEquals(defineRequest("A", schema).parse(fit, { extra: ["b"] }), fit);
  assertEquals(problems(defineRequest("A", schema), value), [
    "b[0]: expected a JSON value, got nothing: write null where a value is missing",
    'b: no such field; if the service has learnt it, let it through with extra: ["b"]',
  ]);
});

test("defineRequest() names a problem once, and none inside of what JSON cannot hold", () => {
  const model = defineRequest(
    "A",
    z.object({ a: z.number(), b: z.object({ c: z.string() }), d: z.string() }),
  );
  assertEquals(problems(model, { a: NaN, b: Promise.resolve({ c: "x" }), d: 1n }), [
    "a: expected a finite number, got NaN",
    "d: expected a string, got a BigInt: use Number() or a string",
    "b: expected a JSON value, got a Promise object: await it first",
  ]);
  assertEquals(problems(model, { a: 1, b: Promise.resolve({ c: "x" }), d: "x" }), [
    "b: expected a JSON value, got a Promise object: await it first",
  ]);
  assertEquals(problems(model, { a: 1, b: {}, d: "x", e: NaN }), [
    "b.c: expected a string, got nothing",
    "e: expected a number that JSON can hold, got NaN",
  ]);
  assertEquals(problems(model, new Map()), [
    "expected a JSON value, got a Map object: use Object.fromEntries()",
  ]);
});

test("defineEnum() makes words that are listed without parse", () => {
  const words = defineEnum("Colour", { RED: "red", BLUE: "blue" });
  assertEquals(Object.keys(words), ["RED", "BLUE"]);
  assertEquals(JSON.stringify(words), '{"RED":"red","BLUE":"blue"}');
  assert(Object.isFrozen(words));
  assertStrictEquals(words.parse("red"), words.RED);
  assertEquals(problems(words, "green"), [
    'expected one of "red", "blue", got the string "green"',
  ]);
  assertEquals(problems(OutputFormatEnum, "GEOJSON"), [
    'expected one of "geojson", "gtiff", "netcdf", "json", got the string "GEOJSON"; did you mean "geojson"?',
  ]);
});

test("openWordsOf() passes unknown words through, and nothing but words", () => {
  const model = defineModel("Colour", openWordsOf(defineEnum("Colours", { RED: "red" })));
  assertEquals(["red", "green", ""].map((word) => model.parse(word)), ["red", "green", ""]);
  assertEquals(problems(model, 5), ["expected a string, got the number 5"]);
  assertEquals(problems(model, null), ["expected a string, got null"]);
});

test("readerOf() and requestReaderOf() say what is wrong without throwing", () => {
  const schema = z.object({ a: z.number() });
  assertEquals(readerOf(schema)({ a: 1 }), { ok: true, value: { a: 1 } });
  const issue = { path: ["a"], message: 'expected a finite number, got the string "1"' };
  assertEquals(readerOf(schema)({ a: "1" }), { ok: false, issues: [issue] });
  assertEquals(requestReaderOf(schema)({ a: "1" }), { ok: false, issues: [issue] });
});

test("parse() holds an entry called __proto__ to the type of the others", () => {
  const { assets: _, ...rest } = Object(WIRE.Collection);
  const with_ = (entry: string) => ({ ...rest, assets: JSON.parse(`{"__proto__":${entry}}`) });
  const model = defineModel("Collection", schemas.Collection);
  assertEquals(problems(model, with_('{"href":"x"}')), []);
  assertEquals(problems(model, with_("false")), [
    'expected entries that fit, got one called "__proto__" that does not',
  ]);
});

test("parse() refuses what nests deeper than the stack, or in a circle", () => {
  let deep: Record<string, unknown> = { type: "Point", coordinates: [12, 41] };
  for (let level = 0; level < 20_000; level++) {
    deep = { type: "GeometryCollection", geometries: [deep] };
  }
  const circle = { type: "GeometryCollection", geometries: new Array<unknown>() };
  circle.geometries.push(circle);
  for (const value of [deep, circle]) {
    assertEquals(problems(GeometryCollection, value), ["expected fewer levels, got too many"]);
  }
});

test("parse() says of a value that cannot be read why, and of too many mistakes that they are too many", () => {
  const throwing = {
    get endpoint() {
      throw new Error("not \u202enow");
    },
  };
  assertEquals(problems(ServiceDetails, throwing), [
    "expected a value that can be read, got one that throws: not now",
  ]);
  assertEquals(problems(BaseJobRequest, throwing).length > 0, true);
  const ring = Array.from({ length: 200_000 }, () => ["a", "b"]);
  assertEquals(problems(Polygon, { type: "Polygon", coordinates: [ring] }), [
    "expected a value with fewer mistakes, got more than can be listed",
  ]);
});
