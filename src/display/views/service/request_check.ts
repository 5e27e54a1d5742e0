import { count } from "../../../core/units.ts";
import type { Parameter } from "../../../models/parameters.ts";
import type { Issue } from "../../../models/schema/issue.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Column, muted, strong } from "../../render/document.ts";

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
