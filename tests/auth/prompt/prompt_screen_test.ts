import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import decode from "qr/decode.js";
import type { SignInPrompt } from "../../../src/auth/prompt/prompt.ts";
import { promptScreen, type Terminal } from "../../../src/auth/prompt/prompt_screen.ts";
import { manualClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { pixelsOf, qrPictureIn } from "../support/qr_picture.ts";

const prompt: SignInPrompt = {
  kind: "device",
  url: "https://auth.example.test/device",
  completeUrl: "https://auth.example.test/device?user_code=WDJB-MJHT",
  code: "WDJB-MJHT",
  expires: new Date(600_000),
};

function terminal(
  size: { columns: number; rows: number; interactive: boolean },
): Terminal & { text: () => string } {
  let written = "";
  return {
    ...size,
    writeSync(bytes) {
      written += new TextDecoder().decode(bytes);
      return bytes.length;
    },
    log: (line) => void (written += `${line}\n`),
    text: () => written,
  };
}

test("promptScreen() keeps one output of a cell, whose last state has no code", async () => {
  const sent: [string, Record<string, unknown>][] = [];
  const kernel = {
    broadcast(type: string, content: Record<string, unknown>) {
      sent.push([type, content]);
      return Promise.resolve();
    },
  };
  const screen = promptScreen({ where: "production", clock: manualClock(), kernel });
  await screen.show(prompt);
  await screen.show(prompt);
  await screen.end({ ok: true, text: "ada (production)" });
  assertEquals(sent.map(([type]) => type), [
    "display_data",
    "update_display_data",
    "update_display_data",
  ]);
  assertEquals(new Set(sent.map(([, { transient }]) => JSON.stringify(transient))).size, 1);
  const html = JSON.stringify(sent[0]?.[1]).replaceAll('\\"', '"');
  assertEquals(decode(pixelsOf(qrPictureIn(html) ?? "")), prompt.completeUrl);
  const last = JSON.stringify(sent[2]);
  assertStringIncludes(last, "ada (production)");
  assertEquals(/WDJB|auth\.example|data:image/.test(last), false);
});

test("promptScreen() tells a terminal link and code once, and counts down below them", async () => {
  const out = terminal({ columns: 100, rows: 60, interactive: true });
  const clock = manualClock();
  const screen = promptScreen({ where: "production", clock, terminal: out });
  await screen.show(prompt);
  clock.advance(1_000);
  await screen.show(prompt);
  await screen.end({ ok: true, text: "ada (production)" });
  assertEquals(out.text().split("  WDJB-MJHT").length, 2);
  assert(out.text().includes("▀"));
  assertStringIncludes(out.text(), "9 min 59 s");
  assert(out.text().endsWith("Signed in as ada (production)\n"));
});

test("promptScreen() draws no QR code in a low terminal or a log", async () => {
  for (
    const size of [{ columns: 100, rows: 12, interactive: true }, {
      columns: 100,
      rows: 60,
      interactive: false,
    }]
  ) {
    const out = terminal(size);
    const screen = promptScreen({ where: "production", clock: manualClock(), terminal: out });
    await screen.show(prompt);
    assertEquals(/[▀▄█]/.test(out.text()), false);
    assertStringIncludes(out.text(), "WDJB-MJHT");
  }
});

test("promptScreen() says nothing of an end where it has shown no prompt", async () => {
  const out = terminal({ columns: 100, rows: 60, interactive: true });
  await promptScreen({ where: "production", clock: manualClock(), terminal: out }).end({
    ok: false,
    text: "no",
  });
  assertEquals(out.text(), "");
});
