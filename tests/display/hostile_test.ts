import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { test } from "../support/test.ts";
import { checkHtml } from "./check_html.ts";
import { checkMarkdown } from "./check_markdown.ts";
import { checkText } from "./check_text.ts";
import { bundleOf, everyView } from "./views.ts";

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</td></tr></table><script>alert(1)</script>",
  "<!-- --> <![CDATA[ ]]> &lt;b&gt; &amp; &#60;",
  `" onmouseover="alert(1)`,
  "' onmouseover='alert(1)",
  "$5 and $6, $$x$$, \\(y\\) \\[z\\] \\begin{a}b\\end{a}",
  "javascript:alert(1)",
  " \tJaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "https://user:s3cret@data.example.test/a.tif",
  "https://data.example.test/a.tif?access_token=s3cret",
  "https://data.example.test/a.tif?X-Amz-Expires=60&X-Amz-Date=bad&X-Amz-Signature=x",
  "https://data.example.test/(a)|<b>/`c`/$d/[e]/*f*?q=\"'",
  "[a](javascript:alert(1)) ![b](https://evil.example.test/x.png) <https://evil.example.test>",
  "[a]: https://evil.example.test",
  "a | b || c \\| d",
  "`code` ``x`` **bold** _em_ __strong__ ~~s~~ ==m==",
  "# heading",
  "- item",
  "+ item",
  "> quote",
  "---",
  "| --- | --- |",
  "line\nbreak\r\nand\u2028another\u0085one",
  "\u202egnp.exe\u202c \u2067x\u2069 \u200f\u061c",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example.test\u0007link\u001b]8;;\u0007 \u009b2J \u001bc",
  "\0\u0007\b\u007f",
  "x".repeat(10_000),
  "word ".repeat(2_000),
  "農業監測".repeat(500),
  "👩‍👩‍👧‍👦🏳️‍🌈🇧🇪1️⃣👍🏽".repeat(40),
  "e\u0301\u0302".repeat(300),
  `z${"\u0301".repeat(5_000)}`,
  "\ud800 lone \udfff",
  "שלום עולם مرحبا",
  "",
  "   ",
  "__proto__",
  "constructor",
];

for (const text of HOSTILE) {
  const name = JSON.stringify(text.slice(0, 40).toWellFormed());
  test(`every view shows ${name} as text and nothing else`, () => {
    for (const [, view] of everyView(text)) {
      const bundle = bundleOf(view);
      assertEquals(Object.keys(bundle).sort(), ["text/html", "text/markdown", "text/plain"]);
      checkHtml(bundle["text/html"]);
      checkMarkdown(bundle["text/markdown"]);
      checkText(bundle["text/plain"]);
      for (const form of Object.values(bundle)) {
        assert(!form.includes("cannot be shown"), form);
        assert(form.length < 40_000, `A view of ${form.length} characters`);
        assert(!form.includes("s3cret"));
      }
      assertEquals(String(view), bundle["text/plain"]);
    }
  });
}

test("every view shows a short text to the last letter", () => {
  const text = `<b>"5 < 6 & 'x'`;
  for (const [name, view] of everyView(text)) {
    const bundle = bundleOf(view);
    assertStringIncludes(checkHtml(bundle["text/html"]), text, name);
    assertStringIncludes(bundle["text/plain"], text, name);
  }
});
