import { assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import { ROOT } from "./entrypoints.ts";
import { filesBelow } from "./modules.ts";

/** What Deno has and Node.js 22.12 has not. */
const TOO_NEW =
  /\.(?:toBase64|setFromBase64|toHex|setFromHex|getOrInsert\w*)\(|\b(?:Uint8Array\.from(?:Base64|Hex)|RegExp\.escape|Promise\.try|Error\.isError|Math\.sumPrecise|Iterator\.concat|Temporal|Float16Array|Array\.fromAsync\.call)\b|^\s*(?:await )?using /m;

/** Deno by name, where nothing asks first whether it is there. */
const DENO = /(?<!")\bDeno\./;

const files = (await filesBelow(ROOT, "src")).filter((path) => !path.startsWith("src/sandbox/"));

test("src uses nothing that Node.js 22.12 does not have", async () => {
  assertEquals(await thoseWith((code) => TOO_NEW.test(code)), []);
});

test("src asks whether Deno is there before it uses it", async () => {
  const unasked = (code: string) =>
    DENO.test(code) && !/typeof Deno (?:!==|===) "undefined"|catch/.test(code);
  assertEquals(await thoseWith(unasked), []);
});

async function thoseWith(rule: (code: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const path of files) {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    if (rule(text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, ""))) found.push(path);
  }
  return found;
}
