import { assertEquals, assertStringIncludes } from "@std/assert";
import { test } from "../support/test.ts";

const source = `
import { glimpseVariable, isVisible, readVariable } from "${new URL(
  "../../src/auth/variables.ts",
  import.meta.url,
)}";
const tries = [() => readVariable("SEEN"), () => readVariable("EMPTY"), () => glimpseVariable("HOME"), () => isVisible("HOME"), () => readVariable("HOME")];
for (const one of tries) {
  try { console.log(String(one())); } catch (error) { console.log(error.reason, error.message); }
}`;

test("readVariable() names the permission that is missing, glimpseVariable() asks for none", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--no-check",
      "--allow-env=SEEN,EMPTY",
      "--import-map",
      new URL("../import_map.npm.json", import.meta.url).pathname,
      `data:application/typescript,${encodeURIComponent(source)}`,
    ],
    env: { SEEN: "yes", EMPTY: "", NO_COLOR: "1" },
    stderr: "inherit",
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assertEquals(lines.slice(0, 4), ["yes", "undefined", "undefined", "false"]);
  assertStringIncludes(
    lines[4] ?? "",
    "permission Cannot see the environment variable HOME: allow it (deno run --allow-env=HOME)",
  );
});
