import { ResultsError } from "../results_error.ts";

/** A variable of a file of arrays, such as netCDF. */
export interface ArrayVariable {
  /** Its name, with those of the groups that it lies in: `data/NDVI`. */
  readonly name: string;
  /** The names of its dimensions, in their order; empty where they have none. */
  readonly dimensions: readonly string[];
  /** How long each of its dimensions is. */
  readonly shape: readonly number[];
  /** What is said of it, by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What stands for no value where it does not say so itself. */
  readonly fill?: number | undefined;
  /** Its numbers, the last dimension first to change. */
  values(): ArrayLike<number>;
  /** Its texts, of one that has texts. */
  readonly texts?: () => readonly string[];
}

/** A variable by its name as one beside it says it: in the same group, or in one around it. */
export function variableBeside(
  byName: ReadonlyMap<string, ArrayVariable>,
  { name: beside }: Pick<ArrayVariable, "name">,
  wanted: string,
): ArrayVariable | undefined {
  const groups = beside.split("/").slice(0, -1);
  for (let depth = groups.length; depth >= 0; depth--) {
    const found = byName.get([...groups.slice(0, depth), wanted].join("/"));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A text that is said of a variable; some files hold it in a list of one, or fill it up with NUL. */
export function textIn(
  attributes: ArrayVariable["attributes"],
  name: string,
): string | undefined {
  const value = attributes[name];
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof text === "string" ? text.replaceAll("\0", "").trim() : undefined;
}

/** The numbers that are said of a variable. */
export function numbersOf(attributes: ArrayVariable["attributes"], name: string): number[] {
  const value = attributes[name];
  const list: unknown[] = Array.isArray(value) || ArrayBuffer.isView(value)
    ? Object.values(value)
    : [value];
  return list.flatMap((one) =>
    typeof one === "number" ? one : typeof one === "bigint" ? Number(one) : []
  );
}

/** What a reader of arrays gave, as numbers. */
export function numbersIn(values: unknown): ArrayLike<number> {
  if (values instanceof Float32Array || values instanceof Float64Array) return values;
  if (ArrayBuffer.isView(values) && "length" in values) {
    return Float64Array.from(Object.values(values), Number);
  }
  if (Array.isArray(values)) return Float64Array.from(values.flat(Infinity), Number);
  return Float64Array.of(Number(values));
}

/** What is said of a chunk that unpacks to more than fits anywhere. */
export const LARGE_CHUNK =
  "a chunk of it unpacks to more than fits here: it is broken, or means harm";

/** A file of arrays that cannot be read. */
export function brokenArrays(name: string, what: string, error: unknown): ResultsError {
  if (error instanceof ResultsError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const [, filter] = /Filter with id:(\d{1,6}) not supported/.exec(said) ?? [];
  return new ResultsError(
    said === LARGE_CHUNK
      ? `Cannot read ${name} as ${what}: ${said}`
      : filter === undefined
      ? `Cannot read ${name} as ${what}: it is broken, or written in a way that is not known here`
      : `Cannot read ${name} as ${what}: its values are packed with ${
        FILTERS[filter] ?? `filter ${filter}`
      }, which cannot be read here\n  What to do: pack it with DEFLATE (nccopy -d 1), or ask the service for GeoTIFF`,
    {
      reason: filter === undefined ? "invalid" : "unsupported",
      cause: new Error(said.slice(0, 300)),
    },
  );
}

/** What HDF5 calls its packings (registered filters). */
const FILTERS: Readonly<Record<string, string>> = {
  4: "SZIP",
  6: "scale-offset",
  307: "BZIP2",
  32001: "Blosc",
  32004: "LZ4",
};

/** How numbers are stored (CF conventions, 8.1 and 2.5.1): NaN where there is no value. */
export function unpackerOf(variable: ArrayVariable): (stored: number) => number {
  const { attributes, fill } = variable;
  const one = (name: string) => numbersOf(attributes, name)[0];
  const told = [...numbersOf(attributes, "_FillValue"), ...numbersOf(attributes, "missing_value")];
  const nothing = new Set(told.length === 0 && fill !== undefined ? [fill] : told);
  const [low = one("valid_min") ?? -Infinity, high = one("valid_max") ?? Infinity] = numbersOf(
    attributes,
    "valid_range",
  );
  const scale = one("scale_factor") ?? 1, offset = one("add_offset") ?? 0;
  // Classic netCDF has no bytes without a sign, and says so beside them.
  const turns = /^true$/i.test(textIn(attributes, "_Unsigned") ?? "");
  return (stored) => {
    if (!Number.isFinite(stored) || nothing.has(stored)) return NaN;
    const number = turns && stored < 0 ? stored + 256 : stored;
    return number < low || number > high ? NaN : number * scale + offset;
  };
}
