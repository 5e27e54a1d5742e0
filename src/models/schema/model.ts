import { redactCause } from "../../core/redact.ts";
import * as z from "zod/mini";
import { formatPath, type Issue, ModelInvalidError } from "./issue.ts";
import { isPlainJson, jsonIssues } from "./json.ts";
import { checkOptions } from "./options.ts";
import { compileNames, type SchemaIssue, schemaIssues, unknownNames } from "./schema_issues.ts";
import { INVALID, type Reader } from "./fields.ts";
import { compileReader } from "./reader.ts";

/**
 * The companion value of a model: reads unknown data as the type of the same name. It is a
 * [Standard Schema](https://standardschema.dev) too, so form and router libraries take it as it is.
 */
export interface Model<T> {
  /**
   * Reads a value as this model. Extra fields are kept at every level, absent and `null` stay apart,
   * timestamps become `Date`; where nothing has to change, the very value comes back.
   *
   * @throws {ModelInvalidError} if it does not fit, with every problem named by its path.
   */
  parse(value: unknown): T;
  /**
   * The same of a request, which must hold no name that nobody knows save those that the options let through.
   *
   * @throws {ModelInvalidError} if it does not fit.
   */
  parse(value: unknown, options: ParseOptions): T;
  /** The Standard Schema view of this model. */
  readonly "~standard": StandardSchema<T>;
}

/** How a model is read. */
export interface ParseOptions {
  /**
   * Names that a newer service knows and this package does not, as one types them: `priority`, `service.region`. Only
   * requests need it: answers keep every name.
   *
   * @default {[]}
   */
  readonly extra?: readonly string[] | undefined;
}

/** What Standard Schema (version 1) asks of a model. */
export interface StandardSchema<T> {
  /** The version of Standard Schema. */
  readonly version: 1;
  /** Who made the model. */
  readonly vendor: "apex-dispatch";
  /** Checks a value: either its `value` as the model, or the `issues` it has. */
  readonly validate: (value: unknown) => StandardResult<T>;
  /** Types only, never there at run time. */
  readonly types?: { readonly input: unknown; readonly output: T } | undefined;
}

/** What `validate` of a {@linkcode StandardSchema} answers. */
export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One problem, as Standard Schema words it. */
export interface StandardIssue {
  /** What was expected and what was found. */
  readonly message: string;
  /** Where. */
  readonly path?: readonly PropertyKey[] | undefined;
}

/** A reading of a value: the value as the model, or what is wrong with it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly SchemaIssue[] };

/** Makes the companion value of a model that the service sends, from its private schema. */
export function defineModel<T>(name: string, schema: z.ZodMiniType<T>): Model<T> {
  return modelOf(name, readerOf(schema));
}

/** Makes the companion value of a model that is sent to the service: strict, and fit for JSON. */
export function defineRequest<T>(name: string, schema: z.ZodMiniType<T>): Model<T> {
  return modelOf(name, requestReaderOf(schema));
}

/** A set of words: each by its name, and `parse`, which is not enumerable. */
export type EnumOf<Words extends Readonly<Record<string, string>>> =
  & Words
  & Model<Words[keyof Words]>;

/** A word of a set of words. */
export type WordOf<Words extends Model<string>> = Words extends Model<infer Word> ? Word : never;

/** Makes the companion value of a set of words. */
export function defineEnum<const Words extends Readonly<Record<string, string>>>(
  name: string,
  entries: Words,
): EnumOf<Words> {
  const { parse, "~standard": standard } = defineModel<Words[keyof Words]>(
    name,
    z.lazy(() => z.enum(entries)),
  );
  const words = { ...entries, parse, "~standard": standard };
  for (const key of ["parse", "~standard"]) {
    Object.defineProperty(words, key, { enumerable: false });
  }
  return Object.freeze(words);
}

/**
 * A word of a request: one of those that are known, where it is written in place; any text, where TypeScript has lost
 * sight of the word, as it does in a plain `const` object. Then it is looked at when the request is checked.
 */
export type Written<Given extends string, Known extends string> = string extends Given ? Given
  : Known;

/**
 * A string of which some values are known; others pass through, because the service may learn new
 * ones. Editors still offer the known ones.
 */
export type Open<T extends string> = T | (string & Record<never, never>);

/** The schema of a word in a request: one of those that are known. */
export function wordsOf<Word extends string>(words: Model<Word>): z.ZodMiniType<Word> {
  return z.enum(knownWords(words));
}

/** The words of a set. */
export function knownWords<Word extends string>(words: Model<Word>): readonly Word[] {
  return Object.values(words).filter((word): word is Word => typeof word === "string");
}

/** The schema of a word in an answer: the known ones, and whatever else the service may learn. */
export function openWordsOf<Word extends string>(words: Model<Word>): z.ZodMiniType<Open<Word>> {
  return z.union([wordsOf(words), z.string()]);
}

