import { isObject } from "../../core/objects.ts";
import type { core } from "zod/mini";
import { type Field, INVALID, objectReader, type Reader, readFields, readItems } from "./fields.ts";
import { parseTimestamp, timestampSchema } from "./kinds.ts";

/**
 * Compiles a schema to a function that reads a value without copying it. zod's own `parse` builds
 * every object anew: ten thousand jobs cost as much again as `JSON.parse`, and a `__proto__` key is
 * lost on the way. This reader keeps the object as it came, with every extra field at every level,
 * and copies only what holds a timestamp or has a rule that changes it. It says no more than yes or no;
 * which field is wrong is then asked of the schema.
 *
 * @throws {TypeError} if the schema is of a kind that is not read here as zod reads it.
 */
export function compileReader(schema: core.$ZodType): Reader {
  return compile(schema, new Map());
}

/** Readers by their schema: one that holds itself is met again while it is being compiled. */
type Compiled = Map<core.$ZodType, { reader?: Reader }>;

function compile(schema: core.$ZodType, compiled: Compiled): Reader {
  const met = compiled.get(schema);
  if (met !== undefined) {
    return met.reader ?? ((value) => met.reader === undefined ? INVALID : met.reader(value));
  }
  const entry: { reader?: Reader } = {};
  compiled.set(schema, entry);
  return entry.reader = withRules(schema, (inner) => compile(inner, compiled));
}

type Compile = (schema: core.$ZodType) => Reader;

function withRules(schema: core.$ZodType, compileInner: Compile): Reader {
  if (schema === timestampSchema) return readTimestamp;
  const read = compileShape(schema, compileInner);
  const rules: readonly core.$ZodCheck<never>[] = [
    // What makes a number an integer, or a string an address, is a rule of the schema on itself.
    ...(isCheck(schema) ? [schema] : []),
    ...(schema._zod.def.checks ?? []),
  ];
  if (rules.length === 0) return read;
  if (rules.length === 1 && isSafeInteger(rules[0])) {
    return (value) => Number.isSafeInteger(value) ? value : INVALID;
  }
  const keep = rules.map(compileRule);
  return (value) => {
    let found = read(value);
    for (let index = 0; index < keep.length && found !== INVALID; index++) {
      found = keep[index]?.(found);
    }
    return found;
  };
}

function isCheck(schema: core.$ZodType): schema is core.$ZodType & core.$ZodCheck<never> {
  return schema._zod.traits.has("$ZodCheck");
}

/** The commonest rule by far: worth a way of its own. */
function isSafeInteger(rule: core.$ZodCheck<never> | undefined): boolean {
  const def = rule?._zod.def;
  return def !== undefined && def.check === "number_format" && "format" in def &&
    def.format === "safeint";
}

/** Reads by one rule: some only look, such as a least length, some change the value, such as a trim. */
function compileRule(rule: core.$ZodCheck<never>): Reader {
  const { when } = rule._zod.def;
  const read = (value: unknown): unknown => {
    const payload: core.ParsePayload<never> = { value: value as never, issues: [] };
    if (when !== undefined && !when(payload)) return value;
    const wait: unknown = rule._zod.check(payload);
    if (wait instanceof Promise) throw new TypeError("Cannot read by a rule that is a promise");
    return payload.issues.length > 0 ? INVALID : payload.value;
  };
  const judge = when === undefined ? judgeOf(rule) : undefined;
  // Nothing but yes is taken at its word, so that whatever else a function says is heard as zod hears it.
  return judge === undefined ? read : (value) => judge(value) === true ? value : read(value);
}

/** The function that a rule made of one asks, as `refine` makes it: what zod has around it takes longer than most of them. */
function judgeOf(rule: core.$ZodCheck<never>): ((value: unknown) => unknown) | undefined {
  const { def } = rule._zod;
  return def.check === "custom" && "fn" in def ? (def as core.$ZodCustomDef).fn : undefined;
}

/** What of a schema's definition changes how it is read, and is not known here. */
const STRANGE = ["coerce", "discriminator", "inclusive", "mode", "rest"] as const;

function refuse(schema: core.$ZodType, what = ""): never {
  throw new TypeError(
    `Cannot compile a reader for a schema of type "${schema._zod.def.type}"${what}`,
  );
}

