import { didYouMean } from "../../core/nearest.ts";
import { formatPath, type Issue } from "../../models/schema/issue.ts";
import { jsonIssues } from "../../models/schema/json.ts";
import type { CostEstimate } from "../../models/cost.ts";
import { costOf } from "./cost.ts";
import { valueIssues } from "./check_value.ts";
import type { CatalogueParameter } from "../reading/definition.ts";
import type { Price } from "../facts.ts";
import { takes } from "./schema_words.ts";
import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Field, muted, strong } from "../../display/render/document.ts";
import { costLines } from "../../display/views/work/plan.ts";

/** What a check of parameters found. */
export interface ServiceCheck {
  /** Whether a job with these parameters can run, as far as the service's own definition says. */
  readonly ok: boolean;
  /** Everything that is wrong, each with its path below `parameters`. */
  readonly issues: readonly Issue[];
  /** What is worth knowing and stops nothing. */
  readonly warnings: readonly string[];
  /** What the job may cost. */
  readonly cost: CostEstimate;
}

/** What parameters are checked against. */
export interface CheckedService {
  /** What the service takes; nothing where that could not be learned. */
  readonly parameters: readonly CatalogueParameter[] | undefined;
  /** Why it cannot be run through Dispatch. */
  readonly obstacle: string | undefined;
  /** What it costs. */
  readonly price: Price | undefined;
  /** What limits the check, in words. */
  readonly limits: readonly string[];
}

/** Checks parameters against what a service takes, and reckons what they may cost. */
export function checkParameters(
  given: Readonly<Record<string, unknown>>,
  { parameters, obstacle, price, limits }: CheckedService,
): ServiceCheck {
  const issues: Issue[] = obstacle === undefined ? [] : [{ path: "", message: obstacle }];
  // Of a name that nobody knows there is no more to say than that.
  const isKnown = (path: string) =>
    parameters === undefined || parameters.some(({ name }) => isWithin(path, name));
  const unfit = jsonIssues(given).map(({ path, message }) => ({ path: formatPath(path), message }));
  issues.push(...unfit.filter(({ path }) => isKnown(path)));
  if (parameters !== undefined) {
    const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
    for (const [name, value] of Object.entries(given)) {
      const parameter = known.get(name);
      if (parameter === undefined) {
        issues.push({
          path: formatPath([name]),
          message: `no such parameter${didYouMean(name, known.keys())}${
            known.size === 0 ? ": it takes none" : ""
          }`,
        });
      } else if (value !== undefined && !unfit.some(({ path }) => isWithin(path, name))) {
        issues.push(...valueIssues(parameter, value));
      }
    }
    for (const parameter of parameters) {
      if (parameter.needed && given[parameter.name] === undefined) {
        issues.push({
          path: formatPath([parameter.name]),
          message: `is needed: ${takes(parameter)}`,
        });
      }
    }
  }
  return {
    ok: issues.length === 0,
    issues,
    warnings: limits,
    cost: costOf([given], price, parameters),
  };
}

/** Whether a path is that of a parameter or of something in it, and not of one whose name begins alike. */
function isWithin(path: string, name: string): boolean {
  const own = formatPath([name]);
  return path.startsWith(own) && /^(?:$|[.[])/.test(path.slice(own.length));
}

/** What a check found. */
export function checkView({ id }: { readonly id: string }, check: ServiceCheck): Displayable {
  return displayable(() => {
    const cost: Field = { label: "Cost", lines: costLines(check.cost) };
    const warnings: Block[] = check.warnings.length === 0
      ? []
      : [{ kind: "note", tone: "warning", lines: check.warnings }];
    if (check.ok) {
      return [{
        kind: "fields",
        caption: [strong(`${id} takes these parameters`)],
        fields: [cost],
      }, ...warnings];
    }
    return [{
      kind: "table",
      caption: [
        strong(`${id} does not take these parameters`),
        muted(` · ${count(check.issues.length, "problem")}`),
      ],
      columns: [{ title: "Where", max: 60 }, {
        title: "What",
        max: 400,
        wraps: true,
        yields: true,
      }],
      rows: check.issues.map(({ path, message }) => [
        path === "" ? muted("the service") : strong(path),
        message,
      ]),
    }, ...warnings];
  });
}
