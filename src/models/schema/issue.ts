import { DispatchError, type DispatchErrorOptions } from "../../core/dispatch_error.ts";
import { clean } from "../../core/redact.ts";
import { quote } from "../../core/text.ts";

/** One thing that is wrong with a value, and where. */
export interface Issue {
  /** Where it is, as it would be typed: `service.endpoint`, `parameters.bands[1]`; empty for the value as a whole. */
  readonly path: string;
  /** What was expected and what was found: `expected a string, got the number 5`. */
  readonly message: string;
}

/**
 * A path as one would type it.
 *
 * @example
 * ```ts
 * import { formatPath } from "./issue.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatPath(["parameters", "bands", 1]), "parameters.bands[1]");
 * assertEquals(formatPath(["parameters", "my key"]), 'parameters["my key"]');
 * ```
 */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (typeof part === "string" && /^[A-Za-z_$][\w$]*$/.test(part)) {
      text += text === "" ? part : `.${part}`;
    } else text += `[${typeof part === "string" ? quote(part) : String(part)}]`;
  }
  return text;
}

/** The issues as lines of a message, `path: what`; the first twenty, then how many more. */
export function formatIssues(issues: readonly Issue[]): string {
  const shown = issues.slice(0, 20).map(({ path, message }) =>
    path === "" ? message : `${shorten(path)}: ${message}`
  );
  if (issues.length > shown.length) shown.push(`and ${issues.length - shown.length} more`);
  return shown.join("\n  ");
}

function shorten(path: string): string {
  return path.length <= 120 ? path : `${path.slice(0, 80)}…${path.slice(-30)}`;
}

/** A value's kind in words, with the value itself where it is short: `the number 5`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  }
  switch (typeof value) {
    case "string":
      if (value === "") return "an empty string";
      return value.length <= 40
        ? `the string ${quote(value)}`
        : `a string of ${value.length} characters`;
    case "number":
      return Number.isFinite(value) ? `the number ${value}` : String(value);
    case "boolean":
      return String(value);
    case "bigint":
      return "a BigInt";
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
  }
  if (value instanceof Date && Number.isNaN(value.getTime())) return "an invalid Date";
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "Object" && name !== ""
    ? `${/^[AEIO]/.test(name) ? "an" : "a"} ${name} object`
    : "an object";
}

/** What to do with a value that JSON cannot hold, to be written after what it is; empty where there is nothing to say. */
export function adviceOn(value: unknown): string {
  if (typeof value === "bigint") return ": use Number() or a string";
  if (ArrayBuffer.isView(value) || value instanceof Set) return ": use Array.from()";
  if (value instanceof Map) return ": use Object.fromEntries()";
  if (value instanceof URL) return ": use its href";
  if (value instanceof Promise) return ": await it first";
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    const text = value.toISOString();
    return `: write it as text, such as "${text.slice(0, 10)}" or "${text.slice(0, 19)}Z"`;
  }
  return "";
}

/** Options of {@linkcode ModelInvalidError}. */
export interface ModelInvalidErrorOptions extends DispatchErrorOptions {
  /** Everything that is wrong, each problem with its path. */
  readonly issues: readonly Issue[];
}

/**
 * A value that does not fit its model, thrown by every model's `parse`.
 *
 * @example
 * ```ts
 * import { ModelInvalidError, ServiceDetails } from "@apex-dispatch/client";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => ServiceDetails.parse({ endpoint: 5, application: "water" }),
 *   ModelInvalidError,
 *   "endpoint: expected a string, got the number 5",
 * );
 * ```
 */
export class ModelInvalidError extends DispatchError {
  static {
    this.prototype.name = "ModelInvalidError";
  }

  /** Everything that is wrong, each problem with its path. */
  readonly issues: readonly Issue[];

  /** Makes an error from its first line; the issues follow it in the message. */
  constructor(headline: string, options: ModelInvalidErrorOptions) {
    const issues = options.issues.map(({ path, message }) => ({
      path: clean(path),
      message: clean(message),
    }));
    super(`${headline}:\n  ${formatIssues(issues)}`, options);
    this.issues = issues;
  }
}
