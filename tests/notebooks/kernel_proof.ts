import { codeCells, type Notebook, type Output, outputText } from "./notebook.ts";

const FOLLOWED: readonly RegExp[] = [
  /^Upscaling task \d+ {2}✓ finished/,
  /^Progress {2}12 of 12 tiles finished$/m,
  /^12 tiles: 12 finished; 3\.2°E to 3\.8°E/m,
  /last checked .* by WebSocket$/,
];

/** What each cell of `kernel_proof.ipynb` must show: so many outputs, and what the text of each holds. */
const SHOWN: Readonly<Record<string, readonly (readonly RegExp[])[]>> = {
  "one": [FOLLOWED],
  "bare": [FOLLOWED],
  "two": [FOLLOWED, FOLLOWED],
  "interrupted": [[
    /^Upscaling task 4 {2}◐ running/,
    /^! Stopped watching; task 4 is still running$/m,
    /^ {2}Take it up again with await follow\(client\.upscaleTasks\.watch\(4, \{ expectedJobs: 12 \}\)\)$/m,
  ]],
  "kept": [[/^"set before the interrupt, false, 12"$/]],
  "again": [FOLLOWED],
  "rejections": [[/^3$/]],
  "timers": [[/^true$/]],
  "lost": [FOLLOWED],
  "on-time": [[/^"3, true"$/]],
  "error": [
    [/^! Cannot watch upscaling task 999: .*TASK_NOT_FOUND/, /^ {2}What to do: /m],
    [/^"NotFoundError"$/],
  ],
  "unhandled": [[
    /^"Cannot get unit job 999: [^;]*; Cannot watch upscaling task 999: [^;]*; a moment later; at once; meanwhile"$/,
  ]],
  "ends": [[/^"true true true true true"$/]],
};

/** One sentence for each way in which the executed notebook does not prove what it has to. */
export function unproven(executed: Notebook): string[] {
  const cells = new Map(codeCells(executed).map(({ cell }) => [cell.id ?? "", cell]));
  const missing = Object.keys(SHOWN).filter((id) => !cells.has(id));
  return [
    ...missing.map((id) => `The cell "${id}" is missing`),
    ...[...cells].flatMap(([id, { outputs = [] }]) =>
      problemsOf(outputs.filter(isSeen), SHOWN[id] ?? []).map((problem) =>
        `The cell "${id}" ${problem}`
      )
    ),
  ];
}

function problemsOf(
  outputs: readonly Output[],
  expected: readonly (readonly RegExp[])[],
): string[] {
  const texts = outputs.map((output) => outputText(output, "text/plain") ?? output.output_type);
  if (texts.length !== expected.length) {
    return [`must leave ${expected.length} outputs, and left ${texts.length}\n${texts.join("\n")}`];
  }
  return expected.flatMap((patterns, index) =>
    patterns.filter((pattern) => !pattern.test(texts[index] ?? "")).map((pattern) =>
      `must show ${pattern}, and shows\n${texts[index]}`
    )
  );
}

/** The kernel reports every value that is not `undefined`, even one that has nothing to show. */
function isSeen({ data }: Output): boolean {
  return data === undefined || Object.keys(data).length > 0;
}
