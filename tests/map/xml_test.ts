import { assertEquals } from "@std/assert";
import { xmlText } from "../../src/map/xml.ts";
import { test } from "../support/test.ts";

test("xmlText() escapes, shortens and leaves out what XML cannot hold", () => {
  assertEquals(xmlText("a <b> & \"c\" 'd'", 40), "a &#60;b&#62; &#38; &#34;c&#34; &#39;d&#39;");
  assertEquals(xmlText("\u0000a\ufffe\uffff\u0007b", 40), "ab");
  assertEquals(xmlText("0123456789", 5), "0123…");
});
