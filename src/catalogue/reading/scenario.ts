import * as z from "zod/mini";
import type { Parameter } from "../../models/parameters.ts";
import { readerOf } from "../../models/schema/model.ts";
import type { ParameterFacts, ParameterKind } from "../facts.ts";
import type { CatalogueParameter } from "./definition.ts";
import { schemaOf, type ValueSchema } from "./value_schema.ts";

const readShape = readerOf(z.array(z.object({
  id: z.string(),
  process_graph: z.record(
    z.string(),
    z.object({
      process_id: z.nullish(z.string()),
      namespace: z.nullish(z.string()),
      arguments: z.nullish(z.record(z.string(), z.unknown())),
    }),
  ),
})));

/**
 * The arguments with which the catalogue tests a service: those of the first node in a benchmark scenario that calls
 * the service's own process, by its address or its name. Nothing where there is no such node.
 */
export function exampleIn(
  scenarios: unknown,
  { id, application }: { readonly id: string; readonly application: string },
): Readonly<Record<string, unknown>> | undefined {
  const reading = readShape(scenarios);
  if (!reading.ok) return undefined;
  const nodes = reading.value.flatMap(({ process_graph }) => Object.values(process_graph));
  const own = nodes.find(({ namespace }) => namespace === application) ??
    nodes.find(({ process_id }) => process_id === id) ??
    nodes.find(({ namespace }) => namespace?.startsWith("https://") === true);
  if (own?.arguments == null) return undefined;
  return Object.fromEntries(
    Object.entries(own.arguments).filter(([, value]) => !isReference(value))
      .map(([name, value]) => [name, inDegrees(value)]),
  );
}

/** Whether an argument comes from elsewhere in the graph: it is no value. */
function isReference(value: unknown): boolean {
  return typeof value === "object" && value !== null &&
    ("from_node" in value || "from_parameter" in value);
}

/** A box that says it is in degrees, without saying so: Dispatch takes its four corners alone. */
function inDegrees(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("crs" in value && "west" in value)) {
    return value;
  }
  const { crs, ...corners } = value;
  return crs === 4326 || crs === "EPSG:4326" ? corners : value;
}

/** What `/params` calls a kind. An openEO number is an integer there, and of an OGC API most things are a string. */
const KINDS: Readonly<Record<string, ParameterKind>> = {
  "datetime": "date-time",
  "date-interval": "temporal-interval",
  "bounding-box": "bounding-box",
  "polygon": "geojson",
  "boolean": "boolean",
  "integer": "number",
  "double": "number",
  "array-string": "array of strings",
};

/**
 * How a place or a time may be written for an OGC API: Dispatch hands it on as it is, and does not tell which way the
 * process wants.
 */
const WRITTEN: Readonly<Partial<Record<ParameterKind, readonly ValueSchema[]>>> = {
  "bounding-box": [
    schemaOf("geojson"),
    schemaOf("bounding-box"),
    { type: "array", items: { type: "number" }, minItems: 4, maxItems: 6 },
    { type: "object", required: ["bbox"] },
  ],
  "temporal-interval": [schemaOf("temporal-interval"), { type: "string", minLength: 1 }],
  "date-time": [schemaOf("date-time"), schemaOf("date")],
};

/** Parameters as a Dispatch service tells them, to be checked like those of a process definition. */
export function fromParameters(parameters: readonly Parameter[]): readonly CatalogueParameter[] {
  return parameters.map(({ name, type, optional, description, options, ...rest }) => {
    const kind = KINDS[type];
    const allowed = options === undefined || options.length === 0 ? {} : { enum: options };
    const schemas = kind === undefined ? [{}] : WRITTEN[kind] ?? [schemaOf(kind)];
    return {
      name,
      description,
      // What is told as a string can be a number, an array or an object as well: any value is taken.
      kinds: kind === undefined ? [] : [kind],
      schemas: schemas.map((schema) => ({ ...schema, ...allowed })),
      needed: !optional,
      // An OGC API's default is always told as null, which says nothing.
      ...(rest.default === undefined || rest.default === null ? {} : { default: rest.default }),
    };
  });
}

/** Parameters of which an index knows no more than names and kinds. */
export function fromFacts(parameters: readonly ParameterFacts[]): readonly CatalogueParameter[] {
  return parameters.map((facts) => ({
    ...facts,
    description: "",
    schemas: facts.kinds.map(schemaOf),
  }));
}
