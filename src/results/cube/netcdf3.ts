import { isObject } from "../../core/objects.ts";
import { ResultsError } from "../results_error.ts";
import { type ArrayVariable, brokenArrays, numbersIn } from "./array_variable.ts";

/** What stands for no value where a variable does not say it, by netCDF's types (netcdf.h). */
const FILLS: Readonly<Record<string, number>> = {
  short: -32_767,
  int: -2_147_483_647,
  float: 9.969209968386869e36,
  double: 9.969209968386869e36,
};

/** The byte that says that numbers have 64 bits; classic has 1, 64-bit offset 2. */
const CDF5 = 5;

/** Reads the variables of netCDF 3 (classic, 64-bit offset). */
export async function netcdf3Variables(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<readonly ArrayVariable[]> {
  if (bytes[3] === CDF5) {
    throw new ResultsError(
      `Cannot read ${name}: it is netCDF of the kind CDF-5, which cannot be read here\n` +
        "  What to do: make netCDF 4 of it (nccopy -k nc4)",
      { reason: "unsupported" },
    );
  }
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
        fill: FILLS[variable.type],
        values() {
          try {
            return numbersIn(reader.getDataVariable(variable.name));
          } catch (error) {
            throw brokenArrays(name, "netCDF", error);
          }
        },
      };
    });
  } catch (error) {
    throw brokenArrays(name, "netCDF", error);
  }
}

function attributesIn(list: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    list.flatMap((one) =>
      isObject(one) && typeof one.name === "string" ? [[one.name, one.value] as const] : []
    ),
  );
}
