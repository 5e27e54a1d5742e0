import { type Cell, codeCells, joinText, type Notebook } from "../notebook.ts";

/**
 * What is wrong with a committed notebook, given the same notebook as just executed: one sentence for
 * each code cell that was never executed, was executed out of order, has another source, or shows
 * outputs of another kind. What the outputs say is not compared: times and durations differ.
 */
export function staleCells(committed: Notebook, executed: Notebook): string[] {
  const before = codeCells(committed);
  const after = codeCells(executed);
  if (before.length !== after.length) {
    return [`Expected ${after.length} code cells, found ${before.length}`];
  }
  return before.flatMap(({ number, source, cell }, index) => {
    const now = after[index];
    if (now === undefined || now.source !== source) {
      return [`Cell [${number}] is not the cell that was executed`];
    }
    if (cell.execution_count !== number) {
      return [
        `Cell [${number}] was saved ${
          typeof cell.execution_count === "number"
            ? `with the number ${cell.execution_count}, so out of order`
            : "without having been executed"
        }`,
      ];
    }
    const saved = kinds(cell);
    const shown = kinds(now.cell);
    return saved === shown
      ? []
      : [`Cell [${number}] was saved with ${saved}, and now shows ${shown}`];
  });
}

/** One sentence for each output that holds one of the texts, none of which may be published. */
export function forbiddenTexts(
  notebook: Notebook,
  forbidden: ReadonlyMap<string, string>,
): string[] {
  return codeCells(notebook).flatMap(({ number, cell }) => {
    const text = JSON.stringify(cell.outputs ?? []);
    return [...forbidden]
      .filter(([secret]) => text.includes(JSON.stringify(secret).slice(1, -1)))
      .map(([, what]) => `Cell [${number}] shows ${what}`);
  });
}

/** The kinds of a cell's outputs; how the lines of one stream are cut into messages is chance. */
function kinds(cell: Cell): string {
  const streams = new Set<string>();
  const shown: string[] = [];
  for (const output of cell.outputs ?? []) {
    if (output.output_type === "stream") {
      if (joinText(output.text ?? "") !== "") streams.add(output.name ?? "stdout");
    } else {
      shown.push(Object.keys(output.data ?? {}).sort().join(" + ") || output.output_type);
    }
  }
  return [...[...streams].sort(), ...shown].join(", ") || "nothing";
}
