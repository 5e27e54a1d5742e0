import { isObject } from "../../core/objects.ts";
import { didYouMean } from "../../core/nearest.ts";
import { describeValue, formatPath, type Issue, ModelInvalidError } from "./issue.ts";

/**
 * What an option can be: the kind of its value, the words it can have, or `any` where whoever takes it looks for
 * himself.
 */
export type OptionRule =
  | "any"
  | "boolean"
  | "function"
  | "number"
  | "object"
  | "signal"
  | "string"
  | readonly string[];

/** A rule for every option that there is: none can be forgotten. */
export type OptionRules<Options extends object> = Readonly<
  Record<keyof Required<Options> & string, OptionRule>
>;

/**
 * Refuses options that nobody knows, with the nearest one that somebody does, and values of the wrong kind. A
 * notebook checks no types: without this a mistyped option does nothing, and says nothing.
 *
 * @example
 * ```ts
 * import { checkOptions } from "./options.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const given: object = { row: 5 };
 * assertThrows(
 *   () => checkOptions<{ rows?: number }>("Cannot make the table", given, { rows: "number" }),
 *   Error,
 *   'row: no such option; did you mean "rows"?',
 * );
 * ```
 *
 * @throws {ModelInvalidError} if there is an option that breaks the rules.
 */
export function checkOptions<Options extends object>(
  headline: string,
  options: Options | undefined,
  rules: OptionRules<Options>,
): void {
  const issues = optionIssues(options, rules);
  if (issues.length > 0) throw new ModelInvalidError(headline, { issues });
}

/** What {@linkcode checkOptions} refuses, for whoever has more to say: empty where all is well. */
export function optionIssues(
  options: unknown,
  rules: Readonly<Record<string, OptionRule>>,
): Issue[] {
  if (options === undefined) return [];
  if (options instanceof AbortSignal) {
    return [{ path: "", message: "expected options, got an AbortSignal: write { signal }" }];
  }
  if (!isObject(options)) {
    const names = Object.keys(rules).join(", ");
    return [{
      path: "",
      message: `expected an object of options (${names}), got ${describeValue(options)}`,
    }];
  }
  return Object.entries(options).flatMap(([name, value]) => {
    const path = formatPath([name]);
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      return [{ path, message: `no such option${didYouMean(name, Object.keys(rules))}` }];
    }
    const message = value === undefined ? undefined : problemOf(value, rule);
    return message === undefined ? [] : [{ path, message }];
  });
}

const KINDS = {
  boolean: "true or false",
  function: "a function",
  number: "a number",
  object: "an object",
  signal: "an AbortSignal",
  string: "text",
} as const;

function problemOf(value: unknown, rule: OptionRule): string | undefined {
  if (rule === "any") return undefined;
  if (typeof rule !== "string") return wordProblem(value, rule);
  const fits = rule === "signal"
    ? value instanceof AbortSignal
    : rule === "object"
    ? typeof value === "object" && value !== null
    : typeof value === rule && !Number.isNaN(value);
  return fits ? undefined : `expected ${KINDS[rule]}, got ${describeValue(value)}`;
}

/** What is wrong with a value that has to be one of several words, with the nearest. */
export function wordProblem(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value === "string" && words.includes(value)) return undefined;
  const guess = typeof value === "string" ? didYouMean(value, words) : "";
  const known = words.map((word) => JSON.stringify(word)).join(", ");
  return `expected ${words.length === 1 ? known : `one of ${known}`}, got ${
    describeValue(value)
  }${guess}`;
}
