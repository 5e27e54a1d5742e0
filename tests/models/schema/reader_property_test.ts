// The reader and zod over arbitrary schemas of the kinds that it compiles: they agree on every value.
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as z from "zod/mini";
import { INVALID } from "../../../src/models/schema/fields.ts";
import { compileReader } from "../../../src/models/schema/reader.ts";
import { test } from "../../support/test.ts";

/** A schema, and values that most likely fit it. */
interface Made {
  readonly schema: z.ZodMiniType;
  readonly values: fc.Arbitrary<unknown>;
}

const leaf = (schema: z.ZodMiniType, values: fc.Arbitrary<unknown>): Made => ({ schema, values });
const number = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.double({ noNaN: true }),
  fc.constant(1.5),
);
const text = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom(" a ", "b", "a@b.test"));

/** Rules that a maintainer may well write. */
const LEAVES: readonly Made[] = [
  leaf(z.string(), text),
  leaf(z.string().check(z.minLength(2)), text),
  leaf(z.string().check(z.maxLength(2), z.trim()), text),
  leaf(z.string().check(z.toLowerCase(), z.regex(/^[a-z]*$/)), text),
  leaf(z.email(), text),
  leaf(z.iso.date(), fc.constantFrom("2026-11-25", "2026-13-25", "today")),
  leaf(z.string().check(z.refine((value) => value !== "b")), text),
  leaf(z.number(), number),
  leaf(z.number().check(z.gte(0)), number),
  leaf(z.number().check(z.lt(3), z.gt(-3)), number),
  leaf(z.number().check(z.multipleOf(2)), number),
  leaf(z.int(), number),
  leaf(z.int32(), number),
  leaf(z.uint32(), number),
  leaf(z.float32(), number),
  leaf(z.int().check(z.gte(0)), number),
  leaf(z.number().check(z.overwrite(Math.abs)), number),
  leaf(z.boolean(), fc.boolean()),
  leaf(z.null(), fc.constant(null)),
  leaf(z.unknown(), fc.jsonValue({ maxDepth: 1 })),
  leaf(z.literal("a"), fc.constant("a")),
  leaf(z.literal([1, null, "x"]), fc.constantFrom(1, null, "x")),
  leaf(z.enum({ A: "a", B: "b" }), fc.constantFrom("a", "b")),
];

const NAMES = ["a", "b", "c"] as const;

const schemas = fc.letrec<{ readonly any: Made }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    tie("any").map(({ schema, values }) => ({
      schema: z.optional(schema),
      values: fc.option(values, { nil: undefined }),
    })),
    tie("any").map(({ schema, values }) => ({
      schema: z.nullable(schema),
      values: fc.option(values),
    })),
    tie("any").map(({ schema, values }) => ({ schema: z.lazy(() => schema), values })),
    fc.tuple(tie("any"), fc.constantFrom("b", "x", 1.5)).map(([{ schema, values }, odd]) => ({
      schema: schema.check(z.refine((value) => value !== odd)),
      values,
    })),
    // A lazy schema may have rules beside those of the schema that it stands for.
    fc.tuple(fc.constantFrom(...LEAVES), fc.constantFrom("b", " a ", 1.5)).map((
      [{ schema, values }, odd],
    ) => ({
      schema: z.lazy(() => schema).check(z.refine((value) => value !== odd)),
      values,
    })),
    fc.tuple(tie("any"), fc.constantFrom([], [z.minLength(1)], [z.maxLength(2)], [z.length(1)]))
      .map((
        [{ schema, values }, checks],
      ) => ({
        schema: z.array(schema).check(...checks),
        values: fc.array(values, { maxLength: 3 }),
      })),
    fc.array(fc.constantFrom(...LEAVES), { minLength: 1, maxLength: 3 }).map((items) => ({
      schema: z.tuple([
        items[0]?.schema ?? z.null(),
        ...items.slice(1).map(({ schema }) => schema),
      ]),
      values: fc.tuple(...items.map(({ values }) => values)),
    })),
    tie("any").map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(fc.constantFrom(...NAMES), values),
    })),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => ({
      schema: z.union([a.schema, b.schema]),
      values: fc.oneof(a.values, b.values),
    })),
    fc.tuple(
      tie("any"),
      tie("any"),
      fc.constantFrom("plain", "loose", "strict", "catchall"),
    ).map(([a, b, kind]) => {
      const shape = { a: a.schema, b: b.schema };
      const schema = kind === "plain"
        ? z.object(shape)
        : kind === "loose"
        ? z.looseObject(shape)
        : kind === "strict"
        ? z.strictObject(shape)
        : z.catchall(z.object(shape), z.number());
      return {
        schema,
        values: fc.record({ a: a.values, b: b.values, c: number }, { requiredKeys: [] }),
      };
    }),
  ),
}));

