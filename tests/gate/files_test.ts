import { assert, assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import { ROOT } from "./entrypoints.ts";
import { MOST_FILES, MOST_LINES, type SourceFile, tooFull, tooLong, untested } from "./files.ts";
import { filesBelow } from "./modules.ts";

const source = await Promise.all(
  (await filesBelow(ROOT, "src")).map(async (path): Promise<SourceFile> => ({
    path,
    text: await Deno.readTextFile(new URL(path, ROOT)),
  })),
);
const tests = await filesBelow(ROOT, "tests");

test("files of src are short enough to be read", () => {
  assert(source.length > 100);
  assertEquals(tooLong(source), []);
});

test("folders of src and tests hold no more than a dozen files", () => {
  assertEquals(tooFull([...source.map(({ path }) => path), ...tests]), []);
});

test("files of src have a test of their name", () => {
  assertEquals(untested(source, new Set(tests)), []);
});

test("tooLong() counts lines", () => {
  const file = (lines: number) => ({ path: "src/a.ts", text: "x;\n".repeat(lines) });
  assertEquals(tooLong([file(MOST_LINES)]), []);
  assertEquals(tooLong([file(MOST_LINES + 1)]), [`src/a.ts has ${MOST_LINES + 1} lines`]);
});

test("tooFull() counts the files of each folder for itself", () => {
  const paths = Array.from({ length: MOST_FILES }, (_, index) => `src/a/${index}.ts`);
  assertEquals(tooFull([...paths, "src/a/b/1.ts", "src/c/1.ts"]), []);
  assertEquals(tooFull([...paths, "src/a/more.ts"]), [`src/a has ${MOST_FILES + 1} files`]);
});

test("untested() wants a test in the same place for whatever holds code", () => {
  const files = [
    { path: "src/a/code.ts", text: "export const one = 1;\n" },
    { path: "src/a/tested.ts", text: "export async function one() {}\n" },
    { path: "src/a/types.ts", text: "export interface One {}\nexport type Two = One;\n" },
    { path: "src/a/mod.ts", text: 'export { one } from "./code.ts";\n' },
  ];
  assertEquals(untested(files, new Set(["tests/a/tested_test.ts", "tests/b/code_test.ts"])), [
    "src/a/code.ts",
  ]);
});
