import * as z from "zod/mini";
import { readerOf } from "../../models/schema/model.ts";

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
