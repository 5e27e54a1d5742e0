import { isObject } from "../../core/objects.ts";
import { kindsOf, listOf, readSchemas } from "./value_schema.ts";

/** Names that Dispatch passes on beside the parameters: an openEO parameter of that name clashes. */
export const CLASHES: readonly string[] = ["namespace", "process_id"];

/** A parameter as a definition tells it. */
interface ToldParameter {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly optional?: boolean | null | undefined;
  readonly schema?: unknown;
}

/**
 * Why Dispatch cannot run a process with these parameters: its reader of process definitions takes the first schema of
 * each that it knows, looks into no alternatives, knows no arrays but those of texts and no objects but boxes and
 * GeoJSON, and wants every parameter described.
 */
export function obstacleIn(parameters: readonly ToldParameter[]): string | undefined {
  for (const { name, description, optional, schema } of parameters) {
    const headline = `Dispatch cannot read the definition: its parameter ${name}`;
    if (description == null) return `${headline} has no description`;
    const schemas = listOf(schema);
    if (!schemas.some(isReadable)) return `${headline} ${unreadable(schemas)}`;
    if (optional !== true && CLASHES.includes(name)) {
      return `Dispatch cannot pass on the parameter ${name}, which the process needs: it uses the name itself`;
    }
  }
  return undefined;
}

/** Whether the service's reader knows a schema, by the same words in the same places. */
function isReadable(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { type, subtype, items } = schema;
  if (subtype === "bounding-box" || subtype === "geojson") return true;
  if (type === "array") {
    return subtype === "temporal-interval" || (isObject(items) && items["type"] === "string");
  }
  return type === "boolean" || type === "string" || type === "integer" || type === "number";
}

function unreadable(schemas: readonly unknown[]): string {
  const read = readSchemas(schemas);
  if (kindsOf(read).includes("array of arrays")) return "is an array of arrays";
  if (read.some(({ anyOf }) => anyOf !== undefined)) {
    return "has its alternatives in anyOf or oneOf, into which it does not look";
  }
  if (read.some(({ type }) => Array.isArray(type))) return "is of several types at once";
  return "is of a kind that it does not know";
}
