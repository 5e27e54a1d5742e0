import { assertEquals, assertThrows } from "@std/assert";
import { type Issue, ModelInvalidError } from "../../../mod.ts";
import { checkOptions, optionIssues } from "../../../src/models/schema/options.ts";
import { test } from "../../support/test.ts";

interface Options {
  readonly rows?: number;
  readonly caption?: string;
  readonly show?: boolean;
  readonly confirm?: () => boolean;
  readonly headers?: object;
  readonly signal?: AbortSignal;
  readonly grid?: string;
  readonly timeout?: unknown;
}

const RULES = {
  rows: "number",
  caption: "string",
  show: "boolean",
  confirm: "function",
  headers: "object",
  signal: "signal",
  grid: ["20x20km", "250x250km"],
  timeout: "any",
} as const;

const refused: readonly (readonly [what: string, options: unknown, ...issues: string[]])[] = [
  ["a name that nobody knows", { row: 5 }, 'row: no such option; did you mean "rows"?'],
  ["a name that is like none", { colour: "red" }, "colour: no such option"],
  ["a name of every object", { toString: 1 }, "toString: no such option"],
  ["a name that is none", { "": 1 }, '[""]: no such option'],
  ["text for a number", { rows: "5" }, 'rows: expected a number, got the string "5"'],
  ["no number", { rows: NaN }, "rows: expected a number, got NaN"],
  ["a number for text", { caption: 5 }, "caption: expected text, got the number 5"],
  ["text for yes or no", { show: "no" }, 'show: expected true or false, got the string "no"'],
  ["a value for a function", { confirm: true }, "confirm: expected a function, got true"],
  ["text for an object", { headers: "a" }, 'headers: expected an object, got the string "a"'],
  ["null for an object", { headers: null }, "headers: expected an object, got null"],
  [
    "a controller for its signal",
    { signal: new AbortController() },
    "signal: expected an AbortSignal, got an AbortController object",
  ],
  [
    "a word near a known one",
    { grid: "20x20" },
    'grid: expected one of "20x20km", "250x250km", got the string "20x20"; did you mean "20x20km"?',
  ],
  [
    "several at once",
    { rwos: 1, show: 0 },
    'rwos: no such option; did you mean "rows"?',
    "show: expected true or false, got the number 0",
  ],
  [
    "a bare signal",
    AbortSignal.abort(),
    ": expected options, got an AbortSignal: write { signal }",
  ],
  [
    "a number",
    5,
    ": expected an object of options (rows, caption, show, confirm, headers, signal, grid, timeout), got the number 5",
  ],
];
for (const [what, options, ...expected] of refused) {
  test(`optionIssues() tells of ${what}`, () => {
    const issues = optionIssues(options, RULES);
    assertEquals(issues.map(({ path, message }) => `${path}: ${message}`), expected);
  });
}

test("optionIssues() passes over what is right, and what is left undefined", () => {
  const signal = new AbortController().signal;
  for (
    const options of [
      undefined,
      {},
      { rows: undefined },
      { rows: Infinity, signal, timeout: null },
      {
        caption: "",
        show: false,
        confirm: () => true,
        headers: {},
        grid: "250x250km",
      },
    ]
  ) assertEquals(optionIssues(options, RULES), []);
});

test("checkOptions() throws what optionIssues() tells", () => {
  const given: Options = Object.assign({ rows: 1 }, { shwo: true });
  const error = assertThrows(
    () => checkOptions("Cannot make the table", given, RULES),
    ModelInvalidError,
    'Cannot make the table:\n  shwo: no such option; did you mean "show"?',
  );
  assertEquals(error.issues.map(({ path }: Issue) => path), ["shwo"]);
  checkOptions<Options>("Cannot make the table", { rows: 1 }, RULES);
});
