import { count } from "../../core/units.ts";
import { isObject } from "../../core/objects.ts";
import type * as z from "zod/mini";
import type { RequestProblem } from "./answers.ts";
import { madeBy } from "../../models/schema/reader.ts";

/**
 * A value as the service took it (fields that the schema does not name are gone, digits have become
 * numbers), or what is wrong with it.
 */
export type Validation<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly RequestProblem[] };

type Location = readonly (string | number)[];

/**
 * Checks a value by a schema of ours with the rules and the words of the service. Our own stricter
 * rules (titles that fit, polygons that the service survives) are not applied: the sandbox has to
 * fail the way the service does.
 */
export function validate<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  location: Location,
): Validation<T> {
  const problems: RequestProblem[] = [];
  const read = visit(schema, value, { loc: location, problems });
  return fits<T>(read, problems) ? { ok: true, value: read } : { ok: false, problems };
}

/** Says to the compiler what the check has just said: without a problem the value has the type. */
function fits<T>(_read: unknown, problems: readonly RequestProblem[]): _read is T {
  return problems.length === 0;
}

interface Place {
  readonly loc: Location;
  readonly problems: RequestProblem[];
}

function visit(schema: z.core.$ZodType, value: unknown, place: Place): unknown {
  const { def } = (madeBy(schema) as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
      return value === undefined ? value : visit(def.innerType, value, place);
    case "nullable":
      return value === null ? value : visit(def.innerType, value, place);
    case "string":
      return typeof value === "string" ? value : report(place, {
        type: "string_type",
        msg: "Input should be a valid string",
        input: value,
      });
    case "number":
      return readNumber(value, place);
    case "enum":
      return readWord(Object.values(def.entries), value, { place, type: "enum" });
    case "literal":
      return readWord(def.values, value, { place, type: "literal_error" });
    case "record":
      return isObject(value) ? value : report(place, {
        type: "dict_type",
        msg: "Input should be a valid dictionary",
        input: value,
      });
    case "array":
      return readArray(def, value, place);
    case "tuple":
      return readTuple(def.items, value, place);
    case "union":
      return readUnion(def.options, value, place);
    case "object":
      return readObject(def.shape, value, place);
    default:
      return value;
  }
}

function readObject(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  value: unknown,
  place: Place,
): unknown {
  if (!isObject(value)) {
    return report(place, {
      type: "model_attributes_type",
      msg: "Input should be a valid dictionary or object to extract fields from",
      input: value,
    });
  }
  const read: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape)) {
    const inner = { ...place, loc: [...place.loc, key] };
    if (Object.hasOwn(value, key)) read[key] = visit(field, value[key], inner);
    else if (madeBy(field)._zod.def.type !== "optional") {
      report(inner, { type: "missing", msg: "Field required", input: value });
    }
  }
  return read;
}

function readArray(def: z.core.$ZodArrayDef, value: unknown, place: Place): unknown {
  if (!Array.isArray(value)) {
    return report(place, { type: "list_type", msg: "Input should be a valid list", input: value });
  }
  const least = leastLength(def);
  if (value.length < least) {
    return report(place, { type: "too_short", msg: tooShort(least, value.length), input: value });
  }
  return value.map((item, index) =>
    visit(def.element, item, { ...place, loc: [...place.loc, index] })
  );
}

/** How Pydantic words a list that is too short. */
export function tooShort(least: number, length: number): string {
  return `List should have at least ${count(least, "item")} after validation, not ${length}`;
}

function leastLength(def: z.core.$ZodArrayDef): number {
  for (const check of def.checks ?? []) {
    const rule = check._zod.def;
    if (rule.check === "min_length" && "minimum" in rule && typeof rule.minimum === "number") {
      return rule.minimum;
    }
  }
  return 0;
}

function readTuple(items: readonly z.core.$ZodType[], value: unknown, place: Place): unknown {
  if (!Array.isArray(value)) {
    return report(place, {
      type: "arguments_type",
      msg: "Arguments must be a tuple, list or a dictionary",
      input: value,
    });
  }
  const length = Math.max(items.length, value.length);
  return Array.from({ length }, (_, index) => {
    const item = items[index];
    const inner = { ...place, loc: [...place.loc, index] };
    if (item === undefined) {
      const type = "unexpected_positional_argument";
      return report(inner, { type, msg: "Unexpected positional argument", input: value[index] });
    }
    return index < value.length
      ? visit(item, value[index], inner)
      : report(inner, { type: "missing_argument", msg: "Missing required argument", input: value });
  });
}

function readUnion(options: readonly z.core.$ZodType[], value: unknown, place: Place): unknown {
  const problems: RequestProblem[] = [];
  for (const option of options) {
    const attempt: RequestProblem[] = [];
    const read = visit(option, value, { ...place, problems: attempt });
    if (attempt.length === 0) return read;
    problems.push(...attempt);
  }
  place.problems.push(...problems);
  return undefined;
}

function readWord(
  allowed: readonly unknown[],
  value: unknown,
  { place, type }: { place: Place; type: string },
): unknown {
  if (allowed.includes(value)) return value;
  const words = allowed.map((word) => `'${word}'`);
  const last = words.pop();
  const list = words.length === 0 ? `${last}` : `${words.join(", ")} or ${last}`;
  return report(place, { type, msg: `Input should be ${list}`, input: value });
}

const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

function readNumber(value: unknown, place: Place): unknown {
  if (typeof value === "number") return value;
  if (typeof value !== "string") {
    return report(place, {
      type: "float_type",
      msg: "Input should be a valid number",
      input: value,
    });
  }
  const number = NUMBER.test(value) ? Number(value) : NaN;
  return Number.isNaN(number)
    ? report(place, {
      type: "float_parsing",
      msg: "Input should be a valid number, unable to parse string as a number",
      input: value,
    })
    : number;
}

/** An integer as Pydantic reads it from text: spaces, a sign and `.0` are taken. */
export function validateInteger(text: string, location: Location): Validation<number> {
  if (/^\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*$/.test(text)) {
    return { ok: true, value: Number(text.replaceAll("_", "")) };
  }
  return {
    ok: false,
    problems: [{
      type: "int_parsing",
      loc: location,
      msg: "Input should be a valid integer, unable to parse string as an integer",
      input: text,
    }],
  };
}

function report({ loc, problems }: Place, problem: Omit<RequestProblem, "loc">): undefined {
  problems.push({ type: problem.type, loc, msg: problem.msg, input: problem.input });
  return undefined;
}
