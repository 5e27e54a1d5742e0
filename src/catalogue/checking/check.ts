import { didYouMean } from "../../core/nearest.ts";
import { isObject } from "../../core/objects.ts";
import { describeValue, formatPath, type Issue } from "../../models/schema/issue.ts";
import { jsonIssues } from "../../models/schema/json.ts";
import type { CostEstimate } from "../../models/cost.ts";
import { costOf } from "./cost.ts";
import { valueIssues } from "./check_value.ts";
import { type CatalogueParameter, CLASHES } from "../reading/definition.ts";
import type { ProcessTypeEnum } from "../../models/service.ts";
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
  /** How Dispatch talks to its platform. @default openEO */
  readonly label?: ProcessTypeEnum | undefined;
  /** What limits the check, in words. */
  readonly limits: readonly string[];
}

/** Checks parameters against what a service takes, and reckons what they may cost. */
export function checkParameters(
  given: Readonly<Record<string, unknown>>,
  { parameters, obstacle, price, limits, label = "openeo" }: CheckedService,
): ServiceCheck {
  const issues: Issue[] = obstacle === undefined ? [] : [{ path: "", message: obstacle }];
  // A notebook checks no types.
  if (!isObject(given)) {
    const message = `expected parameters by name { … }, got ${describeValue(given)}`;
    issues.push({ path: "", message });
    return { ok: false, issues, warnings: limits, cost: costOf([{}], price, parameters) };
  }
  const known = new Map(parameters?.map((parameter) => [parameter.name, parameter]));
  // Of a name that nobody knows there is no more to say than that.
  const unfit = jsonIssues(given).filter(({ path: [name] }) =>
    parameters === undefined || typeof name !== "string" || known.has(name)
  );
  issues.push(...unfit.map(({ path, message }) => ({ path: formatPath(path), message })));
  if (parameters !== undefined) {
    for (const [name, value] of Object.entries(given)) {
      const parameter = known.get(name);
      if (parameter === undefined) {
        const guess = known.size === 0 ? ": it takes none" : didYouMean(name, known.keys());
        issues.push({ path: formatPath([name]), message: `no such parameter${guess}` });
      } else if (value === undefined || unfit.some(({ path }) => path[0] === name)) continue;
      else if (label !== "ogc_api_process" && CLASHES.includes(name)) {
        issues.push({
          path: formatPath([name]),
          message: "Dispatch cannot pass on a parameter of this name: leave it out",
        });
      } else issues.push(...valueIssues(parameter, value));
    }
    for (const parameter of parameters) {
      const { name } = parameter;
      if (parameter.needed && (!Object.hasOwn(given, name) || given[name] === undefined)) {
        issues.push({ path: formatPath([name]), message: `is needed: ${takes(parameter)}` });
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
