import { parameterIssues, spatialParameters } from "../api/check/parameter_issues.ts";
import type { UnitJobs } from "../api/unit_jobs.ts";
import { didYouMean } from "../core/nearest.ts";
import { quote } from "../core/text.ts";
import { RequestInvalidError } from "../http/errors.ts";
import type { BaseJobRequest } from "../models/jobs.ts";
import type { Parameter } from "../models/parameters.ts";
import type { Issue } from "../models/schema/issue.ts";

/** The parameter that takes the place, and what is known of it. */
export interface Dimension {
  readonly name: string;
  /** Its type, where the service could be asked. */
  readonly type: string | undefined;
  /** What could not be checked, and why. */
  readonly warnings: readonly string[];
  /** What is wrong with a value for it. */
  issuesOf(value: unknown): readonly Issue[];
}

/** What is asked for. */
export interface DimensionQuestion {
  /** The job that is to run, without a place. */
  readonly request: BaseJobRequest;
  /** The parameter that was named, if one was. */
  readonly dimension: string | undefined;
  /** How a message begins that refuses. */
  readonly headline: string;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Asks the service which of its parameters takes the place. An openEO platform ignores a parameter that it does not know
 * and computes the default place: the wrong name makes jobs that run, cost, and show another country.
 *
 * @throws {RequestInvalidError} if there is none, or more than one and none was named; nothing was submitted.
 */
export async function chooseDimension(
  unitJobs: Pick<UnitJobs, "check">,
  { request, dimension, headline, signal }: DimensionQuestion,
): Promise<Dimension> {
  const { parameters, warnings } = await unitJobs.check(request, { signal });
  if (parameters === undefined) {
    if (dimension !== undefined) {
      return { name: dimension, type: undefined, warnings, issuesOf: () => [] };
    }
    throw refusal(headline, [{
      path: "dimension",
      message: `expected the name of the parameter that takes the place, got nothing: ${
        warnings.join(" ")
      }`,
    }]);
  }
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const found = dimension === undefined
    ? theOnly(parameters)
    : known.has(dimension)
    ? { ok: true, name: dimension } as const
    : {
      ok: false,
      message: `the service takes no parameter ${quote(dimension)}${
        didYouMean(dimension, known.keys()) || `: it takes ${listOf([...known.keys()])}`
      }`,
    } as const;
  const isOther = (name: string) => !found.ok || name !== found.name;
  const others = Object.entries(request.parameters).filter(([name]) => isOther(name));
  const issues = parameterIssues(Object.fromEntries(others), {
    label: request.label,
    parameters: parameters.filter(({ name }) => isOther(name)),
  });
  if (!found.ok) throw refusal(headline, [{ path: "dimension", message: found.message }]);
  if (issues.length > 0) throw refusal(headline, issues);
  return {
    name: found.name,
    type: known.get(found.name)?.type,
    warnings,
    issuesOf: (value) =>
      parameterIssues({ [found.name]: value }, {
        label: request.label,
        parameters: parameters.filter(({ name }) => name === found.name),
      }),
  };
}

type Found =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly message: string };

function theOnly(parameters: readonly Parameter[]): Found {
  const spatial = spatialParameters(parameters);
  const [name] = spatial;
  if (name !== undefined && spatial.length === 1) return { ok: true, name };
  const all = parameters.map(({ name }) => name);
  return {
    ok: false,
    message: spatial.length > 1
      ? `several parameters of the service say where, ${
        listOf(spatial)
      }: name the one that takes the tiles`
      : `no parameter of the service says by its type that it takes a place (it takes ${
        all.length === 0 ? "none" : listOf(all)
      }): name the one that does`,
  };
}

function listOf(names: readonly string[]): string {
  return names.map((name) => quote(name)).join(", ");
}

function refusal(headline: string, issues: readonly Issue[]): RequestInvalidError {
  return new RequestInvalidError(headline, { issues });
}
