import { assert, assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import { circles, roomOf, wrongArrows } from "./arrows.ts";
import { entrypoints, ROOT } from "./entrypoints.ts";
import { filesBelow, type Import, importsOf, loadedBy } from "./modules.ts";

const doors = entrypoints().map(({ path }) => path);
const files = [...new Set([...doors, ...await filesBelow(ROOT, "src")])];
const imports = await importsOf(ROOT, files);

test("imports point downwards only, folder by folder", () => {
  assert(imports.length > 500, `only ${imports.length} imports were found`);
  assertEquals(wrongArrows(imports), []);
});

test("imports go in no circle, those of types included", () => {
  assertEquals(circles(imports), []);
});

test("wrongArrows() names every import that is turned round", () => {
  const between = imports.filter(({ from, to }) =>
    to.startsWith("src/") && roomOf(from) !== roomOf(to)
  );
  assert(between.length > 100);
  // The sandbox and the front door are on top of everything: they are known by nobody.
  assertEquals(between.filter((one) => wrongArrows([turned(one)]).length === 0), []);
});

test("circles() finds every import that is turned round beside the one that was there", () => {
  const inside = imports.filter(({ to }) => to.startsWith("src/"));
  const missed = inside.filter((one) => circles([one, turned(one)]).length === 0);
  assertEquals(missed, []);
  assertEquals(circles([edge("a.ts", "b.ts"), edge("b.ts", "c.ts"), edge("c.ts", "a.ts")]), [
    "a.ts → b.ts → c.ts → a.ts",
  ]);
});

test("wrongArrows() takes nothing from where not everyone can reach", () => {
  assertEquals(
    [
      ...wrongArrows([edge("src/core/a.ts", "jsr:@std/assert")]),
      ...wrongArrows([edge("src/core/a.ts", "https://x.test/a.ts")]),
      ...wrongArrows([edge("src/cellar/a.ts", "src/core/a.ts")]),
      ...wrongArrows([edge("src/core/a.ts", "tests/support/test.ts")]),
    ],
    [
      "src/core/a.ts:1 takes jsr:@std/assert, which not everyone can reach",
      "src/core/a.ts:1 takes https://x.test/a.ts, which not everyone can reach",
      "src/cellar/a.ts:1 is in a room that the house does not know",
      "src/core/a.ts:1 knows tests/support/test.ts: core may not know tests",
    ],
  );
});

test("importsOf() reads imports of each kind from the files", async () => {
  const root = new URL(`file://${await Deno.makeTempDir()}/`);
  const write = async (path: string, text: string) => {
    await Deno.mkdir(new URL(".", new URL(path, root)), { recursive: true });
    await Deno.writeTextFile(new URL(path, root), text);
  };
  try {
    await Deno.copyFile(new URL("deno.json", ROOT), new URL("deno.json", root));
    await write("tests/import_map.npm.json", '{"imports": {}}');
    await write("src/api/a.ts", "export type A = 1;\nexport const a = 1;\n");
    const ways: readonly [text: string, type: boolean, dynamic: boolean][] = [
      ['import type { A } from "../api/a.ts";\nexport type B = A;', true, false],
      ['import { type A } from "../api/a.ts";\nexport type B = A;', false, false],
      ['export type { A } from "../api/a.ts";', true, false],
      ['export * from "../api/a.ts";', false, false],
      ['export type B = import("../api/a.ts").A;', true, false],
      ['export const b = await import("../api/a.ts");', false, true],
    ];
    for (const [text, type, dynamic] of ways) {
      await write("src/core/b.ts", text);
      const found = await importsOf(root, ["src/core/b.ts"]);
      assertEquals(found, [{ from: "src/core/b.ts", to: "src/api/a.ts", type, dynamic, line: 1 }]);
      assertEquals(wrongArrows(found).length, 1);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

test("imports that are made when they are wanted say of what, so that they can be found", async () => {
  for (const file of files) {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    const code = text.replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, "");
    assertEquals(code.match(/\bimport\((?!\s*")[^)]*\)/g), null, file);
  }
});

test("mod.ts loads zod and nothing else from outside", () => {
  assertEquals([...loadedBy("mod.ts", imports)].filter((name) => !name.endsWith(".ts")), [
    "npm:zod",
  ]);
});

test("loadedBy() follows what is loaded at once, and nothing else", () => {
  const graph = [
    edge("mod.ts", "src/a.ts"),
    edge("src/a.ts", "npm:zod"),
    { ...edge("src/a.ts", "src/b.ts"), dynamic: true },
    { ...edge("src/a.ts", "npm:heavy"), type: true },
    edge("src/b.ts", "npm:d3-geo"),
  ];
  assertEquals([...loadedBy("mod.ts", graph)], ["mod.ts", "src/a.ts", "npm:zod"]);
  assertEquals([...loadedBy("src/b.ts", graph)], ["src/b.ts", "npm:d3-geo"]);
});

function turned({ from, to, ...rest }: Import): Import {
  return { ...rest, from: to, to: from };
}

function edge(from: string, to: string): Import {
  return { from, to, type: false, dynamic: false, line: 1 };
}
