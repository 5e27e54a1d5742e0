import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { stripVTControlCharacters } from "node:util";

const ROOT = new URL("../../", import.meta.url);

/** What `deno check` says of a text file of this folder, as somebody's own module. */
async function check(name: string): Promise<{ ok: boolean; text: string }> {
  const path = await Deno.makeTempFile({
    dir: new URL(".", import.meta.url).pathname,
    suffix: ".ts",
  });
  try {
    await Deno.copyFile(new URL(name, import.meta.url), path);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--import-map", "tests/import_map.npm.json", path],
      cwd: ROOT,
    }).output();
    return { ok: success, text: stripVTControlCharacters(new TextDecoder().decode(stderr)) };
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("usual mistakes are each named by the field, with what it takes", async () => {
  const source = await Deno.readTextFile(new URL("mistakes.txt", import.meta.url));
  const expected = [...source.matchAll(/^\/\/ (.*)\n(?:client|jobsTable|retry|upscale)/gm)]
    .map(([, words = ""]) => words);
  assertEquals(expected.length, 14);
  const { ok, text } = await check("mistakes.txt");
  assert(!ok);
  // One message for each, in their order; what is indented belongs to the one before.
  const messages = text.split(/^TS\d+ \[ERROR\]: (?=\S)/m).slice(1);
  assertEquals(messages.length, 14, text);
  for (const [index, words] of expected.entries()) {
    for (const part of words.split(" … ")) assertStringIncludes(messages[index] ?? "", part);
  }
});

Deno.test("requests pass as people write them, and results lead to their files", async () => {
  const { ok, text } = await check("right.txt");
  assert(ok, text);
});
