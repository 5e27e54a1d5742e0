import { assertEquals } from "@std/assert";
import { pictureUrl } from "../../src/map/data_url.ts";
import { test } from "../support/test.ts";

test("pictureUrl() holds a picture of any size", () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => index * 7);
  const [head = "", data = ""] = pictureUrl("png", bytes).split(",");
  assertEquals(head, "data:image/png;base64");
  assertEquals(Uint8Array.fromBase64(data), bytes);
  assertEquals(pictureUrl("svg+xml", "ab"), "data:image/svg+xml;base64,YWI=");
});
