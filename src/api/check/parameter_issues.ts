import { isEqual } from "../../core/objects.ts";
import { didYouMean } from "../../core/nearest.ts";
import { quote } from "../../core/text.ts";
import { geojsonIssues } from "../../geo/read/geojson_issues.ts";
import { readGeometry } from "../../geo/read/read_geometry.ts";
import { boxIssues, dateIssues, intervalIssues } from "../../geo/read/places_and_times.ts";
import { describeValue, formatPath, type Issue } from "../../models/schema/issue.ts";
import type { Parameter } from "../../models/parameters.ts";

/** What parameters are held to. */
export interface ParameterRules {
  /** What the service says that it takes. */
  readonly parameters: readonly Parameter[];
  /** The kind of the service: an OGC API tells less of its types. */
  readonly label: string;
}

/** The kinds of parameters that say where. */
const SPATIAL: ReadonlySet<string> = new Set(["bounding-box", "polygon"]);

/** The parameters of a service that say where it works. */
export function spatialParameters(parameters: readonly Parameter[]): readonly string[] {
  return parameters.filter(({ type }) => SPATIAL.has(type)).map(({ name }) => name);
}

/** Names that the service passes on beside the parameters: an openEO parameter of that name clashes. */
const CLASHES = ["namespace", "process_id"];

/**
 * Everything that is wrong with the parameters of a job, as far as the service's own types tell: names that it does not
 * know, what it needs and did not get, values of the wrong kind. A value equal to the default is always right.
 */
export function parameterIssues(
  given: Readonly<Record<string, unknown>>,
  { parameters, label }: ParameterRules,
): readonly Issue[] {
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const path = formatPath(["parameters", name]);
    const parameter = known.get(name);
    if (label === "openeo" && CLASHES.includes(name)) {
      issues.push({
        path,
        message: "the Dispatch service cannot pass on a parameter of this name",
      });
    } else if (parameter === undefined) {
      issues.push({ path, message: unknownParameter(name, known, given) });
    } else issues.push(...valueIssues(parameter, value, label));
  }
  for (const { name, type, optional } of parameters) {
    if (optional || given[name] !== undefined) continue;
    issues.push({
      path: formatPath(["parameters", name]),
      message: `expected ${nounOf(type, label)}, which the service needs, got nothing`,
    });
  }
  return issues;
}

function unknownParameter(
  name: string,
  known: ReadonlyMap<string, Parameter>,
  given: Readonly<Record<string, unknown>>,
): string {
  if (known.size === 0) return "the service takes no parameters";
  const missing = [...known.keys()].filter((other) => given[other] === undefined);
  // Where a place is given under another name, it is most likely the place that the service asks for.
  const spatial = spatialParameters([...known.values()]).filter((other) => missing.includes(other));
  const place = readGeometry(given[name]) !== undefined && spatial.length === 1
    ? `; did you mean ${quote(spatial[0] ?? "")}?`
    : "";
  const guess = didYouMean(name, missing) || place;
  const list = `it takes ${[...known.keys()].map((other) => quote(other)).join(", ")}`;
  return `the service takes no such parameter${guess === "" ? `: ${list}` : guess}`;
}

function valueIssues(parameter: Parameter, value: unknown, label: string): Issue[] {
  const { name, type, options = [] } = parameter;
  const path = ["parameters", name];
  if (label === "openeo" && isEqual(value, parameter.default)) return [];
  if (value === null) {
    const advice = parameter.optional ? ": leave it out" : "";
    return [at(path, `expected ${nounOf(type, label)}, got null${advice}`)];
  }
  if (options.length > 0) return optionIssues(options, value, path);
  if (label === "openeo") {
    switch (type) {
      case "bounding-box":
        return boxIssues(value, path);
      case "polygon":
        return polygonIssues(value, path);
      case "datetime":
        return dateIssues(value, path, dateKind(value));
      case "date-interval":
        return intervalIssues(value, path, { open: true });
    }
  }
  return fits(value, type, label)
    ? []
    : [at(path, `expected ${nounOf(type, label)}, got ${describeValue(value)}`)];
}

/** A day and an instant are both right where the service says "datetime" alone. */
function dateKind(value: unknown): "date" | "date-time" {
  return typeof value === "string" && value.length <= 10 ? "date" : "date-time";
}

function polygonIssues(value: unknown, path: readonly (string | number)[]): Issue[] {
  const isBox = Array.isArray(value) ||
    (typeof value === "object" && value !== null && "west" in value);
  if (!isBox) return geojsonIssues(value, path);
  return [at(path, `expected GeoJSON, got a box: make a polygon of it with bboxToPolygon()`)];
}

function optionIssues(
  options: readonly unknown[],
  value: unknown,
  path: readonly string[],
): Issue[] {
  const isKnown = (one: unknown) => options.some((option) => isEqual(option, one));
  const wrong = Array.isArray(value)
    ? value.flatMap((one: unknown, index) => isKnown(one) ? [] : [{ one, path: [...path, index] }])
    : isKnown(value)
    ? []
    : [{ one: value, path }];
  if (isKnown(value)) return [];
  return wrong.map(({ one, path }) => {
    const words = options.filter((option) => typeof option === "string");
    const guess = typeof one === "string" ? didYouMean(one, words) : "";
    const list = options.map((option) =>
      typeof option === "string" ? quote(option) : JSON.stringify(option)
    ).join(", ");
    return at(path, `expected one of ${list}, got ${describeValue(one)}${guess}`);
  });
}

/** Whether a value is of a type; of types that are not known, and of an OGC API's loose ones, every value is. */
function fits(value: unknown, type: string, label: string): boolean {
  switch (type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      // The service calls every number of an openEO process an integer.
      return typeof value === "number" && (label === "openeo" || Number.isInteger(value));
    case "double":
      return typeof value === "number";
    case "string":
      // Numbers, arrays and objects of an OGC API arrive as "string".
      return label !== "openeo" || typeof value === "string";
    case "array-string":
      return Array.isArray(value) && value.every((one) => typeof one !== "object");
    case "bounding-box":
    case "polygon":
      return readGeometry(value) !== undefined;
    case "datetime":
      return typeof value === "string";
    case "date-interval":
      return typeof value === "string" || (Array.isArray(value) && value.length === 2);
    default:
      return true;
  }
}

function nounOf(type: string, label: string): string {
  switch (type) {
    case "boolean":
      return "true or false";
    case "integer":
      return label === "openeo" ? "a number" : "a whole number";
    case "double":
      return "a number";
    case "string":
      return label === "openeo" ? "text" : "a value";
    case "array-string":
      return "a list of texts";
    case "bounding-box":
      return "a box { west, south, east, north }";
    case "polygon":
      return "a GeoJSON polygon";
    case "datetime":
      return 'a time such as "2026-06-01T00:00:00Z"';
    case "date-interval":
      return 'begin and end such as ["2026-06-01", "2026-07-01"]';
    default:
      return `a value of the type ${quote(type, 40)}`;
  }
}

function at(path: readonly PropertyKey[], message: string): Issue {
  return { path: formatPath(path), message };
}
