import type { Block } from "./document.ts";
import { renderHtml } from "./formats/html.ts";
import { renderMarkdown } from "./formats/markdown.ts";
import { renderText } from "./formats/text.ts";

/** The key under which a Jupyter kernel looks for what to show: `Symbol.for("Jupyter.display")`. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** One value in the three forms that notebooks choose from. */
export interface MimeBundle {
  /** An aligned table of at most 100 columns, without colours. */
  readonly "text/plain": string;
  /** GitHub-flavoured Markdown. */
  readonly "text/markdown": string;
  /** Static HTML with inline styles only, which survives the sanitizer of an untrusted notebook. */
  readonly "text/html": string;
}

/**
 * Something to look at: the last expression of a notebook cell shows as a table, and `console.log`
 * prints the same as aligned text.
 *
 * @example
 * ```ts
 * import { type Displayable, healthCard } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const card: Displayable = healthCard({ status: "ok", database: { status: "ok" } });
 * assertEquals(String(card).split("\n")[0], "Dispatch service  ✓ ok");
 * ```
 */
export interface Displayable {
  /** What a Jupyter kernel shows. */
  [jupyterDisplay](): MimeBundle;
  /** The text form. */
  toString(): string;
}

/**
 * Makes something to look at from a function that lays it out. Nothing is laid out before somebody
 * looks, and looking never throws: what cannot be shown says so.
 */
export function displayable(layOut: () => readonly Block[]): Displayable {
  const text = () => attempt(layOut, (blocks) => renderText(blocks));
  // Whoever prints hands over what prints and how it is to be printed, in an order that depends on the runtime.
  const inspect = (_: unknown, options: unknown) => {
    const columns = terminalColumns();
    return attempt(layOut, (blocks) =>
      renderText(blocks, {
        columns,
        colors: columns !== undefined && wantsColors(options),
      }));
  };
  return {
    [jupyterDisplay]: () => attempt(layOut, bundleOf),
    toString: text,
    ...{
      [Symbol.for("Deno.customInspect")]: inspect,
      [Symbol.for("nodejs.util.inspect.custom")]: inspect,
      [blocks]: layOut,
    },
  };
}

/** The key under which a view keeps what it is laid out from. */
const blocks: unique symbol = Symbol("blocks");

/** What a view is laid out from, for whoever shows it at a width of his own; nothing of what is no view. */
export function blocksOf(view: Displayable): readonly Block[] {
  const layOut: unknown = Reflect.get(view, blocks);
  return typeof layOut === "function" ? layOut() : [];
}

/** Whether whoever prints a value asks for colours, which is so in a terminal unless NO_COLOR is set. */
function wantsColors(options: unknown): boolean {
  return typeof options === "object" && options !== null && "colors" in options &&
    options.colors === true;
}

/** How many columns the terminal has that a script prints to; nothing where it prints elsewhere. */
function terminalColumns(): number | undefined {
  try {
    if ("Deno" in globalThis) {
      return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : undefined;
    }
    const columns: unknown = Reflect.get(globalThis, "process")?.stdout?.columns;
    return typeof columns === "number" ? columns : undefined;
  } catch {
    // Not every terminal tells how wide it is.
    return undefined;
  }
}

/** What is shown in place of a value that cannot be. */
export function apology(error: unknown): MimeBundle {
  return bundleOf(notShown(error));
}

/** Makes a console print a value as what shows it, and no longer than that. */
export function printAs<T extends object>(value: T, shown: Displayable): T {
  return printerOf(shown)(value);
}

/** A function that does for many values what {@linkcode printAs} does for one. */
export function printerOf(shown: Displayable): <T extends object>(value: T) => T {
  const methods = ["Deno.customInspect", "nodejs.util.inspect.custom"].map((name) => {
    const key = Symbol.for(name);
    const method: unknown = Reflect.get(shown, key);
    return [key, { configurable: true, value: method }] as const;
  });
  return (value) => {
    for (const [key, descriptor] of methods) Reflect.defineProperty(value, key, descriptor);
    return value;
  };
}

function attempt<R>(layOut: () => readonly Block[], render: (blocks: readonly Block[]) => R): R {
  try {
    return render(layOut());
  } catch (error) {
    return render(notShown(error));
  }
}

function bundleOf(blocks: readonly Block[]): MimeBundle {
  return {
    "text/plain": renderText(blocks),
    "text/markdown": renderMarkdown(blocks),
    "text/html": renderHtml(blocks),
  };
}

function notShown(error: unknown): readonly Block[] {
  return [{
    kind: "note",
    tone: "warning",
    lines: [`This value cannot be shown as a table: ${reasonOf(error)}`],
  }];
}

function reasonOf(error: unknown): string {
  try {
    const message: unknown = error instanceof Error ? error.message : error;
    return typeof message === "string" ? message : "it is not what was expected";
  } catch {
    return "reading it failed";
  }
}

/** The key under which a table keeps what its rows are made of. */
const data: unique symbol = Symbol("rows");

/** Gives a table what its rows are made of, so that a file can hold all of it. */
export function withData<T extends object>(table: T, rows: () => readonly object[]): T {
  return Object.defineProperty(table, data, { value: rows });
}

/** What a table's rows are made of; nothing where it is no table. */
export function tableData(table: object): readonly object[] | undefined {
  const rows: unknown = Reflect.get(table, data);
  const found: unknown = typeof rows === "function" ? rows() : undefined;
  return Array.isArray(found) ? found : undefined;
}
