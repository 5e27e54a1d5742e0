import { assertEquals, assertStringIncludes } from "@std/assert";
import { code, muted, strong } from "../../../../src/display/render/document.ts";
import { escapeHtml } from "../../../../src/core/text.ts";
import { renderHtml } from "../../../../src/display/render/formats/html.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";

test("escapeHtml() escapes what means something in an element or a quoted attribute", () => {
  assertEquals(
    escapeHtml(`<a b="c" d='e'>&\``),
    "&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;&#96;",
  );
});

test("renderHtml() gives a table a caption, a head and a scope for each heading", () => {
  const html = renderHtml([{
    kind: "table",
    caption: strong("2 things"),
    columns: [{ title: "A", max: 10 }, { title: "B", max: 5 }],
    rows: [["1", "two"], ["3", [code("four"), muted("teen hundred")]]],
  }]);
  assertEquals(checkHtml(html).split("\n").filter((line) => line !== ""), [
    "2 things",
    "A",
    "B",
    "1",
    "two",
    "3",
    "four…",
  ]);
  assertStringIncludes(html, "<thead>");
  assertEquals(html.match(/<th scope="col"/g)?.length, 2);
  assertStringIncludes(html, 'title="fourteen hundred"');
});

test("renderHtml() gives each fact a heading", () => {
  const html = renderHtml([{
    kind: "fields",
    caption: "Job",
    fields: [{ label: "When", lines: ["now", { text: "here", href: "https://x.test/?a=1&b=2" }] }],
  }]);
  assertEquals(checkHtml(html).trim().replaceAll("\n", "|"), "Job|When|now|here");
  assertStringIncludes(html, '<th scope="row"');
  assertStringIncludes(
    html,
    '<a href="https://x.test/?a=1&#38;b=2" target="_blank" rel="noopener noreferrer">here</a>',
  );
});

test("renderHtml() shows a picture that needs no request, and the words of any other", () => {
  const picture = (src: string) =>
    renderHtml([{ kind: "picture", alt: '12 tiles: "3" failed', src, width: 640.4 }]);
  const shown = picture("data:image/svg+xml;base64,PHN2Zz4=");
  checkHtml(shown);
  assertStringIncludes(
    shown,
    'alt="12 tiles: &#34;3&#34; failed" src="data:image/svg+xml;base64,PHN2Zz4="',
  );
  assertStringIncludes(checkHtml(picture("https://evil.test/x.png")), '12 tiles: "3" failed');
});

test("renderHtml() leaves the colour of text to the page", () => {
  const html = renderHtml([{ kind: "note", tone: "error", lines: ["a", muted("b"), code("c")] }]);
  checkHtml(html);
  assertEquals(html.match(/[;"]color:#\w+/g), [";color:#ffffff"]);
  assertStringIncludes(html, 'color:#ffffff;background-color:#b42318">!</span> a');
});
