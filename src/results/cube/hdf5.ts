import { isObject } from "../../core/objects.ts";
import type { ResultsError } from "../results_error.ts";
import { inflateWithin, openZstd, type Unpacked } from "../unpack/decompress.ts";
import {
  type ArrayVariable,
  brokenArrays,
  LARGE_CHUNK,
  numbersIn,
  textIn,
} from "./array_variable.ts";

/** What stands for no value where a variable does not say it, by HDF5's types (netcdf.h). */
const FILLS: Readonly<Record<string, number>> = {
  i2: -32_767,
  i4: -2_147_483_647,
  u2: 65_535,
  u4: 4_294_967_295,
  f4: 9.969209968386869e36,
  f8: 9.969209968386869e36,
};

/** What netCDF writes into a dimension that has no variable: its numbers say nothing. */
const NO_VARIABLE = /^This is a netCDF dimension but not a netCDF variable/;

/** The numbers of packings in HDF5 (registered filters). */
const DEFLATE = 1;
const ZSTD = 32_015;

/** No chunk of a cube that fits here unpacks to more. */
const MOST_CHUNK = 268_435_456;

/** Groups can lead back to where they came from. */
const MOST_DEPTH = 8;
const MOST_VARIABLES = 5_000;

/** Reads the variables of netCDF 4, which is HDF5, those of its groups too. */
export async function hdf5Variables(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<readonly ArrayVariable[]> {
  const { File, Filters } = await import("jsfive");
  const zstd = await openZstd();
  // What it knows of DEFLATE has no end, and of Zstandard it knows nothing: this is its way to be told.
  Filters.set(
    DEFLATE,
    (packed: ArrayBuffer) => chunkOf(inflateWithin(new Uint8Array(packed), MOST_CHUNK)),
  );
  Filters.set(ZSTD, (packed: ArrayBuffer) => chunkOf(zstd(new Uint8Array(packed), MOST_CHUNK)));
  const wrong = (error: unknown) => brokenArrays(name, "netCDF 4", error);
  try {
    return silently(() => {
      const file: unknown = new File(bytes.slice().buffer, name);
      if (!isGroup(file)) throw new TypeError("it has no variables");
      const sets = setsIn(file);
      const byAddress = new Map(sets.map(({ path, address }) => [address, path]));
      return sets.flatMap(({ path, set }): ArrayVariable[] => {
        if (NO_VARIABLE.test(textIn(set.attributes, "NAME") ?? "")) return [];
        return [{
          name: path,
          dimensions: dimensionsOf(path, set, sets, byAddress),
          shape: set.shape,
          attributes: set.attributes,
          fill: FILLS[set.type],
          values: () => attempt(() => numbersIn(set.values()), wrong),
          ...(set.type.startsWith("VLEN_STRING") || /^S\d/.test(set.type)
            ? { texts: () => attempt(() => textsIn(set.values()), wrong) }
            : {}),
        }];
      });
    });
  } catch (error) {
    throw wrong(error);
  }
}

function chunkOf(chunk: Unpacked): ArrayBuffer {
  if (typeof chunk === "string") {
    throw new RangeError(chunk === "large" ? LARGE_CHUNK : "a chunk of it cannot be unpacked");
  }
  return chunk.byteLength === chunk.buffer.byteLength ? chunk.buffer : chunk.slice().buffer;
}

interface Group {
  readonly keys: readonly unknown[];
  readonly get: (key: string) => unknown;
  readonly [other: string]: unknown;
}

interface Dataset {
  readonly shape: readonly number[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly type: string;
  values(): unknown;
}

interface PlacedSet {
  readonly path: string;
  readonly set: Dataset;
  /** Where in the file it stands: dimensions are told by it. */
  readonly address: unknown;
}

function isGroup(value: unknown): value is Group {
  return isObject(value) && Array.isArray(value.keys) && typeof value.get === "function";
}

function setsIn(group: Group, path = "", depth = 0): PlacedSet[] {
  const addresses = isObject(group._links) ? group._links : {};
  const found: PlacedSet[] = [];
  for (const key of keysIn(group)) {
    if (found.length > MOST_VARIABLES) throw new RangeError("it has too many variables");
    const one = group.get(key);
    const set = datasetOf(one);
    if (set !== undefined) found.push({ path: path + key, set, address: addresses[key] });
    else if (isGroup(one) && depth < MOST_DEPTH) {
      found.push(...setsIn(one, `${path}${key}/`, depth + 1));
    }
  }
  return found;
}

/** The names in a group as they were made: the reader has them by the digits of their numbers, 10 before 2. */
function keysIn(group: Group): string[] {
  const keys = group.keys.filter((key) => typeof key === "string");
  const objects: unknown = group._dataobjects;
  if (typeof objects !== "object" || objects === null) return keys;
  if (!("iter_links" in objects && "_decode_link_msg" in objects)) return keys;
  const { iter_links: links, _decode_link_msg: decode } = objects;
  if (typeof links !== "function" || typeof decode !== "function") return keys;
  const order = new Map<string, number>();
  const watching: unknown = Object.create(objects, {
    _decode_link_msg: {
      value(...from: unknown[]): unknown {
        const link: unknown = decode.apply(objects, from);
        const [made, named]: unknown[] = Array.isArray(link) ? link : [];
        const [key]: unknown[] = Array.isArray(named) ? named : [];
        if (typeof made === "number" && typeof key === "string") order.set(key, made);
        return link;
      },
    },
  });
  try {
    Array.from(links.call(watching));
  } catch {
    return keys;
  }
  return keys.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}

function datasetOf(set: unknown): Dataset | undefined {
  // A dataset is an array there, and a group is none.
  if (typeof set !== "object" || set === null || !("shape" in set) || !Array.isArray(set.shape)) {
    return undefined;
  }
  const attributes: unknown = "attrs" in set ? set.attrs : undefined;
  const type: unknown = "dtype" in set ? set.dtype : undefined;
  const [first]: unknown[] = Array.isArray(type) ? type : [type];
  return {
    shape: set.shape.map(Number),
    attributes: isObject(attributes) ? attributes : {},
    type: typeof first === "string" ? first.replace(/^[<>|=]/, "") : "",
    values: () => "value" in set ? set.value : [],
  };
}

/** The names of the dimensions of a variable: by what it refers to, by their numbers, else by what they look like. */
function dimensionsOf(
  path: string,
  { shape, attributes }: Dataset,
  sets: readonly PlacedSet[],
  byAddress: ReadonlyMap<unknown, string>,
): string[] {
  const { DIMENSION_LIST: list, _Netcdf4Coordinates: numbers, _Netcdf4Dimid: own } = attributes;
  const referred = Array.isArray(list)
    ? list.map((one: unknown) => byAddress.get([one].flat(Infinity)[0]))
    : [];
  if (referred.length === shape.length && referred.every((name) => name !== undefined)) {
    return referred;
  }
  const byNumber = new Map(sets.flatMap(({ path: name, set }) => {
    const number = set.attributes._Netcdf4Dimid;
    return typeof number === "number" && set.shape.length === 1 ? [[number, name] as const] : [];
  }));
  const told = Array.isArray(numbers) || ArrayBuffer.isView(numbers) ? Object.values(numbers) : [];
  if (told.length === shape.length && told.length > 0) {
    return told.map((number) => byNumber.get(Number(number)) ?? "");
  }
  return shape.length === 1 && typeof own === "number" ? [path] : dimensionsBySize(shape, sets);
}

/** The names of dimensions where the file does not say them: those of one-dimensional variables of that length. */
function dimensionsBySize(shape: readonly number[], sets: readonly PlacedSet[]): string[] {
  const taken = new Set<string>();
  return shape.map((length, index) => {
    const fitting = sets.filter(({ path, set }) =>
      set.shape.length === 1 && set.shape[0] === length && !taken.has(path)
    );
    const wanted = index === shape.length - 1
      ? /(?:^|\/)(?:x|lon)[^/]*$/i
      : index === shape.length - 2
      ? /(?:^|\/)(?:y|lat)[^/]*$/i
      : /./;
    const found = fitting.find(({ path }) => wanted.test(path)) ?? fitting[0];
    if (found !== undefined) taken.add(found.path);
    return found?.path ?? "";
  });
}

function textsIn(values: unknown): string[] {
  return Array.isArray(values)
    ? values.map((value) => String(value).replaceAll("\0", "").slice(0, 60))
    : [];
}

function attempt<T>(act: () => T, wrong: (error: unknown) => ResultsError): T {
  try {
    return silently(act);
  } catch (error) {
    throw wrong(error);
  }
}

/** jsfive prints what it does not understand of attributes that nobody asked for; it has no switch for that. */
function silently<T>(act: () => T): T {
  const { warn, log } = console;
  const nothing = () => {};
  console.warn = nothing;
  console.log = nothing;
  try {
    return act();
  } finally {
    console.warn = warn;
    console.log = log;
  }
}
