import * as z from "zod/mini";

/** Text as a notebook file holds it: one string, or a list of its lines with their ends. */
const textSchema = z.union([z.string(), z.array(z.string())]);

const bundleSchema = z.record(z.string(), z.unknown());

const outputSchema = z.looseObject({
  output_type: z.string(),
  name: z.optional(z.string()),
  text: z.optional(textSchema),
  data: z.optional(bundleSchema),
  traceback: z.optional(z.array(z.string())),
});

const cellSchema = z.looseObject({
  cell_type: z.string(),
  id: z.optional(z.string()),
  source: textSchema,
  metadata: z.record(z.string(), z.unknown()),
  outputs: z.optional(z.array(outputSchema)),
  execution_count: z.optional(z.nullable(z.int())),
});

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.int(),
  metadata: z.record(z.string(), z.unknown()),
  cells: z.array(cellSchema),
});

/** One output of a cell. */
export type Output = z.infer<typeof outputSchema>;

/** One cell of a notebook. */
export type Cell = z.infer<typeof cellSchema>;

/** A notebook of format 4, with every field that is not named here kept as it came. */
export type Notebook = z.infer<typeof notebookSchema>;

/** A code cell that is executed, with the number that stands in brackets beside it. */
export interface CodeCell {
  /** The number, from 1. */
  readonly number: number;
  /** The cell's code. */
  readonly source: string;
  /** The cell. */
  readonly cell: Cell;
}

// What the Deno kernel says of its language, save the TypeScript version: with it every new Deno
// would touch every notebook.
const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** Reads a notebook's JSON. */
export function parseNotebook(json: string): Notebook {
  return notebookSchema.parse(JSON.parse(json));
}

/** The code cells in their order; Jupyter passes over empty ones, and so do the numbers. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells
    .filter((cell) => cell.cell_type === "code" && joinText(cell.source).trim() !== "")
    .map((cell, index) => ({ number: index + 1, source: joinText(cell.source), cell }));
}

/** What a bundle holds as `mime`, as one text; `undefined` where it holds nothing of the kind. */
export function outputText(output: Output, mime: string): string | undefined {
  const parsed = textSchema.safeParse(output.data?.[mime]);
  return parsed.success ? joinText(parsed.data) : undefined;
}

/**
 * The notebook to commit: sources, ids and tags of `committed`, outputs of `executed`. Whatever
 * differs from run to run without meaning anything (times of execution, ids made up on the way, the
 * versions of the kernel) is left out.
 */
export function withOutputs(committed: Notebook, executed: Notebook): Notebook {
  const results = codeCells(executed);
  let executedSoFar = 0;
  const cells = committed.cells.map((cell, index): Cell => {
    const { execution: _, ...metadata } = cell.metadata;
    const text = splitLines(joinText(cell.source));
    const common = { id: cell.id ?? `cell-${index + 1}`, metadata, source: text };
    if (cell.cell_type !== "code") {
      const { outputs: _outputs, execution_count: _count, ...rest } = cell;
      return { ...rest, ...common };
    }
    if (text.join("").trim() === "") {
      return { ...cell, ...common, outputs: [], execution_count: null };
    }
    const result = results[executedSoFar++];
    return {
      ...cell,
      ...common,
      outputs: (result?.cell.outputs ?? []).map((output) => stableOutput(output, executedSoFar)),
      execution_count: executedSoFar,
    };
  });
  return {
    ...committed,
    nbformat_minor: 5,
    metadata: { ...committed.metadata, ...METADATA },
    cells,
  };
}

/** The text of a notebook file as Jupyter writes it: sorted keys, one space, a last line end. */
export function formatNotebook(notebook: Notebook): string {
  return JSON.stringify(sortKeys(notebook), null, 1) + "\n";
}

/** A text in one piece. */
export function joinText(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join("");
}

function stableOutput(output: Output, count: number): Output {
  return output.output_type === "execute_result" ? { ...output, execution_count: count } : output;
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => [k, sortKeys(v)]),
  );
}
