import { codeCells, type Notebook, outputText } from "../notebook.ts";

/** An output that a notebook must hold once it is executed. */
export interface ExpectedOutput {
  /** What it is, as the failure says it: `the table of the job`. */
  readonly what: string;
  /** The kind of the output. */
  readonly mime: string;
  /** What its text holds. */
  readonly holds: RegExp;
  /** @default {1} The fewest outputs that must hold it. */
  readonly atLeast?: number;
}

/** What every notebook must show, whatever else is expected of it. */
const EVERY_NOTEBOOK: readonly ExpectedOutput[] = [
  { what: "a table", mime: "text/html", holds: /<table[\s>]/ },
  { what: "the same as text", mime: "text/plain", holds: /\S/ },
];

/** What each notebook must show besides. */
const BY_NOTEBOOK: Readonly<Record<string, readonly ExpectedOutput[]>> = {
  "catalogue.ipynb": [
    { what: "the services found", mime: "text/html", holds: /<table[\s>][^]*vegetation/ },
    {
      what: "the card of one",
      mime: "text/plain",
      holds: /^Vegetation index[^]*Provider +Sandbox/,
    },
    { what: "its form", mime: "text/plain", holds: /^4 parameters · 1 needed/ },
    { what: "what is wrong", mime: "text/plain", holds: /did you mean "resolution"\?/ },
    {
      what: "what it would cost",
      mime: "text/plain",
      holds: /Cost +about [\d.]+ platform credits/,
    },
    { what: "the job's end", mime: "text/plain", holds: /^Job \d+ {2}✓ finished/ },
    { what: "a picture of the result", mime: "text/html", holds: /<img [^>]*alt="[^"]*NDVI/ },
    {
      what: "the files taken home",
      mime: "text/plain",
      holds: /^1 file [^]*vegetation_index\.tif/,
    },
  ],
  "first_job.ipynb": [
    { what: "the job", mime: "text/html", holds: /Highest NDVI of the summer/ },
    { what: "the job's end", mime: "text/plain", holds: /^Job \d+ {2}✓ finished[^]*took \d/ },
    { what: "its map", mime: "text/html", holds: /<img [^>]*data:image\/svg\+xml;base64,/ },
    { what: "the files of the result", mime: "text/html", holds: /<table[\s>][^]*\.tif/ },
    {
      what: "that pictures are to be had",
      mime: "text/plain",
      holds: /preview\(results\)/,
    },
    {
      what: "its picture, with what the colours mean",
      mime: "text/html",
      holds: /<img alt="vegetation_index\.tif; NDVI from [^>]*data:image\/svg\+xml/,
    },
    { what: "the files on the disk", mime: "text/plain", holds: /out\// },
    {
      what: "a list that was filtered as a table",
      mime: "text/html",
      holds: /<table[\s>][^]*✓ finished/,
    },
  ],
  "upscaling.ipynb": [
    { what: "the plan", mime: "text/plain", holds: /^12 jobs to run/ },
    {
      what: "the followed task in its last state",
      mime: "text/plain",
      holds: /^Task \d+ {2}ended, not all finished[^]*10 of 12 jobs finished · ✗ 2 failed · took/,
    },
    {
      what: "maps",
      mime: "text/html",
      holds: /<img [^>]*data:image\/svg\+xml;base64,/,
      atLeast: 3,
    },
    {
      what: "what is made again",
      mime: "text/plain",
      holds: /^2 jobs to run again[^]*2 failed jobs/,
    },
    { what: "its end", mime: "text/plain", holds: /^Task \d+ {2}✓ finished[^]*again, of \d+/ },
    { what: "the files of a result", mime: "text/html", holds: /\.tif/ },
  ],
  "tomorrow.ipynb": [
    { what: "the work that was found", mime: "text/plain", holds: /Highest NDVI of the polders/ },
    {
      what: "it taken up again",
      mime: "text/plain",
      holds: /^Task \d+ [^]*2 of 4 jobs finished · ✗ 2 failed/,
    },
    { what: "what is made again", mime: "text/plain", holds: /^2 jobs to run again/ },
    {
      what: "its end",
      mime: "text/plain",
      holds: /^Task \d+ {2}✓ finished[^]*2 of 2 jobs finished/,
      atLeast: 2,
    },
    { what: "the batch's plan", mime: "text/plain", holds: /^12 jobs to send of 12/ },
    { what: "the batch made", mime: "text/plain", holds: /12 of 12 jobs made/ },
    {
      what: "the ledger with what is to do",
      mime: "text/plain",
      holds: /fields\.jsonl[^]*Still to do[^]*3 jobs failed or canceled: await/,
    },
  ],
};

/** What the notebook of this name must show. */
export function expectedOutputs(name: string): readonly ExpectedOutput[] {
  return [...EVERY_NOTEBOOK, ...(BY_NOTEBOOK[name] ?? [])];
}

/** One sentence for each expected output that the notebook does not hold. */
export function missingOutputs(
  notebook: Notebook,
  expected: readonly ExpectedOutput[],
): string[] {
  const outputs = codeCells(notebook).flatMap(({ cell }) => cell.outputs ?? []);
  return expected.flatMap(({ what, mime, holds, atLeast = 1 }) => {
    const found = outputs.filter((output) => holds.test(outputText(output, mime) ?? "")).length;
    return found >= atLeast ? [] : [
      `Expected ${what}: at least ${atLeast} output${
        atLeast === 1 ? "" : "s"
      } of type ${mime} that hold${atLeast === 1 ? "s" : ""} ${holds}, found ${found}`,
    ];
  });
}
