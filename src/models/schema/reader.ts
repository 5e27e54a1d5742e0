import { isObject } from "../../core/objects.ts";
import type { core } from "zod/mini";
import { parseTimestamp, timestampSchema } from "./timestamp.ts";

/** What a {@linkcode Reader} answers for a value that does not fit. */
export const INVALID: unique symbol = Symbol("invalid");

/** Reads one value: the value itself, a copy where a part of it had to change, or `INVALID`. */
export type Reader = (value: unknown) => unknown;

/**
 * Compiles a schema to a function that reads a value without copying it. zod's own `parse` builds
 * every object anew: ten thousand jobs cost as much again as `JSON.parse`, and a `__proto__` key is
 * lost on the way. This reader keeps the object as it came, with every extra field at every level,
 * and copies only what holds a timestamp. It says no more than yes or no; which field is wrong is
 * then asked of the schema.
 */
export function compileReader(schema: core.$ZodType): Reader {
  if (schema === timestampSchema) return readTimestamp;
  const { def } = (schema as core.$ZodTypes)._zod;
  const read = compileShape(def);
  // What makes a number an integer is a rule in zod's eyes, and a shape in ours.
  const rules = def.type === "number" ? [] : def.checks ?? [];
  if (rules.length === 0) return read;
  return (value) => {
    const found = read(value);
    return found !== INVALID && keepsRules(found, rules) ? found : INVALID;
  };
}

function keepsRules(value: unknown, rules: readonly core.$ZodCheck<never>[]): boolean {
  const payload: core.ParsePayload<never> = { value: value as never, issues: [] };
  for (const rule of rules) rule._zod.check(payload);
  return payload.issues.length === 0;
}

function compileShape(def: core.$ZodTypes["_zod"]["def"]): Reader {
  switch (def.type) {
    case "string":
      return (value) => typeof value === "string" ? value : INVALID;
    case "boolean":
      return (value) => typeof value === "boolean" ? value : INVALID;
    case "null":
      return (value) => value === null ? value : INVALID;
    case "unknown":
      return (value) => value;
    case "number":
      return (def.checks?.length ?? 0) > 0 || "check" in def
        ? (value) => Number.isSafeInteger(value) ? value : INVALID
        : (value) => Number.isFinite(value) ? value : INVALID;
    case "literal": {
      const allowed = new Set<unknown>(def.values);
      return (value) => allowed.has(value) ? value : INVALID;
    }
    case "enum": {
      const allowed = new Set<unknown>(Object.values(def.entries));
      return (value) => allowed.has(value) ? value : INVALID;
    }
    case "optional": {
      const inner = compileReader(def.innerType);
      return (value) => value === undefined ? value : inner(value);
    }
    case "nullable": {
      const inner = compileReader(def.innerType);
      return (value) => value === null ? value : inner(value);
    }
    case "lazy": {
      let inner: Reader | undefined;
      return (value) => (inner ??= compileReader(def.getter()))(value);
    }
    case "union": {
      const options = def.options.map(compileReader);
      return (value) => {
        for (const option of options) {
          const read = option(value);
          if (read !== INVALID) return read;
        }
        return INVALID;
      };
    }
    case "tuple": {
      const items = def.items.map(compileReader);
      return (value) =>
        Array.isArray(value) && value.length === items.length
          ? readItems(value, (index) => items[index])
          : INVALID;
    }
    case "array": {
      const element = compileReader(def.element);
      return (value) => Array.isArray(value) ? readItems(value, () => element) : INVALID;
    }
    case "record": {
      const element = compileReader(def.valueType);
      const free = (def.valueType as core.$ZodTypes)._zod.def.type === "unknown";
      return (value) => {
        if (!isObject(value) || !isPlain(value)) return INVALID;
        return free
          ? value
          : readFields(value, Object.keys(value).map((key) => ({ key, reader: element })));
      };
    }
    case "object": {
      const fields = Object.entries(def.shape).map(([key, field]) => ({
        key,
        reader: compileReader(field),
      }));
      return (value) => isObject(value) ? readFields(value, fields) : INVALID;
    }
    default:
      throw new TypeError(`Cannot compile a reader for a schema of type "${def.type}"`);
  }
}

function readTimestamp(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? INVALID : value;
  return typeof value === "string" ? parseTimestamp(value) ?? INVALID : INVALID;
}

/** Whether an object is of no class, as zod wants a record to be. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function readFields(
  value: Readonly<Record<string, unknown>>,
  fields: readonly { readonly key: string; readonly reader: Reader }[],
): unknown {
  let copy: Record<string, unknown> | undefined;
  // By index and not by destructuring: this loop is where most of the time goes.
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (field === undefined) continue;
    const { key, reader } = field;
    const before = value[key];
    const after = reader(before);
    if (after === INVALID) return INVALID;
    // A spread keeps an own `__proto__` key what it is: data.
    if (after !== before) (copy ??= { ...value })[key] = after;
  }
  return copy ?? value;
}

function readItems(
  value: readonly unknown[],
  readerOf: (index: number) => Reader | undefined,
): unknown {
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const before = value[index];
    const after = readerOf(index)?.(before);
    if (after === INVALID) return INVALID;
    if (after !== before) (copy ??= [...value])[index] = after;
  }
  return copy ?? value;
}
