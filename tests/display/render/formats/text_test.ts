import { assertEquals } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { type Block, command, strong } from "../../../../src/display/render/document.ts";
import { statusBadge } from "../../../../src/display/render/value.ts";
import { renderText } from "../../../../src/display/render/formats/text.ts";
import { test } from "../../../support/test.ts";
import { checkText, widthOf } from "../../check_text.ts";

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
  assertEquals(
    lines[2]?.startsWith(`1   ${"t".repeat(26)}…${"t".repeat(20)}  word word`),
    true,
    lines[2],
  );
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

test("renderText() is as wide as it is told, from 60 to 200 columns", () => {
  const row = ["1", "t".repeat(300), "word ".repeat(60)];
  const widthAt = (given: number) =>
    Math.max(
      ...renderText([{ kind: "table", caption: "", columns, rows: [row] }], { columns: given })
        .split("\n").map(widthOf),
    );
  assertEquals([60, 80, 133, 200].map(widthAt), [60, 80, 133, 200]);
  assertEquals([1, 59, 900].map(widthAt), [60, 60, 200]);
  assertEquals([NaN, 0].map(widthAt), [100, 100]);
});

test("renderText() breaks no call that is there to be copied", () => {
  const call = "await follow(client.upscaleTasks.watch(4, { expectedJobs: 12, interval: 60_000 }))";
  const text = renderText([
    { kind: "note", tone: "warning", lines: [["Take it up again with ", command(call), "."]] },
    { kind: "fields", caption: "", fields: [{ label: "Next", lines: [command(call)] }] },
  ], { columns: 60 });
  assertEquals(text.split("\n"), [
    "! Take it up again with",
    `  ${call}.`,
    "",
    `Next  ${call}`,
  ]);
});

test("renderText() colours statuses where colours are wanted, and nothing else moves", () => {
  const blocks: Block[] = [{
    kind: "table",
    caption: [strong("Jobs"), " of mine"],
    columns: [{ title: "Status", max: 20 }, { title: "Title", max: 20 }],
    rows: ["failed", "running", "finished", "queued", "created"].map((status) => [
      statusBadge(status),
      "A",
    ]),
  }];
  const plain = renderText(blocks);
  const colored = renderText(blocks, { colors: true });
  assertEquals(stripVTControlCharacters(colored), plain);
  assertEquals(colored.split("\n")[0], "\x1b[1mJobs\x1b[0m of mine");
  assertEquals(
    colored.split("\n").slice(3),
    [
      "\x1b[31m✗ failed\x1b[0m    A",
      "\x1b[34m◐ running\x1b[0m   A",
      "\x1b[32m✓ finished\x1b[0m  A",
      "\x1b[33m◔ queued\x1b[0m    A",
      "\x1b[90m○ created\x1b[0m   A",
    ],
  );
});
