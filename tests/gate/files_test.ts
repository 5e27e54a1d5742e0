import { assert, assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import { ROOT } from "./entrypoints.ts";
import {
  echoes,
  MOST_FILES,
  MOST_LINES,
  type SourceFile,
  tooFull,
  tooLong,
  untested,
  writtenAgain,
} from "./files.ts";
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

test("docs of src say more than the name that they are of", () => {
  assertEquals(echoes(source), []);
});

test("helpers of src stand once", () => {
  assertEquals(writtenAgain(source), []);
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

test("echoes() finds docs that repeat the name, and none that say more", () => {
  const doc = (words: string, code: string) => ({
    path: "src/a.ts",
    text: `/** ${words} */\n${code}\n`,
  });
  assertEquals(
    echoes([
      doc("The status.", "  readonly status: string;"),
      doc("What the kind of it is.", "export type Kind = string;"),
      doc("The name of a job's asset.", "readonly assetName: string;"),
      doc("The names of palettes.", "export type PaletteName = string;"),
      doc("How far the job is.", "  readonly status: string;"),
      {
        path: "src/b.ts",
        text: "/**\n * The variable.\n *\n * @default x\n */\nreadonly variable: string;\n",
      },
    ]),
    [
      "src/a.ts says of status: The status.",
      "src/a.ts says of Kind: What the kind of it is.",
      "src/a.ts says of PaletteName: The names of palettes.",
      "src/b.ts says of variable: The variable.",
    ],
  );
});

test("writtenAgain() finds what is written anew, and where it stands", () => {
  const file = (text: string) => ({ path: "src/a.ts", text });
  const objects = "src/a.ts writes anew what src/core/objects.ts has";
  assertEquals(
    writtenAgain([
      file('return typeof value === "object" && value !== null && !Array.isArray(value);'),
    ]),
    [objects],
  );
  assertEquals(
    writtenAgain([file('if (typeof a !== "object" || a === null || Array.isArray(a)) return;')]),
    [objects],
  );
  assertEquals(writtenAgain([file('`${n} ${n === 1 ? "job" : "jobs"}`')]), [
    "src/a.ts writes anew what src/core/units.ts has",
  ]);
  assertEquals(writtenAgain([file('type Label = "openeo" | "ogc_api_process";')]), [
    "src/a.ts writes anew what src/models/service.ts has",
  ]);
  assertEquals(
    writtenAgain([file(' * const n = typeof a === "object";\nreturn count(n, "job");')]),
    [],
  );
});