/** Whether ours holds what zod's does: zod strips names that a plain object does not know, ours keeps them. */
function holds(ours: unknown, zods: unknown): boolean {
  if (Array.isArray(zods)) {
    return Array.isArray(ours) && ours.length === zods.length &&
      zods.every((item, index) => holds(ours[index], item));
  }
  if (typeof zods !== "object" || zods === null) return Object.is(ours, zods);
  return typeof ours === "object" && ours !== null &&
    Object.entries(zods).every(([key, value]) => holds(Reflect.get(ours, key), value));
}

test("compileReader() reads arbitrary schemas as zod reads them", () => {
  let fit = 0, unfit = 0;
  fc.assert(
    fc.property(
      schemas.any.chain((made) =>
        fc.tuple(
          fc.constant(made.schema),
          fc.oneof(
            { weight: 4, arbitrary: made.values },
            { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
            {
              weight: 1,
              arbitrary: fc.constantFrom(undefined, NaN, Infinity, -0, new Date(0), []),
            },
          ),
        )
      ),
      ([schema, value]) => {
        // zod passes over an entry of this name, which here is data like any other.
        fc.pre(!JSON.stringify(value ?? null).includes("__proto__"));
        const zods = z.safeParse(schema, value);
        const ours = compileReader(schema)(value);
        assertEquals(ours !== INVALID, zods.success);
        if (zods.success) {
          assert(holds(ours, zods.data), "another value");
          fit++;
        } else unfit++;
      },
    ),
    { numRuns: 2000 },
  );
  assert(fit > 400 && unfit > 400, `${fit} values fitted, ${unfit} did not`);
});

test("compileReader() keeps the rules of a lazy schema wherever it stands", () => {
  const atLeastTwo = z.lazy(() => z.string()).check(z.minLength(2));
  const odd = z.lazy(() => z.unknown()).check(z.refine((value) => value === 1));
  const louder = z.lazy(() => z.enum(["a"])).check(z.overwrite(() => "a" as const));
  for (
    const [schema, fits, other] of [
      [z.lazy(() => atLeastTwo), "ab", "b"],
      [z.object({ a: atLeastTwo }), { a: "ab" }, { a: "b" }],
      [z.object({ a: z.optional(atLeastTwo) }), {}, { a: "b" }],
      [z.array(atLeastTwo), ["ab"], ["b"]],
      [z.record(z.string(), odd), { a: 1 }, { a: 2 }],
      [z.catchall(z.object({}), odd), { a: 1 }, { a: 2 }],
      [z.object({ a: odd }), { a: 1 }, { a: 2 }],
      [z.union([z.enum(["a", "b"]), atLeastTwo]), "a", "c"],
      [z.union([louder, z.number()]), "a", "b"],
    ] as const
  ) {
    const read = compileReader(schema);
    assertEquals(read(fits), fits);
    assertEquals(read(other), INVALID);
    assertEquals(z.safeParse(schema, fits).success, true);
    assertEquals(z.safeParse(schema, other).success, false);
  }
});

test("compileReader() takes for a record what zod takes for one, whatever made it", () => {
  class Made {
    readonly a = 1;
  }
  const own = (prototype: object | null) => Object.assign(Object.create(prototype), { a: 1 });
  const records: readonly unknown[] = [
    { a: 1 },
    own(null),
    own({ b: 2 }),
    { a: 1, constructor: 5 },
    Object.defineProperty({ a: 1 }, Symbol("unseen"), { value: 1 }),
    { a: 1, [Symbol("seen")]: 1 },
    new Made(),
    new Map(),
    new Date(0),
    [1],
  ];
  for (const inside of [z.number(), z.unknown()]) {
    const schema = z.record(z.string(), inside);
    const read = compileReader(schema);
    assertEquals(
      records.map((record) => read(record) !== INVALID),
      records.map((record) => z.safeParse(schema, record).success),
    );
    assertEquals(read(records[5]), INVALID);
    assertEquals(read(records[2]), records[2]);
  }
});

test("compileReader() reads an object that holds itself", () => {
  const node = z.object({
    name: z.string(),
    get inside(): z.ZodMiniOptional<z.ZodMiniType> {
      return z.optional(node);
    },
  });
  const read = compileReader(node);
  const value = { name: "a", inside: { name: "b", inside: { name: "c" } } };
  assertEquals(read(value), value);
  assertEquals(read({ name: "a", inside: { name: "b", inside: { name: 5 } } }), INVALID);
});

const refused: readonly (readonly [kind: string, schema: z.ZodMiniType])[] = [
  ['"bigint"', z.bigint()],
  ['"date"', z.date()],
  ['"undefined"', z.undefined()],
  ['"any"', z.any()],
  ['"never"', z.never()],
  ['"pipe"', z.pipe(z.string(), z.transform((text) => text.length))],
  ['"transform"', z.transform((value) => value)],
  ['"default"', z._default(z.string(), "a")],
  ['"prefault"', z.prefault(z.string(), "a")],
  ['"catch"', z.catch(z.string(), "a")],
  ['"readonly"', z.readonly(z.object({}))],
  ['"nonoptional"', z.nonoptional(z.optional(z.string()))],
  ['"intersection"', z.intersection(z.object({}), z.object({}))],
  ['"map"', z.map(z.string(), z.string())],
  ['"set"', z.set(z.string())],
  ['"template_literal"', z.templateLiteral(["a", z.number()])],
  ['"optional" that is exact', z.exactOptional(z.string())],
  ['"string" with coerce', z.coerce.string()],
  ['"number" with coerce', z.coerce.number()],
  ['"boolean" with coerce', z.coerce.boolean()],
  ['"tuple" with rest', z.tuple([z.string()], z.number())],
  ['"tuple" whose items may be left out', z.tuple([z.string(), z.optional(z.number())])],
  ['"record" whose names have rules', z.record(z.enum(["a", "b"]), z.string())],
  ['"record" whose names have rules', z.record(z.string().check(z.minLength(1)), z.string())],
  ['"record" with mode', z.looseRecord(z.string(), z.string())],
  ['"union" with inclusive', z.xor([z.string(), z.number()])],
  ['"union" with discriminator', z.discriminatedUnion("a", [z.object({ a: z.literal(1) })])],
  ['"object" with symbols', z.object({ [Symbol("a")]: z.string() })],
];
for (const [kind, schema] of refused) {
  test(`compileReader() refuses a schema of type ${kind}, however deep`, () => {
    for (const inside of [schema, z.array(z.object({ a: z.nullable(schema) }))]) {
      const error = assertThrows(() => compileReader(inside), TypeError);
      assertEquals(error.message, `Cannot compile a reader for a schema of type ${kind}`);
    }
  });
}

test("compileReader() refuses a rule that is a promise, as soon as it is met", () => {
  const read = compileReader(z.string().check(z.refine(() => Promise.resolve(true))));
  assertThrows(() => read("a"), TypeError, "Cannot read by a rule that is a promise");
});
