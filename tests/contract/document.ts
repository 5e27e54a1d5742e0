/** The object that a value is, or an empty one: a document is somebody else's, and may hold anything anywhere. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Whether a value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The array that a value is, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a reference within a document (`#/components/schemas/Link`) leads to; `undefined` when nowhere. */
export function follow(document: unknown, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let value = document;
  for (const part of reference.slice(2).split("/")) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

const SCHEMAS = "#/components/schemas/";

/** The reference to a schema of a document by its name. */
export function referenceTo(name: string): string {
  return SCHEMAS + name;
}

/** The name of the schema that a node refers to; `undefined` for a node that is a schema itself. */
export function nameOf(node: unknown): string | undefined {
  const reference = record(node)["$ref"];
  return typeof reference === "string" && reference.startsWith(SCHEMAS)
    ? reference.slice(SCHEMAS.length)
    : undefined;
}
