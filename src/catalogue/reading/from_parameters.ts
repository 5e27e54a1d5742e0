import type { Parameter } from "../../models/parameters.ts";
import { type CatalogueParameter, schemaOf, type ValueSchema } from "./definition.ts";
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

/** Parameters as a Dispatch service tells them, to be checked like those of a process definition. */
export function fromParameters(parameters: readonly Parameter[]): readonly CatalogueParameter[] {
  return parameters.map(({ name, type, optional, description, options, ...rest }) => {
    const kind = KINDS[type];
    const allowed = options === undefined || options.length === 0 ? {} : { enum: options };
    const schema: ValueSchema = { ...(kind === undefined ? {} : schemaOf(kind)), ...allowed };
    return {
      name,
      description,
      kinds: [kind ?? "string"],
      schemas: [schema],
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
