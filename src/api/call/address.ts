import { RequestInvalidError } from "../../http/errors.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { readerOf, toIssues } from "../../models/schema/model.ts";
import type { Operation } from "../operations.ts";

/** A job or a task: its number, or any object that carries it as `id`. */
export type Target = number | { readonly id: number };

/** Query parameters by name: one value, or several. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How a message begins, or what makes it: words are made where something goes wrong. */
export type Headline = string | (() => string);

/** The words themselves. */
export function wordsOf(headline: Headline): string {
  return typeof headline === "string" ? headline : headline();
}

/**
 * Path and query of a call below the base URL.
 *
 * @throws {RequestInvalidError} if the target has no number, or the operation does not know a value of the query.
 */
export function addressOf(
  operation: Operation,
  { target, query }: { readonly target?: Target | undefined; readonly query?: Query | undefined },
  headline: Headline,
): string {
  const { path: pattern, target: kind } = operation;
  const path = kind === undefined
    ? pattern
    : pattern.replace(/\{\w+\}/, encodeURIComponent(idOf(kind, target, headline)));
  if (query === undefined) return path;
  const pairs = queryPairs(operation, query, headline);
  return pairs.length === 0
    ? path
    : `${path}?${new URLSearchParams(pairs.map((pair) => [...pair]))}`;
}

/** The number of a job or task, which is refused unless it is a positive integer. */
export function idOf(
  kind: "job" | "task",
  target: Target | undefined,
  headline: Headline,
): number {
  const id = typeof target === "object" && target !== null ? target.id : target;
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1) {
    const message = `expected a positive integer, or a ${kind} that has one, got ${
      describeValue(id)
    }${targetAdvice(kind, target)}`;
    throw new RequestInvalidError(wordsOf(headline), { issues: [{ path: "id", message }] });
  }
  return id;
}

/** What to write in the place of something that is no job or task, where it can be known. */
function targetAdvice(kind: "job" | "task", target: unknown): string {
  if (target === undefined || target === null) {
    return `: the cell or the line that was to bring the ${kind} may not have run to its end`;
  }
  if (typeof target === "string") {
    return /^\d+$/.test(target.trim()) ? `: write ${target.trim()}, without quotes` : "";
  }
  if (typeof target === "function") return `: call it first`;
  if (typeof target !== "object") return "";
  if (typeof Reflect.get(target, "then") === "function") return ": await the call first";
  if ("parsed" in target) return ": it is the whole answer, whose `parsed` has it";
  if ("task" in target) return ": it is an upscaled area, whose `task` has it";
  return Array.isArray(target) ? `: give one ${kind} at a time` : "";
}

/** The pairs of a query, each value for itself; values that the operation does not know are refused. */
export function queryPairs(
  operation: Operation,
  query: Query,
  headline: Headline,
): (readonly [name: string, value: string])[] {
  const issues = Object.entries(query).flatMap(([name, given]) => {
    const schema = operation.query?.[name];
    if (schema === undefined || given === undefined) return [];
    if (given.length === 0) {
      return [{
        path: name,
        message: "expected at least one, got an empty array: leave it out for all",
      }];
    }
    const reading = readerOf(schema)(given);
    if (reading.ok) return [];
    return toIssues(reading.issues).map(({ path, message }) => ({
      path: given.length === 1 ? name : name + path,
      message,
    }));
  });
  if (issues.length > 0) throw new RequestInvalidError(wordsOf(headline), { issues });
  return Object.entries(query).flatMap(([name, given = []]) =>
    [given].flat().map((value) => [name, value] as const)
  );
}
