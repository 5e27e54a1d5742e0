import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { test } from "../support/test.ts";
import type { Notebook } from "./notebook.ts";
import { checkTypes, joinCells } from "./typecheck.ts";

const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

function notebook(...sources: string[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source) => ({ cell_type: "code", source, metadata: {} })),
  };
}

async function check(...sources: string[]): Promise<string | undefined> {
  const directory = await Deno.makeTempDir();
  try {
    return await checkTypes(notebook(...sources), { config: CONFIG, directory });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

test("joinCells() tells which cell a line is of", () => {
  const { text, locate } = joinCells(notebook("a\nb\n", " ", "c"));
  assertEquals(text, "a\nb\nc\n");
  assertEquals([1, 2, 3, 9].map(locate), [
    "cell [1], line 1",
    "cell [1], line 2",
    "cell [2], line 1",
    "line 9",
  ]);
});

test("checkTypes() knows the package by its name, and every cell before", async () => {
  assertEquals(
    await check(
      'import { ProcessingStatusEnum } from "@apex-dispatch/client";\nconst status = "finished";',
      "ProcessingStatusEnum.parse(status);",
    ),
    undefined,
  );
});

test("checkTypes() names the cell and the line of an error", async () => {
  const said = await check("const a = 1;", "\nconst b: string = a;") ?? "";
  assertMatch(said, /Type 'number' is not assignable to type 'string'/);
  assertMatch(said, /at cell \[2\], line 2:7/);
});
