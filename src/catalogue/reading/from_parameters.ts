import type { Parameter } from "../../models/parameters.ts";
import type { CatalogueParameter } from "./definition.ts";
import { schemaOf, type ValueSchema } from "./value_schema.ts";
import type { ParameterFacts, ParameterKind } from "../facts.ts";

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
