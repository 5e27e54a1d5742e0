import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatPath } from "../../../src/models/schema/issue.ts";
import { isPlainJson, jsonIssues } from "../../../src/models/schema/json.ts";
import { test } from "../../support/test.ts";

function found(value: unknown): string[] {
  return jsonIssues(value).map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

test("jsonIssues() finds nothing in what came from JSON, save __proto__ and lone surrogates", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const text = JSON.stringify(value);
    const strange = /"__proto__":|\\ud[89a-f]/.test(text);
    assertEquals(found(JSON.parse(text)).length > 0, strange);
  }));
});

test("jsonIssues() finds whatever JSON would change", () => {
  const value = fc.anything({
    maxDepth: 3,
    withBigInt: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
  });
  fc.assert(
    fc.property(value, (value) => {
      if (value === undefined || jsonIssues(value).length > 0) return;
      assert(survives(value, JSON.parse(JSON.stringify(value))));
    }),
    { numRuns: 1000 },
  );
});

/** Whether a value came through JSON as it was; only fields that are `undefined` may be gone. */
function survives(before: unknown, after: unknown): boolean {
  if (typeof before !== "object" || before === null) {
    return Object.is(before, after) || (before === 0 && after === 0);
  }
  if (typeof after !== "object" || after === null) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const kept = Object.entries(before).filter(([, field]) => field !== undefined);
  return kept.length === Object.keys(after).length &&
    kept.every(([key, field]) => survives(field, Reflect.get(after, key)));
}

const cases: readonly (readonly [rule: string, value: unknown, issue: string])[] = [
  ["NaN", { a: [NaN] }, "a[0]: expected a number that JSON can hold, got NaN"],
  ["Infinity", { a: Infinity }, "a: expected a number that JSON can hold, got Infinity"],
  ["a BigInt", { a: 1n }, "a: expected a JSON value, got a BigInt: use Number() or a string"],
  ["a function", { a() {} }, "a: expected a JSON value, got a function"],
  ["a symbol", { a: Symbol("s") }, "a: expected a JSON value, got a symbol"],
  [
    "a symbol as a name",
    { [Symbol("s")]: 1 },
    "[Symbol(s)]: expected a name that JSON can hold, got a symbol",
  ],
  [
    "nothing in an array",
    [undefined],
    "[0]: expected a JSON value, got nothing: write null where a value is missing",
  ],
  [
    "a hole in an array",
    Array(1),
    "[0]: expected a JSON value, got nothing: write null where a value is missing",
  ],
  [
    "a Map",
    { a: new Map([[1, 2]]) },
    "a: expected a JSON value, got a Map object: use Object.fromEntries()",
  ],
  ["a Set", { a: new Set([1]) }, "a: expected a JSON value, got a Set object: use Array.from()"],
  [
    "a typed array",
    { a: new Float32Array(2) },
    "a: expected a JSON value, got a Float32Array object: use Array.from()",
  ],
  ["a buffer", { a: new ArrayBuffer(2) }, "a: expected a JSON value, got an ArrayBuffer object"],
  [
    "a promise",
    { a: Promise.resolve(1) },
    "a: expected a JSON value, got a Promise object: await it first",
  ],
  ["a pattern", { a: /x/ }, "a: expected a JSON value, got a RegExp object"],
  ["a boxed string", { a: Object("x") }, "a: expected a JSON value, got a String object"],
  ["an invalid date", { a: new Date(NaN) }, "a: expected a JSON value, got an invalid Date"],
  [
    "a date",
    { a: new Date(0) },
    'a: expected a JSON value, got a Date object: write it as text, such as "1970-01-01" or "1970-01-01T00:00:00Z"',
  ],
  ["a lone surrogate", { a: "x\ud800y" }, "a: expected well-formed text, got a lone surrogate"],
  [
    "a lone surrogate in a name",
    { "x\udc00": 1 },
    '["x\\udc00"]: expected a well-formed name, got a lone surrogate',
  ],
  [
    "a __proto__ key",
    JSON.parse('{"a":{"__proto__":{}}}'),
    "a.__proto__: expected another name: this one is reserved",
  ],
];

for (const [rule, value, issue] of cases) {
  test(`jsonIssues() refuses ${rule}`, () => assertEquals(found(value), [issue]));
}

test("jsonIssues() allows undefined fields, objects of a class and without a prototype", () => {
  class Box {
    west = 12;
  }
  const bare: Record<string, unknown> = Object.create(null);
  bare["a"] = 1;
  const hidden = Object.defineProperty({}, Symbol("hidden"), { value: () => 1, enumerable: false });
  assertEquals(found([{ a: undefined }, new Box(), bare, hidden, "😀"]), []);
});

test("jsonIssues() tells a cycle from a value that stands in two places", () => {
  const shared = { a: [1] };
  assertEquals(found({ one: shared, two: shared, three: [shared, shared] }), []);

  const cycle: Record<string, unknown> = { a: {} };
  cycle["a"] = { b: [cycle] };
  assertEquals(found(cycle), ["a.b[0]: expected a tree, got a cycle"]);
  const ring: unknown[] = [];
  ring.push(ring);
  assertEquals(found(ring), ["[0]: expected a tree, got a cycle"]);
});

test("jsonIssues() refuses 10,000 levels without exhausting the stack", () => {
  let object: unknown = 1, array: unknown = 1;
  for (let level = 0; level < 10_000; level++) {
    object = { a: object };
    array = [array];
  }
  for (const value of [object, array]) {
    const [issue, ...more] = jsonIssues(value);
    assertEquals(issue?.message, "expected at most 500 levels, got more");
    assertEquals([issue?.path.length, more.length], [500, 0]);
  }
});

test("jsonIssues() allows 500 levels", () => {
  let value: unknown = 1;
  for (let level = 0; level < 500; level++) value = { a: value };
  assertEquals(found(value), []);
});

test("jsonIssues() names every problem at once", () => {
  assertEquals(found({ a: NaN, b: [1n, { c: "\ud800" }] }).map((line) => line.split(":")[0]), [
    "a",
    "b[0]",
    "b[1].c",
  ]);
});

test("isPlainJson() passes nothing that jsonIssues() finds fault with, and all that JSON brings", () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
      if (isPlainJson(value)) assertEquals(found(value), []);
    }),
  );
  fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
    const isOdd = JSON.stringify(value).includes('"__proto__":');
    assertEquals(isPlainJson(value), !isOdd && found(value).length === 0);
  }));
});

test("isPlainJson() leaves cycles, classes, symbols and depths to jsonIssues()", () => {
  const cycle: Record<string, unknown> = {};
  Object.assign(cycle, { a: cycle, b: cycle });
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level++) deep = [deep];
  const odd = [
    cycle,
    deep,
    undefined,
    [undefined],
    { a: "\ud800" },
    { "\ud800": 1 },
    { a: NaN },
    JSON.parse('{"__proto__": 1}'),
    { [Symbol("a")]: 1 },
    new Map(),
    new Date(0),
    () => 1,
  ];
  assertEquals(odd.map((value) => isPlainJson(value)), odd.map(() => false));
  assertEquals(isPlainJson({ a: undefined, b: [{ c: null, d: ["x", 1.5, true] }] }), true);
});
