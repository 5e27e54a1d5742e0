import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { INVALID, objectReader, readFields, readItems } from "../../../src/models/schema/fields.ts";
import type { Field, Reader } from "../../../src/models/schema/fields.ts";
import { test } from "../../support/test.ts";

const text: Reader = (value) => typeof value === "string" ? value : INVALID;
const upper: Reader = (value) => typeof value === "string" ? value.toUpperCase() : INVALID;
const number: Reader = (value) => typeof value === "number" ? value : INVALID;

const FIELDS: readonly Field[] = [
  { key: "id", reader: number },
  { key: "title", reader: text, takesText: true },
  { key: "when", reader: upper, ifAbsent: true },
  { key: "note", reader: text, takesText: true, ifAbsent: true },
];

test("readFields() keeps an object in which nothing changes, and copies another", () => {
  const same = { id: 1, title: "a", more: [1] };
  assertStrictEquals(readFields(same, { fields: FIELDS }), same);
  const changed = { id: 1, title: "a", when: "x" };
  assertEquals(readFields(changed, { fields: FIELDS }), { ...changed, when: "X" });
  assertEquals(changed.when, "x");
  assertEquals(readFields({ id: 1 }, { fields: FIELDS }), INVALID);
});

test("readItems() keeps a list in which nothing changes, and copies another", () => {
  const list = ["A", "b"];
  assertStrictEquals(readItems(list, text), list);
  assertEquals(readItems(list, upper), ["A", "B"]);
  assertEquals(readItems(["a", 1], [text, number]), ["a", 1]);
  assertEquals(readItems(["a", 1], text), INVALID);
});

const anyText = fc.constantFrom("a", "b", "X");
const odd = fc.constantFrom<unknown>(undefined, null, 5, "x");
/** Names with values that mostly fit, in any order. */
const entries = fc.uniqueArray(
  fc.oneof(
    fc.tuple(fc.constant("id"), fc.oneof({ weight: 5, arbitrary: fc.nat(9) }, odd)),
    fc.tuple(fc.constant("title"), fc.oneof({ weight: 5, arbitrary: anyText }, odd)),
    fc.tuple(fc.constant("when"), fc.oneof({ weight: 5, arbitrary: anyText }, odd)),
    fc.tuple(fc.constant("note"), fc.oneof({ weight: 5, arbitrary: anyText }, odd)),
    fc.tuple(fc.constantFrom("more", "7", "__proto__"), odd),
  ),
  { selector: ([name]) => name, maxLength: 6, minLength: 2 },
);
/** Where a value stands: among what a loop sees, among what it does not, or in what the object is made after. */
const objects = fc.tuple(entries, fc.constantFrom("own", "own", "hidden", "inherited")).map(
  ([fields, last]) => {
    const properties = fields.map(([name, value]) => [name, value] as const);
    const [name, value] = properties.at(-1) ?? ["more", 1];
    const inherited = Object.defineProperty({}, name, { value, enumerable: true });
    const object: Record<string, unknown> = last === "inherited" ? Object.create(inherited) : {};
    const own = last === "own" ? properties : properties.slice(0, -1);
    for (const [key, field] of own) {
      const descriptor = { value: field, enumerable: true, writable: true, configurable: true };
      Object.defineProperty(object, key, descriptor);
    }
    return last === "hidden" ? Object.defineProperty(object, name, { value }) : object;
  },
);

test("objectReader() reads as readFields() does, whatever it has read before", () => {
  let same = 0, copied = 0, invalid = 0;
  fc.assert(
    fc.property(fc.array(objects, { minLength: 2, maxLength: 12 }), (values) => {
      const read = objectReader(FIELDS);
      for (const value of values) {
        const wanted = readFields(value, { fields: FIELDS });
        const found = read(value);
        if (wanted === value || wanted === INVALID) assertStrictEquals(found, wanted);
        else assertEquals(Object.entries(Object(found)), Object.entries(Object(wanted)));
        if (wanted === value) same++;
        else if (wanted === INVALID) invalid++;
        else copied++;
      }
    }),
    { numRuns: 2000 },
  );
  assert(Math.min(same, copied, invalid) > 500, `${same} as they are, ${copied} copied`);
});

test("objectReader() asks each field once, however the names are ordered", () => {
  let asked = 0;
  const fields: Field[] = [
    { key: "a", reader: (value) => (asked++, value), ifAbsent: true },
    { key: "b", reader: (value) => (asked++, value), ifAbsent: true },
    { key: "c", reader: (value) => (asked++, value), ifAbsent: true },
  ];
  const read = objectReader(fields);
  const values = [{ a: 1, b: 2, c: 3 }, { a: 1, c: 3, b: 2 }, { a: 1, b: 2, d: 4, c: 3 }, { c: 1 }];
  for (const value of values) {
    asked = 0;
    assertStrictEquals(read(value), value);
    assertEquals(asked, Object.keys(value).filter((key) => key !== "d").length);
  }
});

test("objectReader() learns no more when every object has another order", () => {
  const read = objectReader(FIELDS);
  for (let index = 0; index < 100; index++) {
    const value = { [`other ${index}`]: index, id: index, title: "a" };
    assertStrictEquals(read(value), value);
  }
  assertEquals(read({ id: 1, title: 5 }), INVALID);
});