function compileShape(schema: core.$ZodType, compileInner: Compile): Reader {
  const { def, values } = (schema as core.$ZodTypes)._zod;
  for (const name of STRANGE) {
    const given: unknown = Reflect.get(def, name);
    const usual = given === undefined || given === null || (name === "inclusive" && given === true);
    if (!usual) refuse(schema, ` with ${name}`);
  }
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
      return (value) => Number.isFinite(value) ? value : INVALID;
    case "literal":
    case "enum": {
      const allowed: ReadonlySet<unknown> = values ?? refuse(schema, " without values");
      return (value) => allowed.has(value) ? value : INVALID;
    }
    case "optional": {
      if (schema._zod.traits.has("$ZodExactOptional")) refuse(schema, " that is exact");
      const inner = compileInner(def.innerType);
      return (value) => value === undefined ? value : inner(value);
    }
    case "nullable": {
      const inner = compileInner(def.innerType);
      return (value) => value === null ? value : inner(value);
    }
    case "lazy":
      // Not what it stands for in the end: each of those in between may have rules.
      return compileInner((schema as core.$ZodLazy)._zod.innerType);
    case "union": {
      const options = withoutKnownWords(def.options).map(compileInner);
      const [only] = options;
      if (only !== undefined && options.length === 1) return only;
      return (value) => {
        for (let index = 0; index < options.length; index++) {
          const read = options[index]?.(value);
          if (read !== INVALID) return read;
        }
        return INVALID;
      };
    }
    case "tuple": {
      if (def.items.some(mayBeLeftOut)) refuse(schema, " whose items may be left out");
      const items = def.items.map(compileInner);
      return (value) =>
        Array.isArray(value) && value.length === items.length ? readItems(value, items) : INVALID;
    }
    case "array": {
      const element = compileInner(def.element);
      return (value) => Array.isArray(value) ? readItems(value, element) : INVALID;
    }
    case "record": {
      const { type, checks = [] } = def.keyType._zod.def;
      if (type !== "string" || checks.length > 0 || isCheck(def.keyType)) {
        refuse(schema, " whose names have rules");
      }
      const element = compileInner(def.valueType);
      const free = isFree(def.valueType);
      return (value) => {
        if (!isObject(value) || !isPlain(value) || hasSymbols(value)) return INVALID;
        return free ? value : readFields(value, {
          fields: Object.keys(value).map((key) => ({ key, reader: element })),
        });
      };
    }
    case "object": {
      if (Object.getOwnPropertySymbols(def.shape).length > 0) refuse(schema, " with symbols");
      const fields = Object.entries(def.shape).map(([key, field]): Field => ({
        key,
        reader: compileInner(field),
        takesText: takesText(field),
        ifAbsent: mayBeLeftOut(field),
      }));
      const { catchall } = def;
      if (catchall === undefined || isFree(catchall)) {
        const read = objectReader(fields);
        return (value) => isObject(value) ? read(value) : INVALID;
      }
      // What else there is has to fit too; in a strict object there is to be nothing else.
      const others = catchall._zod.def.type === "never" ? () => INVALID : compileInner(catchall);
      const known = new Set(fields.map(({ key }) => key));
      return (value) => {
        if (!isObject(value)) return INVALID;
        const extra = Object.keys(value).filter((key) => !known.has(key))
          .map((key) => ({ key, reader: others }));
        return readFields(value, { fields: [...fields, ...extra] });
      };
    }
    default:
      return refuse(schema);
  }
}

/**
 * The schema that a lazy one stands for; any other is itself. All schemas of models are lazy: building them takes longer
 * than everything else that happens while the package is imported, and most are never needed.
 */
export function madeBy(schema: core.$ZodType): core.$ZodType {
  const { def, innerType } = (schema as core.$ZodLazy)._zod;
  return def.type === "lazy" ? madeBy(innerType) : schema;
}

/** The options of a union, without words that another option, which takes any text as it is, takes as well. */
function withoutKnownWords(options: readonly core.$ZodType[]): readonly core.$ZodType[] {
  if (!options.some(takesText)) return options;
  return options.filter((option) => {
    const made = withoutRules(option);
    const { def, values } = made?._zod ?? {};
    return (def?.type !== "enum" && def?.type !== "literal") || values === undefined ||
      ![...values].every((word) => typeof word === "string");
  });
}

/** Whether a schema takes any text as it is, whatever else it may take. */
function takesText(schema: core.$ZodType): boolean {
  const made = withoutRules(schema);
  if (made === undefined) return false;
  const { def } = (made as core.$ZodTypes)._zod;
  if (def.type === "optional" || def.type === "nullable") return takesText(def.innerType);
  return def.type === "string";
}

/** Whether a schema lets everything through. */
function isFree(schema: core.$ZodType): boolean {
  return withoutRules(schema)?._zod.def.type === "unknown";
}

/** The schema that a lazy one stands for, if neither has a rule: a lazy one may have rules of its own. */
function withoutRules(schema: core.$ZodType): core.$ZodType | undefined {
  const { def, innerType } = (schema as core.$ZodLazy)._zod;
  if ((def.checks ?? []).length > 0 || isCheck(schema)) return undefined;
  return def.type === "lazy" ? withoutRules(innerType) : schema;
}

function mayBeLeftOut(schema: core.$ZodType): boolean {
  return schema._zod.optin !== undefined;
}

function readTimestamp(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? INVALID : value;
  return typeof value === "string" ? parseTimestamp(value) ?? INVALID : INVALID;
}

/** Whether an object is of no class, as zod wants a record to be: it tells so by the constructor. */
function isPlain(value: Readonly<Record<string, unknown>>): boolean {
  const { constructor } = value;
  if (typeof constructor !== "function") return true;
  const prototype: unknown = constructor.prototype;
  return isObject(prototype) && Object.hasOwn(prototype, "isPrototypeOf");
}

/** Whether an object has fields that no text names: none of them fits a record of text. */
function hasSymbols(value: object): boolean {
  return Object.getOwnPropertySymbols(value)
    .some((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol));
}
