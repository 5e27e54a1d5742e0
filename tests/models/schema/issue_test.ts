import { assert, assertEquals } from "@std/assert";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import {
  adviceOn,
  describeValue,
  formatIssues,
  formatPath,
  ModelInvalidError,
} from "../../../src/models/schema/issue.ts";
import { test } from "../../support/test.ts";

test("formatPath() writes a path as one would type it", () => {
  assertEquals(formatPath([]), "");
  assertEquals(formatPath(["service", "endpoint"]), "service.endpoint");
  assertEquals(formatPath([0, "a", 1]), "[0].a[1]");
  assertEquals(formatPath(["a b"]), '["a b"]');
  assertEquals(formatPath(["a", 'say "x"']), 'a["say \\"x\\""]');
  assertEquals(formatPath(["a", ""]), 'a[""]');
  assertEquals(formatPath(["1a"]), '["1a"]');
  assertEquals(formatPath(["größe"]), '["größe"]');
  assertEquals(formatPath(["\ud800"]), '["\\ud800"]');
  assertEquals(formatPath(["a", Symbol("s")]), "a[Symbol(s)]");
  assertEquals(formatPath(["__proto__", "$x_1"]), "__proto__.$x_1");
});

test("formatIssues() shortens a path that nobody can read", () => {
  const fits = "a".repeat(120);
  assertEquals(formatIssues([{ path: fits, message: "expected less" }]), `${fits}: expected less`);
  const path = Array(300).fill("a").join(".");
  assertEquals(
    formatIssues([{ path, message: "expected less" }]),
    `${path.slice(0, 80)}…${path.slice(-30)}: expected less`,
  );
});

const DESCRIBED: readonly (readonly [value: unknown, words: string])[] = [
  [undefined, "nothing"],
  [null, "null"],
  [true, "true"],
  [0, "the number 0"],
  [-1.5e21, "the number -1.5e+21"],
  [NaN, "NaN"],
  [-Infinity, "-Infinity"],
  ["", "an empty string"],
  ["a\nb", 'the string "a\\nb"'],
  ["x".repeat(41), "a string of 41 characters"],
  ["x".repeat(40), `the string "${"x".repeat(40)}"`],
  [[], "an empty array"],
  [[1], "an array of 1"],
  [{}, "an object"],
  [Object.create(null), "an object"],
  [new Map(), "a Map object"],
  [new Error("x"), "an Error object"],
  [new ArrayBuffer(1), "an ArrayBuffer object"],
  [new Uint8Array(1), "a Uint8Array object"],
  [new Date(0), "a Date object"],
  [new Date(NaN), "an invalid Date"],
  [new (class {})(), "an object"],
  [1n, "a BigInt"],
  [() => 1, "a function"],
  [Symbol("x"), "a symbol"],
];

for (const [value, words] of DESCRIBED) {
  test(`describeValue() calls a value ${words}`, () => {
    assertEquals(describeValue(value), words);
  });
}

test("adviceOn() says what to do with what JSON cannot hold", () => {
  const told = [1n, new Set(), new Float32Array(1), new DataView(new ArrayBuffer(1)), new Map()];
  assertEquals(told.map(adviceOn), [
    ": use Number() or a string",
    ": use Array.from()",
    ": use Array.from()",
    ": use Array.from()",
    ": use Object.fromEntries()",
  ]);
  assertEquals(adviceOn(Promise.resolve()), ": await it first");
  assertEquals(
    adviceOn(new Date(Date.UTC(2026, 10, 25, 3, 6, 33, 5))),
    ': write it as text, such as "2026-11-25" or "2026-11-25T03:06:33Z"',
  );
  assertEquals(adviceOn(new URL("https://example.test")), ": use its href");
  assertEquals([null, {}, [], "x", 1, new Date(NaN)].map(adviceOn).join(""), "");
});

test("ModelInvalidError lists its issues below the headline", () => {
  const issues = [
    { path: "title", message: "expected a string, got nothing" },
    { path: "", message: "expected an object, got null" },
  ];
  const error = new ModelInvalidError("Cannot read the value as BaseJobRequest", { issues });
  assert(error instanceof DispatchError);
  assertEquals(error.name, "ModelInvalidError");
  assertEquals(error.issues, issues);
  assertEquals(
    error.message,
    "Cannot read the value as BaseJobRequest:\n" +
      "  title: expected a string, got nothing\n" +
      "  expected an object, got null",
  );
});

test("ModelInvalidError shows twenty issues and counts the rest", () => {
  const issues = Array.from({ length: 23 }, (_, index) => ({ path: `a[${index}]`, message: "no" }));
  const lines = new ModelInvalidError("Cannot", { issues }).message.split("\n");
  assertEquals(lines.length, 22);
  assertEquals([lines[20], lines[21]], ["  a[19]: no", "  and 3 more"]);
});
