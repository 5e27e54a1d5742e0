import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { forbiddenTexts, staleCells } from "./committed.ts";
import { type Cell, codeCells, type Notebook, parseNotebook } from "../notebook.ts";

function notebook(...cells: Partial<Cell>[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((cell, index) => ({
      cell_type: "code",
      source: `cell(${index})`,
      metadata: {},
      execution_count: index + 1,
      ...cell,
    })),
  };
}

const TABLE = { output_type: "execute_result", data: { "text/html": "<table>", "text/plain": "" } };
const TEXT = { output_type: "execute_result", data: { "text/plain": "1" } };
const LINE = { output_type: "stream", name: "stdout", text: "a line\n" };

test("staleCells() is content with other words of the same kind", () => {
  const committed = notebook({ outputs: [LINE, TABLE] }, {});
  const other = { ...TABLE, data: { "text/plain": "x", "text/html": "<table >" } };
  assertEquals(staleCells(committed, notebook({ outputs: [LINE, LINE, other] }, {})), []);
});

test("staleCells() names a cell that shows something else now", () => {
  assertEquals(
    staleCells(notebook({ outputs: [TEXT] }), notebook({ outputs: [LINE, TABLE] })),
    ["Cell [1] was saved with text/plain, and now shows stdout, text/html + text/plain"],
  );
  assertEquals(
    staleCells(notebook({ outputs: [] }), notebook({ outputs: [TABLE] })),
    ["Cell [1] was saved with nothing, and now shows text/html + text/plain"],
  );
});

test("staleCells() names a cell that was not executed, or out of order", () => {
  const executed = notebook({}, {});
  assertEquals(staleCells(notebook({ execution_count: null }, { execution_count: 5 }), executed), [
    "Cell [1] was saved without having been executed",
    "Cell [2] was saved with the number 5, so out of order",
  ]);
});

test("staleCells() compares sources", () => {
  assertEquals(staleCells(notebook({}), notebook({ source: "other" })), [
    "Cell [1] is not the cell that was executed",
  ]);
  assertEquals(staleCells(notebook({}), notebook({}, {})), ["Expected 2 code cells, found 1"]);
});

test("forbiddenTexts() finds a text in any output, and does not repeat it", () => {
  const secret = 'se"cret';
  const shown = notebook({ outputs: [TEXT] }, { outputs: [{ ...LINE, text: [`a ${secret}\n`] }] }, {
    outputs: [{ output_type: "display_data", data: { "x/y": { deep: secret } } }],
  });
  assertEquals(forbiddenTexts(shown, new Map([[secret, "the token"]])), [
    "Cell [2] shows the token",
    "Cell [3] shows the token",
  ]);
  assertEquals(forbiddenTexts(shown, new Map([["other", "the token"]])), []);
});

/** What signs an address: who has it has the file. */
const SIGNED =
  /[?&](?:sig|signature|token|key|expires|X-Amz-[A-Za-z-]+|X-Goog-[A-Za-z-]+)=|\/results\/assets\/[^/]+\/[0-9a-f]{16,}/i;

test("the outputs of the examples hold no signed link, and no token", async () => {
  const folder = new URL("../../../examples/", import.meta.url);
  let outputs = 0;
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".ipynb")) continue;
    const notebook = parseNotebook(await Deno.readTextFile(new URL(name, folder)));
    for (const { number, cell } of codeCells(notebook)) {
      const text = JSON.stringify(cell.outputs ?? []);
      outputs += cell.outputs?.length ?? 0;
      assertEquals(text.match(SIGNED)?.[0], undefined, `${name}, cell [${number}]`);
      assertEquals(/eyJ[\w-]+\.[\w-]+\./.test(text), false, `${name}, cell [${number}]`);
    }
  }
  assert(outputs > 20, `${outputs} outputs`);
});

test("no cell of the examples leaves an output that shows nothing", async () => {
  const folder = new URL("../../../examples/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".ipynb")) continue;
    const notebook = parseNotebook(await Deno.readTextFile(new URL(name, folder)));
    for (const { number, cell } of codeCells(notebook)) {
      const empty = (cell.outputs ?? []).filter(({ output_type, data }) =>
        output_type !== "stream" && Object.keys(data ?? {}).length === 0
      );
      assertEquals(empty, [], `${name}, cell [${number}]: give what it returns a name`);
    }
  }
});

test("the examples use no name that only the sandbox has", async () => {
  const folder = new URL("../../../examples/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    // This one makes its job in the sandbox alone.
    if (!/\.(?:ipynb|ts)$/.test(name) || name === "watch.ts") continue;
    const text = await Deno.readTextFile(new URL(name, folder));
    // What a notebook shows may be the sandbox's; what a reader would copy may not.
    const written = name.endsWith(".ipynb")
      ? codeCells(parseNotebook(text)).map(({ source }) => source).join("\n")
      : text;
    assertEquals(written.includes(".example.test"), false, name);
  }
});
