import { codeCells, type Notebook, type Output, outputText } from "../notebook.ts";

const FOLLOWED: readonly RegExp[] = [
  /^Task \d+ {2}✓ finished {2}Polders$/m,
  /12 of 12 jobs finished · took \d+ s$/m,
  /^12 tiles: 12 finished; 3\.2°E to 3\.8°E/m,
  /last asked .* UTC$/,
];

/** What each cell of `kernel_proof.ipynb` must show: so many outputs, and what the text of each holds. */
const SHOWN: Readonly<Record<string, readonly (readonly RegExp[])[]>> = {
  "one": [FOLLOWED],
  "bare": [FOLLOWED],
  "typed": [FOLLOWED],
  "job": [[/^Job 13 {2}✓ finished {2}Fields$/m, /^took \d+ s$/m, /^1 job: 1 finished; 4°E/m]],
  "unawaited": [[/^Job 13 {2}✓ finished {2}Fields$/m]],
  "unawaited-failure": [[/^! Cannot get unit job 999999: .*JOB_NOT_FOUND/, /^ {2}What to do: /m]],
  "filtered": [[/^1 job$/m, /^ *13 +✓ finished +Fields /m]],
  // What is ours comes first and is all of it public; behind it the kernel offers what every object has.
  "completed": [[
    /^client\. unitJobs upscaleTasks jobsStatus tiles health statistics constructor tokenExpiry with __define/m,
    /^client\.unitJobs\. list create createSync get results delete watch wait parameters check constructor __define/m,
    /^client\.upscaleTasks\. list create watch wait get constructor __define/m,
    /^last\. value via at done expectedJobs constructor __define/m,
  ]],
  "two": [FOLLOWED, FOLLOWED],
  "interrupted": [[
    /^Task 4 {2}Polders$/m,
    /^[█▓▒░·]+ {2}\d+ of 12 jobs finished/m,
    /^! Stopped watching at .* UTC: task 4 is still running$/m,
    /^ {2}Take it up again with await follow\(client\.upscaleTasks\.watch\(4, \{ expectedJobs: 12 \}\)\)$/m,
    /^ {2}Run all goes on with the next cell\.$/m,
    /as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
  ]],
  "kept": [[/^"set before the interrupt, false, 12"$/]],
  "again": [FOLLOWED],
  "rejections": [[/^3$/]],
  "timers": [[/^true$/]],
  "lost": [FOLLOWED],
  // Two connections are lost; there is a third one unless the work has ended meanwhile.
  "on-time": [[/^"[23], true"$/]],
  "error": [
    [/^! Cannot get upscaling task 999: .*TASK_NOT_FOUND/m, /^ {2}What to do: /m],
    [/^"NotFoundError"$/],
  ],
  // The message first, then the line that somebody typed, and no other.
  "thrown": [[
    /^NotFoundError: Cannot get unit job 999: .*\n {2}What to do: .*\n {2}Request id: \S+\n {4}at .*<anonymous>:\d+:\d+\n?$/,
  ]],
  "after": [[/^"the next cell runs"$/]],
  "stopped-download": [
    [/^0 of 1 file/m, /stopped: the same call goes on where it was/],
    [/^AbortError: Stopped downloading\n {4}at <anonymous>:\d+:\d+$/],
  ],
  "part": [[/^"big\.tif\.part big\.tif\.part\.json, true"$/]],
  "resumed-download": [[/^1 of 1 file/m]],
  "brought": [[/^"big\.tif collection\.json, 2, true, true, length, true"$/]],
  // A kernel need not report what rejects just as a cell ends.
  "unhandled": [[
    /^"(?:Cannot get unit job 999999: [^;]*; )?(?:Cannot get unit job 999: [^;]*; )?(?:Cannot get upscaling task 999: [^;]*; )?a moment later; at once; meanwhile"$/,
  ]],
  "ends": [[/^"true true true true true"$/]],
  "cut-off": [[
    /^Task \d+ {2}Polders$/m,
    /^[█▓▒░·]+ {2}\d+ of 12 jobs finished/m,
    /as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
  ]],
  "restarted": [[/^"a new kernel knows nothing"$/]],
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
  const texts = outputs.map((output) =>
    outputText(output, "text/plain") ?? output.traceback?.join("\n").trimStart() ??
      output.output_type
  );
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
