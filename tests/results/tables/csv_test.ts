import { assertEquals, assertRejects } from "@std/assert";
import { readCsv } from "../../../src/results/tables/csv.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { test } from "../../support/test.ts";

const read = (text: string) => readCsv(new TextEncoder().encode(text), "a.csv");

test("readCsv() finds the separator outside of quotes", async () => {
  for (const separator of [",", ";", "\t", "|"]) {
    const { rows } = await read(`"a,b;c"${separator}d\n"x ""y"""${separator}1\n`);
    assertEquals(rows, [{ "a,b;c": 'x "y"', d: 1 }]);
  }
});

test("readCsv() reads decimal commas where commas do not separate", async () => {
  assertEquals((await read("a;b\n0,5;1\n-1,25;2\n")).rows, [{ a: 0.5, b: 1 }, { a: -1.25, b: 2 }]);
  assertEquals((await read("a;b\n1.000,5;1\n")).columns[0]?.type, "text");
});

test("readCsv() types a column by all of its values, and keeps what only looks like a number", async () => {
  const { rows, columns } = await read(
    "code,n,day,ok,mixed\n007,1e3,2026-06-01,true,1\n008,,NaN,False,x\n",
  );
  assertEquals(columns.map(({ type }) => type), ["text", "number", "date", "boolean", "text"]);
  assertEquals(rows[0], {
    code: "007",
    n: 1000,
    day: new Date("2026-06-01"),
    ok: true,
    mixed: "1",
  });
  assertEquals(rows[1], { code: "008", n: null, day: null, ok: false, mixed: "x" });
});

test("readCsv() takes names that are missing or double, and rows of other lengths", async () => {
  const { columns, rows } = await read("a,a,\n1,2,3,4\n5\n");
  assertEquals(columns.map(({ name }) => name), ["a", "a 2", "column 3"]);
  assertEquals(rows[1], { a: 5, "a 2": null, "column 3": null });
  await assertRejects(() => read(""), ResultsError, "it is empty");
});
