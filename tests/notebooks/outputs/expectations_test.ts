import { assert, assertEquals, assertMatch } from "@std/assert";
import { test } from "../../support/test.ts";
import { expectedOutputs, missingOutputs } from "./expectations.ts";
import type { Notebook } from "../notebook.ts";

function showing(...bundles: Record<string, string | string[]>[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: bundles.map((data) => ({
      cell_type: "code",
      source: "a",
      metadata: {},
      outputs: [{ output_type: "execute_result", data }],
    })),
  };
}

const TABLE = { what: "a table", mime: "text/html", holds: /<table[\s>]/ };

test("missingOutputs() is content with an output that holds what is expected", () => {
  const notebook = showing({ "text/html": ["<table\n", ">"] });
  assertEquals(missingOutputs(notebook, [TABLE]), []);
});

test("missingOutputs() names what is missing, its kind and how many there are", () => {
  const notebook = showing({ "text/plain": "<table>" }, { "text/html": "<p>" });
  const [problem, ...more] = missingOutputs(notebook, [TABLE]);
  assertEquals(more, []);
  assertMatch(problem ?? "", /^Expected a table: at least 1 output of type text\/html .* found 0$/);
});

test("missingOutputs() counts", () => {
  const notebook = showing({ "text/html": "<table>" }, { "text/html": "<table >" });
  assertEquals(missingOutputs(notebook, [{ ...TABLE, atLeast: 2 }]), []);
  assertEquals(missingOutputs(notebook, [{ ...TABLE, atLeast: 3 }]).length, 1);
});

test("expectedOutputs() wants a table of every notebook", () => {
  assertEquals(missingOutputs(showing(), expectedOutputs("any.ipynb")).length > 0, true);
  assert(expectedOutputs("any.ipynb").some(({ mime }) => mime === "text/html"));
});

test("expectedOutputs() names notebooks that exist", async () => {
  const anyNotebook = expectedOutputs("any.ipynb").length;
  const names = [];
  for await (const { name } of Deno.readDir(new URL("../../../examples/", import.meta.url))) {
    if (expectedOutputs(name).length > anyNotebook) names.push(name);
  }
  assertEquals(names.sort(), [
    "catalogue.ipynb",
    "first_job.ipynb",
    "tomorrow.ipynb",
    "upscaling.ipynb",
  ]);
});
