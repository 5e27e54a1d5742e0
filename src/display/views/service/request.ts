import { count } from "../../../core/units.ts";
import type { Parameter } from "../../../models/parameters.ts";
import type { Issue } from "../../../models/schema/issue.ts";
import { type Displayable, displayable, withData } from "../../render/displayable.ts";
import {
  type Block,
  code,
  type Column,
  type Line,
  MAX_ROWS,
  muted,
  type Piece,
  strong,
} from "../../render/document.ts";
import { fieldPiece, formatValue } from "../../render/value.ts";

/** How a table of parameters is made. */
export interface ParametersTableOptions {
  /**
   * The most rows to show; required parameters come first where not all are shown.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
}

const NAME: Column = { title: "Parameter", max: 40 };
const TYPE: Column = { title: "Type", max: 20, folds: 2 };
const REQUIRED: Column = { title: "Required", max: 10 };
const DEFAULT: Column = { title: "Default", max: 60, yields: true };
const OPTIONS: Column = { title: "Options", max: 60, yields: true, folds: 1 };
const DESCRIPTION: Column = { title: "Description", max: 150, yields: true, wraps: true };

/**
 * A table of the parameters that a service takes.
 *
 * @example
 * ```ts
 * import { parametersTable } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const table = parametersTable([
 *   { name: "resolution", type: "integer", optional: true, description: "In metres", default: 10 },
 * ]);
 * assertStringIncludes(String(table), "resolution  integer  no        10       In metres");
 * ```
 */
export function parametersTable(
  parameters: readonly Parameter[],
  options: ParametersTableOptions = {},
): Displayable {
  return withData(
    displayable(() => parametersBlocks(parameters, options)),
    () => parameters,
  );
}

/** The blocks of a table of parameters. */
export function parametersBlocks(
  parameters: readonly Parameter[],
  { rows = MAX_ROWS }: ParametersTableOptions = {},
): readonly Block[] {
  if (parameters.length === 0) {
    return [{ kind: "note", tone: "plain", lines: ["This service takes no parameters"] }];
  }
  const required = parameters.filter(({ optional }) => !optional);
  const shown = parameters.length <= rows
    ? parameters
    : [...required, ...parameters.filter(({ optional }) => optional)].slice(0, rows);
  const facts = [`${required.length} required`];
  if (shown.length < parameters.length) {
    facts.push(`${shown.length} of ${parameters.length} shown`);
  }
  const withOptions = shown.some(({ options }) => (options ?? []).length > 0);
  const table: Block = {
    kind: "table",
    caption: [strong(count(parameters.length, "parameter")), muted(` · ${facts.join(" · ")}`)],
    columns: [NAME, TYPE, REQUIRED, DEFAULT, ...(withOptions ? [OPTIONS] : []), DESCRIPTION],
    rows: shown.map((parameter) => [
      strong(parameter.name),
      parameter.type,
      parameter.optional ? muted("no") : "yes",
      defaultOf(parameter),
      ...(withOptions ? [optionsOf(parameter)] : []),
      parameter.description,
    ]),
  };
  return shown.some(isFractional)
    ? [table, {
      kind: "note",
      tone: "plain",
      lines: [[
        muted(
          "The service calls every openEO number an integer; where the default has a fraction, other values may as well.",
        ),
      ]],
    }]
    : [table];
}

/** An OGC API's default is always `null`, so `null` says nothing. */
function defaultOf(parameter: Parameter): Piece {
  const value = parameter.default;
  return value === undefined || value === null
    ? muted("–")
    : { ...fieldPiece(parameter.name, value), style: "code" };
}

function optionsOf({ options }: Parameter): Line {
  return options === undefined || options.length === 0
    ? muted("–")
    : code(options.slice(0, MAX_ROWS).map((option) => formatValue(option)).join(", "));
}

function isFractional({ type, default: value }: Parameter): boolean {
  return type === "integer" && typeof value === "number" && !Number.isInteger(value);
}

/** What was found out about a request before it is sent. */
export interface CheckedRequest {
  /** Everything that is wrong, each problem with its path; empty where nothing is. */
  readonly issues: readonly Issue[];
  /** What could not be checked, and why: no verdict. */
  readonly warnings: readonly string[];
  /** What the service says that it takes, where it could be asked. */
  readonly parameters?: readonly Parameter[];
}

/** What was found out about a request; it shows itself as a table. */
export interface RequestCheck extends CheckedRequest, Displayable {
  /** Whether nothing is wrong, as far as it could be checked. */
  readonly ok: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: "Where", max: 60 },
  { title: "What", max: 400, yields: true, wraps: true },
];

/** Makes what was found out about a request show itself. */
export function requestCheck(checked: CheckedRequest): RequestCheck {
  const shown = displayable(() => checkBlocks(checked));
  return {
    ...checked,
    ...shown,
    ok: checked.issues.length === 0,
    toString: () => shown.toString(),
  };
}

function checkBlocks({ issues, warnings, parameters }: CheckedRequest): readonly Block[] {
  const notes: readonly Block[] = warnings.length === 0
    ? []
    : [{ kind: "note", tone: "warning", lines: warnings }];
  if (issues.length === 0) {
    const line = parameters === undefined
      ? "Nothing is wrong with the request as such"
      : `The service takes this request (${count(parameters.length, "parameter")} known)`;
    return [{ kind: "note", tone: "plain", lines: [line] }, ...notes];
  }
  return [{
    kind: "table",
    caption: [
      strong("The request cannot be sent as it is"),
      muted(` · ${count(issues.length, "problem")}`),
    ],
    columns: COLUMNS,
    rows: issues.map((
      { path, message },
    ) => [path === "" ? muted("all of it") : strong(path), message]),
  }, ...notes];
}
