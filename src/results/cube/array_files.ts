import { isObject } from "../../core/objects.ts";
import { ResultsError } from "../results_error.ts";
import type { ArrayVariable } from "./cube.ts";

/** Reads the variables of netCDF 3 (classic, 64-bit offset). */
export async function netcdf3Variables(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<readonly ArrayVariable[]> {
  const { NetCDFReader } = await import("netcdfjs");
  try {
    const reader = new NetCDFReader(bytes);
    return reader.variables.map((variable): ArrayVariable => {
      const dimensions = variable.dimensions.map((index) => reader.dimensions[index]);
      return {
        name: variable.name,
        dimensions: dimensions.map((dimension) => dimension?.name ?? ""),
        shape: dimensions.map((dimension) =>
          // The size of the dimension that grows stands elsewhere.
          dimension?.size || reader.recordDimension.length
        ),
        attributes: attributesIn(variable.attributes),
        values: () => numbersIn(reader.getDataVariable(variable.name)),
      };
    });
  } catch (error) {
    throw broken(name, "netCDF", error);
  }
}

function attributesIn(list: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    list.flatMap((one) =>
      isObject(one) && typeof one.name === "string" ? [[one.name, one.value] as const] : []
    ),
  );
}

/** Reads the variables of netCDF 4, which is HDF5. */
export async function hdf5Variables(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<readonly ArrayVariable[]> {
  const { File } = await import("jsfive");
  try {
    return silently(() => {
      const file: unknown = new File(bytes.slice().buffer, name);
      if (!isObject(file) || !Array.isArray(file.keys)) throw new TypeError("it has no variables");
      const sets = file.keys.flatMap((key: unknown) => {
        const set = typeof key === "string" ? datasetIn(file, key) : undefined;
        return set === undefined || typeof key !== "string" ? [] : [{ key, set }];
      });
      const byId = new Map(sets.flatMap(({ key, set }) => {
        const id = set.attributes._Netcdf4Dimid;
        return typeof id === "number" && set.shape.length === 1 ? [[id, key] as const] : [];
      }));
      return sets.map(({ key, set }): ArrayVariable => {
        const ids = set.attributes._Netcdf4Coordinates;
        const told = Array.isArray(ids) || ArrayBuffer.isView(ids) ? Object.values(ids) : [];
        const named = told.length === set.shape.length
          ? told.map((id) => byId.get(Number(id)) ?? "")
          : set.shape.length === 1 && typeof set.attributes._Netcdf4Dimid === "number"
          ? [key]
          : dimensionsBySize(set.shape, sets);
        return {
          name: key,
          dimensions: named,
          shape: set.shape,
          attributes: set.attributes,
          values: () => silently(() => numbersIn(set.values())),
        };
      });
    });
  } catch (error) {
    throw broken(name, "netCDF 4", error);
  }
}

interface Dataset {
  readonly shape: readonly number[];
  readonly attributes: Readonly<Record<string, unknown>>;
  values(): unknown;
}

function datasetIn(file: Readonly<Record<string, unknown>>, key: string): Dataset | undefined {
  const { get } = file;
  if (typeof get !== "function") return undefined;
  const set: unknown = get.call(file, key);
  // A dataset is an array there, and a group is none.
  if (typeof set !== "object" || set === null || !("shape" in set) || !Array.isArray(set.shape)) {
    return undefined;
  }
  const attributes: unknown = "attrs" in set ? set.attrs : undefined;
  return {
    shape: set.shape.map(Number),
    attributes: isObject(attributes) ? attributes : {},
    values: () => "value" in set ? set.value : [],
  };
}

/** The names of dimensions where the file does not say them: those of one-dimensional variables of that length. */
function dimensionsBySize(
  shape: readonly number[],
  sets: readonly { readonly key: string; readonly set: Dataset }[],
): string[] {
  const taken = new Set<string>();
  return shape.map((length, index) => {
    const fitting = sets.filter(({ key, set }) =>
      set.shape.length === 1 && set.shape[0] === length && !taken.has(key)
    );
    const wanted = index === shape.length - 1
      ? /^(?:x|lon)/i
      : index === shape.length - 2
      ? /^(?:y|lat)/i
      : /./;
    const found = fitting.find(({ key }) => wanted.test(key)) ?? fitting[0];
    if (found !== undefined) taken.add(found.key);
    return found?.key ?? "";
  });
}

function numbersIn(values: unknown): ArrayLike<number> {
  if (
    ArrayBuffer.isView(values) && "length" in values && !(values instanceof BigInt64Array) &&
    !(values instanceof BigUint64Array)
  ) {
    return Float64Array.from(Object.values(values), Number);
  }
  if (Array.isArray(values)) return Float64Array.from(values.flat(Infinity), Number);
  return Float64Array.of(Number(values));
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

function broken(name: string, what: string, error: unknown): ResultsError {
  return new ResultsError(
    `Cannot read ${name} as ${what}: it is broken, or written in a way that is not known here`,
    {
      reason: "invalid",
      ...(error instanceof Error ? { cause: new Error(error.message.slice(0, 300)) } : {}),
    },
  );
}
