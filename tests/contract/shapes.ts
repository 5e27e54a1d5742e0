import { follow, list, nameOf, record } from "./document.ts";

/** One of the things that a value can be, by a JSON Schema. */
export type Shape =
  & {
    /** The name of the schema, where a reference led to it. */
    readonly name?: string;
  }
  & (
    | { readonly kind: "any" | "null" | "boolean" | "integer" | "number" | "string" | "timestamp" }
    | { readonly kind: "words"; readonly words: readonly string[]; readonly open: boolean }
    | { readonly kind: "array"; readonly items: unknown }
    | { readonly kind: "tuple"; readonly items: readonly unknown[] }
    | ObjectShape
    | { readonly kind: "unreadable"; readonly what: string }
  );

/** An object: its fields, and what may stand beside them. */
export interface ObjectShape {
  /** Tells an object from the other shapes. */
  readonly kind: "object";
  /** The schema of each field. */
  readonly fields: ReadonlyMap<string, unknown>;
  /** The fields that have to be there. */
  readonly required: ReadonlySet<string>;
  /** Further fields: welcome, refused, not spoken of, or of the schema in `restOf`. */
  readonly rest: "open" | "closed" | "unsaid" | "schema";
  /** The schema of further fields. */
  readonly restOf?: unknown;
}

/** Keywords that say nothing of a value's shape, or only narrow it; the comparison leaves them out. */
const IGNORED = new Set([
  ...["title", "description", "default", "example", "examples", "deprecated", "readOnly"],
  ...["writeOnly", "discriminator", "$schema", "$id", "$comment", "externalDocs"],
  ...["minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minProperties", "maxProperties", "propertyNames", "format"],
]);

const READ = new Set([
  ...["$ref", "anyOf", "oneOf", "allOf", "const", "enum", "type"],
  ...["items", "prefixItems", "properties", "required", "additionalProperties"],
]);

/**
 * What a value can be by a JSON Schema, as a list of alternatives in one normal form: references
 * followed, unions flattened, `integer` gone beside `number`, an enum beside `string` made one open
 * set of words. A keyword that is not understood makes the shape unreadable, never equal.
 */
export function shapesOf(schema: unknown, document: unknown): Shape[] {
  return normalise(read(schema, document, new Set()));
}

function read(schema: unknown, document: unknown, above: ReadonlySet<unknown>): Shape[] {
  if (schema === true) return [{ kind: "any" }];
  const node = record(schema);
  if (node !== schema) return unreadable(`the schema ${JSON.stringify(schema)}`);
  const said = Object.keys(node).filter((key) => !IGNORED.has(key));
  const strange = said.find((key) => !READ.has(key));
  if (strange !== undefined) return unreadable(`the keyword "${strange}"`);
  for (const key of ["$ref", "anyOf", "oneOf", "allOf"]) {
    if (!said.includes(key)) continue;
    const beside = said.find((other) => other !== key);
    if (beside !== undefined) return unreadable(`"${beside}" beside "${key}"`);
    if (above.has(node)) return unreadable("a reference that leads to itself");
    return readComposed(key, node, document, new Set([...above, node]));
  }
  if ("const" in node) return words([node["const"]]);
  if ("enum" in node) return words(list(node["enum"]));
  if (Array.isArray(node["type"])) return node["type"].flatMap((type) => readType(type, node));
  return readType(node["type"], node);
}

function readComposed(
  key: string,
  node: Readonly<Record<string, unknown>>,
  document: unknown,
  above: ReadonlySet<unknown>,
): Shape[] {
  const inner = (schema: unknown) => read(schema, document, above);
  if (key !== "$ref") {
    const parts = list(node[key]);
    if (key === "allOf" && parts.length !== 1) return unreadable(`an "allOf" of ${parts.length}`);
    return parts.flatMap(inner);
  }
  const reference = String(node["$ref"]);
  const target = follow(document, reference);
  if (target === undefined) return unreadable(`a reference to ${reference}, which is not there`);
  const shapes = normalise(inner(target));
  const name = nameOf(node);
  return name !== undefined && shapes.length === 1
    ? shapes.map((shape) => ({ ...shape, name }))
    : shapes;
}

function readType(type: unknown, node: Readonly<Record<string, unknown>>): Shape[] {
  switch (type) {
    case "null":
    case "boolean":
    case "integer":
    case "number":
      return [{ kind: type }];
    case "string":
      return [{ kind: node["format"] === "date-time" ? "timestamp" : "string" }];
    case "array":
      return [readArray(node)];
    case "object":
      return [readObject(node)];
    case undefined:
      if ("properties" in node || "additionalProperties" in node) return [readObject(node)];
      if ("items" in node || "prefixItems" in node) return [readArray(node)];
      return [{ kind: "any" }];
    default:
      return unreadable(`the type ${JSON.stringify(type)}`);
  }
}

function readArray(node: Readonly<Record<string, unknown>>): Shape {
  if (!("prefixItems" in node)) return { kind: "array", items: node["items"] ?? true };
  const items = list(node["prefixItems"]);
  const ends = node["items"] === false || node["maxItems"] === items.length;
  return ends && node["minItems"] === items.length
    ? { kind: "tuple", items }
    : { kind: "unreadable", what: "a tuple of no fixed length" };
}

function readObject(node: Readonly<Record<string, unknown>>): ObjectShape {
  const fields = new Map(Object.entries(record(node["properties"])));
  const required = new Set(list(node["required"]).map(String));
  const more = node["additionalProperties"];
  if (more === undefined) {
    return { kind: "object", fields, required, rest: fields.size === 0 ? "open" : "unsaid" };
  }
  if (more === false) return { kind: "object", fields, required, rest: "closed" };
  if (more === true || Object.keys(record(more)).every((key) => IGNORED.has(key))) {
    return { kind: "object", fields, required, rest: "open" };
  }
  return { kind: "object", fields, required, rest: "schema", restOf: more };
}

function words(values: readonly unknown[]): Shape[] {
  if (values.length === 0) return unreadable("an enum without values");
  const known = values.filter((value) => value !== null).map((value) => JSON.stringify(value));
  const shapes: Shape[] = known.length > 0 ? [{ kind: "words", words: known, open: false }] : [];
  return values.includes(null) ? [...shapes, { kind: "null" }] : shapes;
}

function unreadable(what: string): Shape[] {
  return [{ kind: "unreadable", what }];
}

function normalise(shapes: readonly Shape[]): Shape[] {
  const has = (kind: Shape["kind"]) => shapes.some((shape) => shape.kind === kind);
  if (has("any")) return [{ kind: "any" }];
  const sets = shapes.filter((shape) => shape.kind === "words");
  const [only] = sets;
  const merged: Shape[] = [];
  for (const shape of shapes) {
    if (shape.kind === "integer" && has("number")) continue;
    if (shape.kind === "words" || (shape.kind === "string" && sets.length > 0)) continue;
    const plain = !["array", "tuple", "object", "unreadable"].includes(shape.kind);
    if (plain && merged.some(({ kind }) => kind === shape.kind)) continue;
    merged.push(shape);
  }
  if (only === undefined) return merged;
  const all = [...new Set(sets.flatMap((set) => set.words))];
  const open = has("string") || sets.some((set) => set.open);
  const named = sets.length === 1 && only.name !== undefined ? { name: only.name } : {};
  return [{ kind: "words", words: all, open, ...named }, ...merged];
}
