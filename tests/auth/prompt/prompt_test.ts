import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import decode from "qr/decode.js";
import {
  outcomeView,
  promptLines,
  promptView,
  qrCode,
  type SignInPrompt,
  stateLine,
} from "../../../src/auth/prompt/prompt.ts";
import { jupyterDisplay } from "../../../src/display/render/displayable.ts";
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

const device: SignInPrompt = {
  kind: "device",
  url: "https://auth.example.test/device",
  completeUrl: "https://auth.example.test/device?user_code=WDJB-MJHT",
  code: "WDJB-MJHT",
  expires: new Date(580_000),
};

test("promptView() shows link, code in large letters, QR code and what is left of it", async () => {
  const qr = await qrCode(device.completeUrl ?? "");
  const bundle = promptView(device, { where: "production", now: 0, qr })[jupyterDisplay]();
  const html = bundle["text/html"];
  for (
    const part of [
      '<img alt="QR code',
      'href="https://auth.example.test/device?user',
      "font-size:26px",
      "WDJB-MJHT",
      "9 min 40 s",
    ]
  ) {
    assertStringIncludes(html, part);
  }
  for (const text of [bundle["text/plain"], bundle["text/markdown"]]) {
    assertStringIncludes(text, "auth.example.test/device");
    assertStringIncludes(text, "WDJB");
  }
});

test("promptView() cannot be made to show what a service sends as HTML", () => {
  const prompt = {
    ...device,
    code: "<script>alert(1)</script>",
    url: "javascript:alert(1)",
    completeUrl: undefined,
  };
  const html = promptView(prompt, { where: "<b>", now: 0 })[jupyterDisplay]()["text/html"];
  assertEquals(/<script|<b>|href="javascript/.test(html), false);
});

test("promptLines() draw the QR code where there is room alone", async () => {
  const qr = await qrCode(device.completeUrl ?? "");
  const news = { where: "production", now: 0, qr };
  const wide = promptLines(device, news, 100);
  const narrow = promptLines(device, news, 20);
  assertEquals(wide.length - narrow.length, qr.characters.length + 1);
  assertEquals(narrow.includes("  WDJB-MJHT"), true);
});

test("stateLine() counts down, and says what has happened", () => {
  assertEquals(
    stateLine(device, { where: "", now: 0 }),
    "waiting · the code expires in 9 min 40 s · Stop ends it",
  );
  assertEquals(
    stateLine({ kind: "paste", url: "https://x.test" }, { where: "", now: 0, remark: "so" }),
    "so · waiting · Stop ends it",
  );
});

test("outcomeView() leaves neither code nor link nor picture", () => {
  for (const ok of [true, false]) {
    const bundle = outcomeView({ ok, text: "ada (production)" })[jupyterDisplay]();
    for (const text of Object.values(bundle)) {
      assertStringIncludes(text, "ada");
      assertEquals(/href|<img|WDJB/.test(text), false);
    }
  }
});
