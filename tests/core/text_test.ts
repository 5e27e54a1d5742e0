import { assert, assertEquals } from "@std/assert";
import { escapeHtml, oneLine, phrase, plainText, printable, quote } from "../../src/core/text.ts";
import { test } from "../support/test.ts";

test("printable() keeps lines, and nothing that is not seen", () => {
  assertEquals(printable("a\r\n\tb\u2028c"), "a\r\n\tb\u2028c");
  assertEquals(printable("\u009b31mred\u202e \u0000\u200b\ud800"), "red \ufffd");
});

test("quote() shortens where it is told to", () => {
  assertEquals(quote('a "b"'), '"a \\"b\\""');
  assertEquals(quote("abcdef", 4), '"abc…"');
  // A quoted text is there to be told from others: what is not seen is named, not dropped.
  assertEquals(quote("a\u202eb\u0085"), '"a\\u202eb\\u0085"');
});

test("escapeHtml() leaves nothing that HTML would take for its own", () => {
  assertEquals(
    escapeHtml("<a b=\"c\" d='e'>&`"),
    "&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;&#96;",
  );
});

test("oneLine() joins lines, and phrase() drops the full stop at the end", () => {
  assertEquals(oneLine("  It broke.\n\tTwice.  ", 100), "It broke. Twice.");
  assertEquals(phrase("  It broke.\n\tTwice.  ", 100), "It broke. Twice");
  assertEquals(phrase("and so on...", 100), "and so on...");
});

test("oneLine() drops marks and joiners that have nothing before them", () => {
  assertEquals(oneLine(" \u200d\u0301👧\u200d👦 e\u0301", 100), "👧\u200d👦 e\u0301");
});

test("oneLine() shortens, and never through the middle of a character", () => {
  assertEquals(oneLine("abcdef", 6), "abcdef");
  assertEquals(oneLine("abcdefg", 6), "abcde…");
  assertEquals(oneLine("abcd🛰️🛰️", 6), "abcd…");
  assert(oneLine("🛰️".repeat(50), 40).isWellFormed());
});

test("oneLine() drops what commands a terminal or turns the reading direction", () => {
  assertEquals(oneLine("a\u001b[31mb\u0000c\u202ed\u2067e\u0085f", 100), "abcdef");
});

test("plainText() turns a link into its words and its address", () => {
  assertEquals(
    plainText("Please link it in your <a href='https://x.test/account'>Account Dashboard</a>"),
    "Please link it in your Account Dashboard (https://x.test/account)",
  );
  assertEquals(
    plainText('<a class="b" href="https://x.test/?a=1&amp;b=2"><b>Forum</b></a>').trim(),
    "Forum  (https://x.test/?a=1&b=2)",
  );
});

test("plainText() drops tags, comments, scripts and styles", () => {
  const html = "<!doctype html><style>p{}</style><script>alert(1)</script><!-- > --><p>Gone</p>";
  assertEquals(plainText(html).trim(), "Gone");
});

test("plainText() reads entities, and leaves text that is no HTML alone", () => {
  assertEquals(plainText("&lt;1 &amp; 2&gt; &quot;3&#39;s&#x27;&nbsp;4"), "<1 & 2> \"3's' 4");
  assertEquals(plainText("1 < 2 and 4 > 3, a <- b"), "1 < 2 and 4 > 3, a <- b");
});

test("plainText() survives tags that do not end, and ends that do not begin", () => {
  assertEquals(plainText("a</a>b<a name=x>c</a>"), "abc");
  for (const tag of ['<a href="', "<script", "<!--"]) {
    assertEquals(plainText(tag.repeat(200_000)).length <= 10_000, true);
  }
});
