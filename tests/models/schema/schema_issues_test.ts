import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { formatPath } from "../../../src/models/schema/issue.ts";
import {
  compileNames,
  schemaIssues,
  unknownNames,
} from "../../../src/models/schema/schema_issues.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { test } from "../../support/test.ts";
import { WIRE } from "../support/values.ts";

const schema = z.lazy(() =>
  z.object({
    title: z.string(),
    service: z.optional(z.nullable(z.object({ namespace: z.string() }))),
    parameters: z.record(z.string(), z.unknown()),
    open: z.looseObject({}),
  })
);

test("unknownNames() finds names at every level, save in what is free-form", () => {
  const value = {
    titel: 1,
    service: { namespase: "a", namespace: "b" },
    parameters: { any: { thing: 1 } },
    open: { any: 1 },
    absent: undefined,
    constructor: 1,
  };
  assertEquals(unknownNames(schema, value), [
    { path: ["titel"], message: 'no such field; did you mean "title"?' },
    {
      path: ["service", "namespase"],
      message:
        'no such field; did you mean "namespace", which is given already? If not, let it through with extra: ["service.namespase"]',
    },
    {
      path: ["constructor"],
      message:
        'no such field; if the service has learnt it, let it through with extra: ["constructor"]',
    },
  ]);
  assertEquals(unknownNames(schema, value, ["titel", "service.namespase", "constructor"]), []);
});

test("unknownNames() passes over what is no object", () => {
  for (const value of [undefined, null, 5, "a", [{ titel: 1 }], { service: [1] }]) {
    assertEquals(unknownNames(schema, value), []);
  }
});

test("unknownNames() lets GeoJSON have foreign members", () => {
  const request = Object(WIRE.TileRequest);
  const aoi = { ...request.aoi, properties: { name: "a" }, id: 5 };
  assertEquals(unknownNames(schemas.TileRequest, { ...request, aoi }), []);
});

test("compileNames() knows at first sight what unknownNames() finds no fault with", () => {
  const knows = compileNames(schema);
  const values: unknown[] = [
    { title: 1, parameters: { any: 1 }, open: { any: 1 } },
    { title: 1, service: null },
    { title: 1, service: { namespace: "a" } },
    { service: { namespase: "a" } },
    { titel: 1 },
    { constructor: 1 },
    { service: [1] },
    [],
    5,
    null,
  ];
  // Asked twice: a field is compiled when it is first met.
  for (const value of [...values, ...values]) {
    assertEquals(knows(value), unknownNames(schema, value).length === 0, JSON.stringify(value));
  }
});

test("compileNames() reads a schema that holds itself", () => {
  interface Part {
    readonly part?: Part | undefined;
  }
  const part: z.ZodMiniType<Part> = z.lazy(() => z.object({ part: z.optional(part) }));
  const knows = compileNames(part);
  assertEquals(knows({ part: { part: { part: {} } } }), true);
  assertEquals(knows({ part: { part: { parts: {} } } }), false);
});

