import { type ArrayVariable, numbersOf, textIn } from "./array_variable.ts";

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
