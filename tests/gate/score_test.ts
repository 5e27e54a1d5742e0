import { assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import { readDocs, score, type Scored } from "./score.ts";

const symbol = (name: string, doc?: string) => ({
  name,
  declarations: [doc === undefined ? {} : { jsDoc: { doc } }],
});
const module = {
  module_doc: { doc: "A package.", tags: [{ kind: "example" }] },
  symbols: [symbol("a", "One."), symbol("b", "Two."), symbol("c", "3"), symbol("d", "4")],
};
const GOOD: Scored = {
  readme: "# A package\n\n```ts\na();\n```\n",
  doors: new Map([["@x/y", module], ["@x/y/z", module]]),
  slowTypes: false,
};

function points(changes: Partial<Scored>): number[] {
  return score({ ...GOOD, ...changes }).map(({ points }) => points);
}

test("score() is full where nothing is left to be wished", () => {
  assertEquals(points({}), [2, 1, 1, 5, 5]);
  assertEquals(score(GOOD).map(({ of }) => of), [2, 1, 1, 5, 5]);
});

test("score() takes each point away for what is missing", () => {
  const bare = { symbols: module.symbols };
  assertEquals(points({ readme: "", doors: new Map([["@x/y", bare]]) }), [0, 0, 0, 5, 5]);
  assertEquals(points({ readme: "# A package" }), [2, 1, 1, 5, 5]);
  assertEquals(points({ doors: new Map([["@x/y", module], ["@x/y/z", bare]]) }), [2, 1, 0, 5, 5]);
  assertEquals(points({ slowTypes: true }), [2, 1, 1, 5, 0]);
});

test("score() wants four of five symbols documented", () => {
  const doors = (...more: readonly ReturnType<typeof symbol>[]) =>
    new Map([["@x/y", { ...module, symbols: [...module.symbols, ...more] }]]);
  assertEquals(points({ doors: doors(symbol("e")) }), [2, 1, 1, 5, 5]);
  assertEquals(points({ doors: doors(symbol("e"), symbol("f", " ")) }), [2, 1, 1, 0, 5]);
});

test("readDocs() reads what deno doc says", () => {
  assertEquals(readDocs({ version: 2, nodes: { "file:///mod.ts": module } }), module);
});
