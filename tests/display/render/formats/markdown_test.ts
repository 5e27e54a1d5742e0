import { assertEquals } from "@std/assert";
import { code, strong } from "../../../../src/display/render/document.ts";
import { escapeMarkdown, renderMarkdown } from "../../../../src/display/render/formats/markdown.ts";
import { test } from "../../../support/test.ts";
import { checkMarkdown } from "../../check_markdown.ts";

test("escapeMarkdown() leaves words as they are", () => {
  for (
    const text of ["Vegetation index (2025)", "max_ndvi_composite", "a-b, c: d; e=f", "10 × 5"]
  ) {
    assertEquals(escapeMarkdown(text), text);
  }
});

test("escapeMarkdown() takes the meaning out of what has one", () => {
  const cases = {
    "a|b": "a&#124;b",
    "<b>&": "&#60;b&#62;&#38;",
    "*a* _b_ `c`": "&#42;a&#42; &#95;b&#95; &#96;c&#96;",
    "[a](javascript:x)": "&#91;a&#93;(javascript:x)",
    "$5 and $6": "<span>&#36;</span>5 and <span>&#36;</span>6",
    "\\(x\\)": "<span>&#92;</span>(x<span>&#92;</span>)",
    "https://x.test www.x.test me@x.test": "https&#58;//x.test www&#46;x.test me&#64;x.test",
    "# a": "&#35; a",
    "- a": "&#45; a",
    "1. a": "&#49;. a",
  };
  for (const [text, escaped] of Object.entries(cases)) assertEquals(escapeMarkdown(text), escaped);
});

test("renderMarkdown() writes tables, facts, notes and pictures", () => {
  const markdown = renderMarkdown([
    {
      kind: "table",
      caption: strong("2 things"),
      columns: [{ title: "A", max: 10 }, { title: "B", max: 10 }],
      rows: [["1", code("two")], ["3", "a|b"]],
    },
    {
      kind: "fields",
      caption: "Job",
      fields: [{
        label: "Where",
        lines: [{ text: "here", href: "https://x.test/(a)?b=$c" }, "there"],
      }],
    },
    { kind: "note", tone: "warning", lines: ["one", "two"] },
    { kind: "picture", alt: "tiles", src: "data:image/png;base64,AA==", width: 10 },
    { kind: "picture", alt: "tiles", src: "https://x.test/x.png", width: 10 },
  ]);
  assertEquals(markdown.split("\n"), [
    "**2 things**",
    "",
    "| A | B |",
    "| --- | --- |",
    "| 1 | `two` |",
    "| 3 | a&#124;b |",
    "",
    "Job",
    "",
    "- **Where:** [here](https://x.test/&#40;a&#41;?b=&#36;c)<br>there",
    "",
    "> one<br>",
    "> two",
    "",
    "> tiles",
    "",
    "> tiles",
  ]);
  checkMarkdown(markdown.replace(/!\[.*\n/, ""));
});

test("renderMarkdown() puts code into backticks only where nothing in it means anything", () => {
  const codeOf = (text: string) =>
    renderMarkdown([{ kind: "note", tone: "plain", lines: [code(text)] }]);
  assertEquals(codeOf("await client.get(42)"), "> `await client.get(42)`");
  assertEquals(codeOf("a`|$"), "> <code>a&#96;&#124;<span>&#36;</span></code>");
});
