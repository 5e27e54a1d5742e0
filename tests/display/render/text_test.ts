import { assertEquals } from "@std/assert";
import { renderText } from "../../../src/display/render/text.ts";
import { test } from "../../support/test.ts";
import { checkText } from "../check_text.ts";

const columns = [
  { title: "Id", max: 10 },
  { title: "Title", max: 200, yields: true },
  { title: "About", max: 200, yields: true, wraps: true },
];

test("renderText() aligns columns by what characters take in a terminal", () => {
  const text = renderText([{
    kind: "table",
    caption: "Things",
    columns,
    rows: [["1", "農業 🌾", "a"], ["22", "e\u0301te\u0301", "👩‍🌾 b"], ["333", "x", ""]],
  }]);
  assertEquals(text.split("\n"), [
    "Things",
    "Id   Title    About",
    "───  ───────  ─────",
    "1    農業 🌾  a",
    "22   e\u0301te\u0301      👩‍🌾 b",
    "333  x",
  ]);
  checkText(text);
});

test("renderText() keeps to 100 columns: what yields gives way, what wraps takes lines", () => {
  const row = ["1", "t".repeat(300), "word ".repeat(20)];
  const text = renderText([{ kind: "table", caption: "", columns, rows: [row] }]);
  checkText(text);
  const lines = text.split("\n");
  assertEquals(lines[2]?.startsWith(`1   ${"t".repeat(46)}…  word word`), true, lines[2]);
  assertEquals(lines[3]?.trim().startsWith("word"), true);
});

test("renderText() keeps to 100 columns however many columns there are", () => {
  const many = Array.from({ length: 8 }, (_, at) => ({ title: `Column ${at}`, max: 60 }));
  checkText(
    renderText([{
      kind: "table",
      caption: "c",
      columns: many,
      rows: [many.map(() => "long ".repeat(20))],
    }]),
  );
});

test("renderText() puts facts beside their labels and remarks below", () => {
  const text = renderText([
    {
      kind: "fields",
      caption: "Job 1",
      fields: [{ label: "A", lines: ["1", "2"] }, { label: "Long", lines: ["word ".repeat(30)] }],
    },
    { kind: "note", tone: "warning", lines: ["one", "two"] },
    { kind: "picture", alt: "12 tiles", src: "", width: 1 },
  ]);
  assertEquals(text.split("\n"), [
    "Job 1",
    "A     1",
    "      2",
    `Long  ${"word ".repeat(19).trim()}`,
    `      ${"word ".repeat(11).trim()}`,
    "",
    "! one",
    "  two",
    "",
    "12 tiles",
  ]);
});
