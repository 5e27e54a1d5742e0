import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as z from "zod/mini";
import { INVALID } from "../../../src/models/schema/fields.ts";
import { compileReader } from "../../../src/models/schema/reader.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { parseTimestamp, timestampSchema } from "../../../src/models/schema/kinds.ts";
import { test } from "../../support/test.ts";
import { NAMES, WIRE } from "../support/values.ts";

test("compileReader() holds the rules that a schema has of its own", () => {
  const read = compileReader(schemas.BaseJobRequest);
  const request = WIRE.BaseJobRequest;
  assertStrictEquals(read(request), request);
  for (
    const wrong of [
      { title: "" },
      { title: "t".repeat(256) },
      { service: { ...Object(request).service, namespace: "a:b" } },
      { format: "tiff" },
    ]
  ) {
    assertEquals(read({ ...Object(request), ...wrong }), INVALID);
  }
});

test("compileReader() takes what a rule of one function says as zod takes it", () => {
  for (const said of [true, false, 1, 0, "yes", "", null, undefined, {}, NaN]) {
    const schema = z.string().check(z.refine(() => said), z.trim());
    const expected = z.safeParse(schema, " a ");
    assertEquals(compileReader(schema)(" a "), expected.success ? expected.data : INVALID);
  }
  assertThrows(
    () => compileReader(z.string().check(z.refine(() => Promise.resolve(true))))("a"),
    TypeError,
    "a rule that is a promise",
  );
});

test("compileReader() refuses kinds of schema that it does not know", () => {
  assertThrows(
    () => compileReader(z.object({ size: z.bigint() })),
    TypeError,
    'Cannot compile a reader for a schema of type "bigint"',
  );
});

for (const name of NAMES) {
  test(`compileReader() agrees with zod on ${name}`, () => {
    const schema = schemas[name];
    const read = compileReader(schema);
    const agree = (value: unknown) => {
      const { success } = z.safeParse(schema, value);
      const fits = read(value) !== INVALID;
      // An entry called `__proto__` is passed over by zod, and read like the others here.
      if (fits || !JSON.stringify(value).includes('"__proto__":')) assertEquals(fits, success);
      return success;
    };
    let valid = 0, invalid = 0;
    assert(agree(WIRE[name]));
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => void agree(value)));
    fc.assert(
      fc.property(mutations(WIRE[name]), (value) => {
        if (agree(value)) valid++;
        else invalid++;
      }),
      { numRuns: 300 },
    );
    // Both sides of the answer must have been tried, or the agreement means nothing.
    assert(invalid > 0, "every mutation was valid");
    if (typeof WIRE[name] === "object" && !/^Position/.test(name)) {
      assert(valid > 0, "every mutation was invalid");
    }
  });

  test(`compileReader() hands ${name} back as zod does, and copies only for timestamps`, () => {
    const before = JSON.stringify(WIRE[name]);
    const value = compileReader(schemas[name])(freeze(JSON.parse(before)));
    const fromZod = z.safeParse(schemas[name], WIRE[name]);
    assert(fromZod.success);
    assertEquals(value, fromZod.data);
    if (!hasDate(value)) {
      const given: unknown = JSON.parse(before);
      assertStrictEquals(compileReader(schemas[name])(given), given);
    }
  });
}

test("compileReader() copies what holds a timestamp and nothing beside it", () => {
  const given = JSON.parse(JSON.stringify(WIRE.UpscalingTask));
  const text = JSON.stringify(given);
  const read = Object(compileReader(schemas.UpscalingTask)(given));
  assertEquals(read.created, new Date("2026-11-23T15:38:21Z"));
  assertStrictEquals(read.service, given.service);
  assertStrictEquals(read.jobs, given.jobs);
  assertEquals(JSON.stringify(given), text);
});

test("compileReader() keeps items of an array that did not change", () => {
  const dated = { at: "2026-11-23" }, plain = { at: null };
  const read = compileReader(z.array(z.object({ at: z.nullable(timestampSchema) })));
  const given = [plain, dated, plain];
  const found = Object(read(given));
  assertEquals(found, [plain, { at: parseTimestamp("2026-11-23") }, plain]);
  assertStrictEquals(found[0], plain);
  assertStrictEquals(given[1], dated);
});

test("compileReader() reads null as null alone", () => {
  const read = compileReader(z.null());
  assertStrictEquals(read(null), null);
  assertEquals([undefined, 0, "", {}].map(read), Array(4).fill(INVALID));
});

test("compileReader() keeps a __proto__ key as data where its value changes", () => {
  const read = compileReader(z.record(z.string(), z.object({ at: timestampSchema })));
  const given = JSON.parse('{"__proto__":{"at":"2026-11-23"},"a":{"at":"2026-11-24"}}');
  const found = Object(read(given));
  assertEquals(Object.keys(found), ["__proto__", "a"]);
  assertStrictEquals(Object.getPrototypeOf(found), Object.prototype);
  assertEquals(
    JSON.stringify(found),
    '{"__proto__":{"at":"2026-11-23T00:00:00.000Z"},"a":{"at":"2026-11-24T00:00:00.000Z"}}',
  );
});

test("compileReader() takes whole numbers beyond what a number can hold for no integers", () => {
  const read = compileReader(schemas.UpscalingTaskSummary);
  const id = (id: unknown) => read({ ...Object(WIRE.UpscalingTaskSummary), id }) !== INVALID;
  assertEquals([0, -1, 2 ** 53 - 1].map(id), [true, true, true]);
  assertEquals([1.5, 2 ** 53, 1e300, "1", null, undefined].map(id), Array(6).fill(false));
});

/** A value with one part anywhere in it replaced, removed or joined by another. */
function mutations(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value);
  const part = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(null, "", "x", 1.5, 1, [], {}, "2026-11-23", "Point", "Polygon", [1, 2]),
  );
  return fc.tuple(fc.constantFrom(...paths), fc.constantFrom("set", "drop", "add"), part)
    .map(([path, how, part]) => mutate(JSON.parse(JSON.stringify(value)), path, how, part));
}

function mutate(root: unknown, path: readonly string[], how: string, part: unknown): unknown {
  const key = path.at(-1);
  if (key === undefined) return how === "add" ? { ...Object(root), extra: part } : part;
  let parent: unknown = root;
  for (const step of path.slice(0, -1)) parent = Reflect.get(Object(parent), step);
  if (how === "set") Reflect.set(Object(parent), key, part);
  else if (how === "drop" && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (how === "drop") Reflect.deleteProperty(Object(parent), key);
  else if (Array.isArray(parent)) parent.push(part);
  else Reflect.set(Object(parent), "extra", part);
  return root;
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function hasDate(value: unknown): boolean {
  return value instanceof Date ||
    (typeof value === "object" && value !== null && Object.values(value).some(hasDate));
}

function freeze(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

test("compileReader() takes a minus away from nought where a rule does", () => {
  const magnitude = z.number().check(z.overwrite(Math.abs));
  const read = compileReader(z.object({ a: magnitude, b: z.tuple([magnitude]) }));
  const found = Object(read({ a: -0, b: [-0] }));
  assert(Object.is(found.a, 0) && Object.is(found.b[0], 0));
});
