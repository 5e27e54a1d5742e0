import { assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import {
  codeCells,
  formatNotebook,
  type Notebook,
  outputText,
  parseNotebook,
  withOutputs,
} from "./notebook.ts";

const COMMITTED: Notebook = {
  nbformat: 4,
  nbformat_minor: 4,
  metadata: { title: "kept" },
  cells: [
    { cell_type: "markdown", source: "# A\ntext", metadata: {} },
    {
      cell_type: "code",
      id: "first",
      source: ["const a = 1;\n", "a"],
      metadata: { tags: ["kept"], execution: { "iopub.status.busy": "a time" } },
      outputs: [],
      execution_count: 7,
    },
    { cell_type: "code", source: "  \n", metadata: {}, outputs: [], execution_count: 3 },
    { cell_type: "code", source: "a + 1", metadata: {} },
  ],
};

const EXECUTED: Notebook = {
  ...COMMITTED,
  metadata: { language_info: { name: "typescript", version: "9.9.9" } },
  cells: COMMITTED.cells.map((cell, index) => ({
    ...cell,
    id: `made-up-${index}`,
    ...(cell.cell_type === "code" && {
      outputs: [{
        output_type: "execute_result",
        execution_count: 40 + index,
        data: { "text/plain": [`${index}\n`, "é"] },
        metadata: {},
      }],
    }),
  })),
};

test("codeCells() numbers the cells that are executed", () => {
  assertEquals(codeCells(COMMITTED).map(({ number, source }) => [number, source]), [
    [1, "const a = 1;\na"],
    [2, "a + 1"],
  ]);
});

test("withOutputs() keeps sources, ids and tags and takes the outputs", () => {
  const { cells, metadata, nbformat_minor } = withOutputs(COMMITTED, EXECUTED);
  assertEquals(nbformat_minor, 5);
  assertEquals(metadata["title"], "kept");
  assertEquals(cells.map(({ id }) => id), ["cell-1", "first", "cell-3", "cell-4"]);
  assertEquals(cells.map(({ source }) => source), [
    ["# A\n", "text"],
    ["const a = 1;\n", "a"],
    ["  \n"],
    ["a + 1"],
  ]);
  assertEquals(cells[1]?.metadata, { tags: ["kept"] });
  assertEquals(cells.map(({ execution_count }) => execution_count), [undefined, 1, null, 2]);
  assertEquals(cells.map(({ outputs }) => outputs?.map((output) => output["execution_count"])), [
    undefined,
    [1],
    [],
    [2],
  ]);
  assertEquals(cells[3]?.outputs?.map((output) => output.data), [{ "text/plain": ["3\n", "é"] }]);
});

test("withOutputs() names the Deno kernel, without a version", () => {
  const { metadata } = withOutputs(COMMITTED, EXECUTED);
  assertEquals(metadata["kernelspec"], {
    display_name: "Deno",
    language: "typescript",
    name: "deno",
  });
  assertEquals(JSON.stringify(metadata).includes("9.9.9"), false);
});

test("withOutputs() of what it made changes nothing", () => {
  const once = withOutputs(COMMITTED, EXECUTED);
  assertEquals(withOutputs(once, once), once);
});

test("formatNotebook() sorts keys, indents by one and ends the last line", () => {
  assertEquals(
    formatNotebook({ nbformat_minor: 5, nbformat: 4, metadata: { b: "é", a: [] }, cells: [] }),
    '{\n "cells": [],\n "metadata": {\n  "a": [],\n  "b": "é"\n },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
  );
});

test("parseNotebook() reads back what formatNotebook() writes", () => {
  const notebook = withOutputs(COMMITTED, EXECUTED);
  assertEquals(parseNotebook(formatNotebook(notebook)), notebook);
});

test("outputText() joins lines, and knows what is not there", () => {
  const output = { output_type: "display_data", data: { "text/html": ["<p>\n", "a"], "x/y": {} } };
  assertEquals(outputText(output, "text/html"), "<p>\na");
  assertEquals(outputText(output, "x/y"), undefined);
  assertEquals(outputText({ output_type: "stream", text: "a" }, "text/html"), undefined);
});
