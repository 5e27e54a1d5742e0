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

test("readCsv() reads UTF-16, Windows' western letters, and what a spreadsheet puts before", async () => {
  const text = "sep=;\r\nort;wert\r\nKöln;0,5\r\n";
  const wide = new Uint8Array(2 + text.length * 2);
  for (const [littleEndian, from] of [[true, 0], [false, 0]] as const) {
    const view = new DataView(wide.buffer);
    view.setUint16(from, 0xfeff, littleEndian);
    for (let at = 0; at < text.length; at++) {
      view.setUint16(2 + at * 2, text.charCodeAt(at), littleEndian);
    }
    assertEquals((await readCsv(wide, "a.csv")).rows, [{ ort: "Köln", wert: 0.5 }]);
  }
  const western = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  assertEquals((await readCsv(western, "a.csv")).rows, [{ ort: "Köln", wert: 0.5 }]);
});

test("readCsv() goes over notes before the names, and takes names that stand in one", async () => {
  const notes = await read("# made by x\n# 2026\n\na,b\n1,2\n");
  assertEquals(notes.rows, [{ a: 1, b: 2 }]);
  assertEquals((await read("# made by x\n# a,b\n1,2\n")).rows, [{ a: 1, b: 2 }]);
  assertEquals((await read("a,b\n#1,2\n")).rows, [{ a: "#1", b: 2 }]);
});

test("readCsv() has no column of a separator at the end of each line, and one that is empty", async () => {
  const { columns, rows } = await read("a,b,\n1,,\n3,,\n");
  assertEquals(columns, [{ name: "a", type: "number" }, { name: "b", type: "empty" }]);
  assertEquals(rows[0], { a: 1, b: null });
});

test("readCsv() reads what has no end as numbers, and keeps digits that a number would lose", async () => {
  const { rows } = await read("a,id\n1,12345678901234567890\n-inf,7\nInfinity,8\n");
  assertEquals(rows.map(({ a }) => a), [1, -Infinity, Infinity]);
  assertEquals(rows[0]?.id, "12345678901234567890");
});
