// What README.md shows of an output is what comes out: each block with such lines is run, as somebody types it.
import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT } from "./gate/entrypoints.ts";
import { test } from "./support/test.ts";

/** A block of code, and the lines that it says come out, one after the other. */
interface Shown {
  readonly code: string;
  readonly lines: readonly string[];
}

/** The blocks of a README that show what they print: in comments below `console.log(…)`, each on a line of its own. */
function blocksOf(readme: string): Shown[] {
  return [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].flatMap(([, code = ""]) => {
    const shown = [...code.matchAll(/^ *console\.log\(.*\);\n((?: *\/\/.*\n)+)/gm)];
    const lines = shown.flatMap(([, comments = ""]) =>
      comments.trimEnd().split("\n").map((line) => line.replace(/^ *\/\/ ?/, ""))
    );
    return lines.length === 0 ? [] : [{ code, lines }];
  });
}

/** A line that is shown, as an expression: `…` stands for whatever is left out. */
function patternOf(line: string): RegExp {
  const parts = line.trimEnd().split("…").map((part) =>
    part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
  );
  return new RegExp(`^${parts.join(".*")}\\s*$`);
}

async function outputOf(code: string): Promise<string[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--allow-net=127.0.0.1"],
      ...["--import-map", "tests/import_map.npm.json", "-"],
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  const { code: status, stdout, stderr } = await child.output();
  assertEquals([status, new TextDecoder().decode(stderr)], [0, ""]);
  return new TextDecoder().decode(stdout).split("\n");
}

const blocks = blocksOf(await Deno.readTextFile(new URL("README.md", ROOT)));

test("blocksOf() finds what a block says it prints", () => {
  const block = "```ts\nf();\nconsole.log(1);\n// 1 job\n//   so\nconsole.log(2); // 2\n```\n";
  const lines = ["1 job", "  so"];
  assertEquals(
    blocksOf(`# A\n\n${block}\n\`\`\`ts\nconsole.log(1);\n\`\`\`\n`).map((one) => one.lines),
    [
      lines,
    ],
  );
  assert(patternOf("404 (…) of …").test("404 (not found) of 7 "));
  assertEquals(patternOf("404 (…)").test("404 of 7"), false);
});

test("README.md shows outputs as they are", async () => {
  assert(blocks.length >= 3, `only ${blocks.length} blocks show what they print`);
  for (const { code, lines } of blocks) {
    const printed = await outputOf(code);
    lines.forEach((line, index) => assertMatch(printed[index] ?? "(nothing)", patternOf(line)));
  }
});
