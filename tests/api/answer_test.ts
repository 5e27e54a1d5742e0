import { assertEquals } from "@std/assert";
import { parseJson } from "../../src/api/answer.ts";
import { test } from "../support/test.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("parseJson() reads JSON, with a byte order mark or a replacement character too", () => {
  assertEquals(parseJson(bytes('{"title":"é😀"}')), { value: { title: "é😀" } });
  assertEquals(parseJson(bytes("\ufeff[1]")), { value: [1] });
  assertEquals(parseJson(bytes('"\ufffd"')), { value: "\ufffd" });
  assertEquals(parseJson(bytes("null")), { value: null });
});

test("parseJson() finds nothing in what is cut off, empty, another text or no UTF-8", () => {
  for (
    const content of [
      bytes('{"a":'),
      bytes(""),
      bytes("<html>"),
      new Uint8Array([0x22, 0xff, 0x22]),
    ]
  ) {
    assertEquals(parseJson(content), undefined);
  }
});
