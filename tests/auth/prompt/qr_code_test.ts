import { assert, assertEquals } from "@std/assert";
import decode from "qr/decode.js";
import { qrCode } from "../../../src/auth/prompt/qr_code.ts";
import { test } from "../../support/test.ts";
import { pixelsOf } from "../support/qr_picture.ts";

const ADDRESS = "https://auth.apex.esa.int/realms/apex/device?user_code=WDJB-MJHT";

test("qrCode() makes a picture that a decoder reads", async () => {
  const { picture } = await qrCode(ADDRESS);
  assert(picture.startsWith("data:image/svg+xml;base64,"));
  assertEquals(decode(pixelsOf(picture)), ADDRESS);
});

test("qrCode() draws the same in characters, black on white by name", async () => {
  const { characters, columns } = await qrCode(ADDRESS);
  const plain = characters.map((line) => line.replace("\x1b[30;107m", "").replace("\x1b[0m", ""));
  assert(plain.every((line) => line.length === columns));
  assert(characters.every((line) => line.startsWith("\x1b[30;107m") && line.endsWith("\x1b[0m")));
  const rows = plain.flatMap((line) => [
    [...line].map((character) => "▀█".includes(character)),
    [...line].map((character) => "▄█".includes(character)),
  ]);
  const scale = 4;
  const size = columns * scale;
  const data = new Uint8Array(size * rows.length * scale * 4);
  for (let y = 0; y < rows.length * scale; y++) {
    for (let x = 0; x < size; x++) {
      const dark = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)];
      data.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * size + x) * 4);
    }
  }
  assertEquals(decode({ width: size, height: rows.length * scale, data }), ADDRESS);
});
