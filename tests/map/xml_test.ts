import { assertEquals } from "@std/assert";
import { pictureUrl, xmlText } from "../../src/map/xml.ts";
import { test } from "../support/test.ts";

test("xmlText() escapes, shortens and leaves out what XML cannot hold", () => {
  assertEquals(xmlText("a <b> & \"c\" 'd'", 40), "a &#60;b&#62; &#38; &#34;c&#34; &#39;d&#39;");
  assertEquals(xmlText("\u0000a\ufffe\uffff\u0007b", 40), "ab");
  assertEquals(xmlText("0123456789", 5), "0123…");
});

test("pictureUrl() holds a picture of any size", () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => index * 7);
  const [head = "", data = ""] = pictureUrl("png", bytes).split(",");
  assertEquals(head, "data:image/png;base64");
  assertEquals(Uint8Array.fromBase64(data), bytes);
  assertEquals(pictureUrl("svg+xml", "ab"), "data:image/svg+xml;base64,YWI=");
});