const STRANGE_NAME: SchemaIssue = {
  path: [],
  message: 'expected entries that fit, got one called "__proto__" that does not',
};

/** A function that reads answers by a schema, tolerantly. The reader is compiled at its first use. */
export function readerOf<T>(schema: z.ZodMiniType<T>): (value: unknown) => Reading<T> {
  let read: Reader | undefined;
  return (value) => {
    try {
      const found = (read ??= compileReader(schema))(value);
      if (fits<T>(found)) return { ok: true, value: found };
      const issues = schemaIssues(schema, value);
      // zod passes over an entry called `__proto__`, the reader does not.
      return { ok: false, issues: issues.length > 0 ? issues : [STRANGE_NAME] };
    } catch (error) {
      return { ok: false, issues: [unreadable(error, value)] };
    }
  };
}

/** How many levels of a value are certain to fit onto the stack. */
const SAFE_DEPTH = 200;

/** Whether a value has many levels: geometry collections nest without end, the stack does not. */
function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < SAFE_DEPTH; depth++) {
    level = level.flatMap((part) =>
      typeof part === "object" && part !== null ? Object.values(part) : []
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** That a value cannot even be looked at: a getter that throws, more levels or mistakes than the stack has room for. */
function unreadable(error: unknown, value: unknown): SchemaIssue {
  if (error instanceof RangeError) {
    return {
      path: [],
      message: isDeep(value)
        ? "expected fewer levels, got too many"
        : "expected a value with fewer mistakes, got more than can be listed",
    };
  }
  const { message } = redactCause(error, []);
  return {
    path: [],
    message: `expected a value that can be read, got one that throws: ${message}`,
  };
}

/**
 * A function that checks requests by a schema, strictly: the schema's own rules, and that JSON can
 * hold every part. The value that was given is the value that is sent.
 */
export function requestReaderOf<T>(
  schema: z.ZodMiniType<T>,
): (value: unknown, options?: ParseOptions) => Reading<T> {
  let read: Reader | undefined;
  let knows: ((value: unknown) => boolean) | undefined;
  const check = (value: unknown, extra: ParseOptions["extra"]): Reading<T> => {
    if (
      isPlainJson(value) && (knows ??= compileNames(schema))(value) &&
      (read ??= compileReader(schema))(value) !== INVALID && fits<T>(value)
    ) {
      return { ok: true, value };
    }
    const odd = jsonIssues(value);
    const unknown = unknownNames(schema, value, extra);
    const told = new Set(odd.map(({ path }) => formatPath(path)));
    const unfit = [...odd, ...unknown.filter(({ path }) => !told.has(formatPath(path)))];
    if (
      unfit.length === 0 && (read ??= compileReader(schema))(value) !== INVALID && fits<T>(value)
    ) {
      return { ok: true, value };
    }
    // What lies inside a value that JSON cannot hold, such as a promise, is not worth a word.
    const issues = schemaIssues(schema, value).filter((issue) =>
      !unfit.some(({ path }) => isInside(issue.path, path))
    );
    const known = new Set(issues.map(({ path }) => formatPath(path)));
    issues.push(...unfit.filter(({ path }) => !known.has(formatPath(path))));
    if (issues.length === 0 && fits<T>(value)) return { ok: true, value };
    return { ok: false, issues };
  };
  return (value, { extra } = {}) => {
    try {
      return check(value, extra);
    } catch (error) {
      return { ok: false, issues: [unreadable(error, value)] };
    }
  };
}

function modelOf<T>(
  name: string,
  read: (value: unknown, options?: ParseOptions) => Reading<T>,
): Model<T> {
  return {
    parse(value: unknown, options?: ParseOptions) {
      const headline = `Cannot read the value as ${name}`;
      // `list.map(Model.parse)` hands over an index in the place of options.
      const given = typeof options === "object" ? options : undefined;
      checkOptions<ParseOptions>(headline, given, { extra: "object" });
      const reading = read(value, given);
      if (reading.ok) return reading.value;
      throw new ModelInvalidError(headline, { issues: toIssues(reading.issues) });
    },
    "~standard": {
      version: 1,
      vendor: "apex-dispatch",
      validate(value) {
        const reading = read(value);
        return reading.ok ? { value: reading.value } : { issues: reading.issues };
      },
    },
  };
}

function isInside(path: readonly PropertyKey[], outer: readonly PropertyKey[]): boolean {
  return path.length > outer.length && outer.every((part, index) => part === path[index]);
}

/** Issues with their paths as text, as errors carry them. */
export function toIssues(issues: readonly SchemaIssue[]): Issue[] {
  return issues.map(({ path, message }) => ({ path: formatPath(path), message }));
}

/** Says to the compiler what the schema has just said: the value has the model's type. */
function fits<T>(found: unknown): found is T {
  return found !== INVALID;
}