function found(schema: z.ZodMiniType, value: unknown): string[] {
  return schemaIssues(schema, value).map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

test("schemaIssues() is empty for a value that fits", () => {
  assertEquals(schemaIssues(z.object({ a: z.number() }), { a: 1, b: 2 }), []);
});

const KINDS: readonly (readonly [kind: string, schema: z.ZodMiniType])[] = [
  ["a string", z.string()],
  ["a finite number", z.number()],
  ["a boolean", z.boolean()],
  ["null", z.null()],
  ["an array", z.array(z.string())],
  ["an array", z.tuple([z.string()])],
  ["an object", z.object({})],
  ["an object", z.record(z.string(), z.unknown())],
];

for (const [kind, schema] of KINDS) {
  test(`schemaIssues() expects ${kind} of a schema of type ${schema._zod.def.type}`, () => {
    assertEquals(found(z.object({ a: schema }), {}), [`a: expected ${kind}, got nothing`]);
  });
}

test("schemaIssues() names limits with their unit, one item in the singular", () => {
  const items = (limit: number) => z.array(z.unknown()).check(z.minLength(limit));
  assertEquals(found(items(1), []), [": expected at least 1 item, got an empty array"]);
  assertEquals(found(items(2), [1]), [": expected at least 2 items, got an array of 1"]);
  assertEquals(found(z.int(), 2 ** 60), [
    ": expected at most 9007199254740991, got the number 1152921504606847000",
  ]);
});

test("schemaIssues() uses a rule's own words, with what was found unless they say it", () => {
  const even = z.refine<number>((value) => value % 2 === 0, "expected an even number");
  assertEquals(found(z.number().check(even), 3), [": expected an even number, got the number 3"]);
  const short = z.refine<string>((value) => value.length < 2, {
    error: ({ input }) => `expected one letter, got ${String(input).length}`,
  });
  assertEquals(found(z.string().check(short), "abc"), [": expected one letter, got 3"]);
  assertEquals(found(z.int("expected an id"), "3"), [': expected an id, got the string "3"']);
});

test("schemaIssues() keeps its words when an application gives zod a language", () => {
  const before = z.config();
  try {
    z.config({ localeError: () => "Ungültig" });
    assertEquals(found(z.object({ a: z.string() }), { a: 5 }), [
      "a: expected a string, got the number 5",
    ]);
  } finally {
    z.config({ localeError: before.localeError });
  }
});

test("schemaIssues() names words, and one word alone", () => {
  assertEquals(found(z.enum(["a", "b"]), "c"), [': expected one of "a", "b", got the string "c"']);
  assertEquals(found(z.literal("a"), null), [': expected "a", got null']);
});

test("schemaIssues() says what each branch of a union expects of the whole", () => {
  const number = z.union([z.number(), z.string()]);
  assertEquals(found(number, true), [": expected a finite number or a string, got true"]);
  const size = z.union([z.tuple([z.number(), z.number()]), z.tuple([z.number()])]);
  assertEquals(found(size, [1, 2, 3]), [": expected 2 or 1 items, got an array of 3"]);
  assertEquals(found(size, "1,2"), [': expected an array, got the string "1,2"']);
  const auto = z.union([z.number(), z.literal("auto")]);
  assertEquals(found(auto, "x"), [': expected a finite number or "auto", got the string "x"']);
  const word = z.union([z.enum(["a", "b"]), z.string()]);
  assertEquals(found(word, 1), [": expected a string, got the number 1"]);
});

test("schemaIssues() names the words that tell the branches of a union apart", () => {
  const shape = z.union([
    z.object({ type: z.literal("Circle"), radius: z.number() }),
    z.object({ type: z.literal("Square"), side: z.number() }),
  ]);
  const expected = 'a.type: expected one of "Circle", "Square"';
  assertEquals(found(z.object({ a: shape }), { a: { type: "Star", side: 1 } }), [
    `${expected}, got the string "Star"`,
  ]);
  assertEquals(found(z.object({ a: shape }), { a: { side: 1 } }), [`${expected}, got nothing`]);
});

test("schemaIssues() names the problems of the branch that is meant", () => {
  const shape = z.union([
    z.object({ type: z.literal("Circle"), radius: z.number() }),
    z.object({ type: z.literal("Square"), side: z.number(), at: z.array(z.number()) }),
  ]);
  assertEquals(found(shape, { type: "Square", side: "1", at: [null] }), [
    'side: expected a finite number, got the string "1"',
    "at[0]: expected a finite number, got null",
  ]);
  assertEquals(found(shape, { type: "Circle", side: 1 }), [
    "radius: expected a finite number, got nothing",
  ]);
});

test("schemaIssues() names the problems of the branch that came furthest", () => {
  const inner = z.object({ b: z.number(), c: z.number() });
  const expected = [
    'a.b: expected a finite number, got the string "x"',
    'a.c: expected a finite number, got the string "y"',
  ];
  for (const branches of [[z.string(), inner], [inner, z.string()]]) {
    const [first, second] = branches.map((a) => z.object({ a }));
    const either = z.union([first ?? z.never(), second ?? z.never()]);
    assertEquals(found(either, { a: { b: "x", c: "y" } }), expected);
  }
});

test("schemaIssues() calls a symbol among the names what it is", () => {
  assertEquals(found(z.record(z.string(), z.unknown()), { [Symbol("s")]: 1 }), [
    "[Symbol(s)]: expected a name that JSON can hold, got a symbol",
  ]);
});
