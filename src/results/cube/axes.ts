import { type ArrayVariable, textIn, variableBeside } from "./array_variable.ts";
import { dateText } from "../tables/table.ts";

const X = /^(?:x|lon|long|longitude|easting|rlon)$/i;
const Y = /^(?:y|lat|latitude|northing|rlat)$/i;

/** A variable over a plane, and which of its dimensions are that. */
export interface Plane {
  readonly variable: ArrayVariable;
  /** Its dimension from west to east, by its place. */
  readonly x: number;
  /** Its dimension from north to south, by its place. */
  readonly y: number;
  /** The tables of longitudes and latitudes of its cells, where it lies as it likes. */
  readonly cells?: { readonly longitude: ArrayVariable; readonly latitude: ArrayVariable };
}

/** The variables over a plane, as the file has them. */
export function planesIn(
  variables: readonly ArrayVariable[],
  byName: ReadonlyMap<string, ArrayVariable>,
): readonly Plane[] {
  const straight = variables.flatMap((variable): Plane[] => {
    if (variable.shape.length < 2) return [];
    const x = variable.dimensions.findIndex((name) => isAxis(name, byName, "X"));
    const y = variable.dimensions.findIndex((name) => isAxis(name, byName, "Y"));
    return x === -1 || y === -1 ? [] : [{ variable, x, y }];
  });
  if (straight.length > 0) return straight;
  return variables.flatMap((variable): Plane[] => {
    const cells = cellsOf(variable, variables, byName);
    const { length } = variable.shape;
    return cells === undefined ? [] : [{ variable, x: length - 1, y: length - 2, cells }];
  });
}

/** Whether a dimension is the one from west to east, or the other: by its name, or by what is said of it (CF, 4 and 5). */
function isAxis(
  dimension: string,
  byName: ReadonlyMap<string, ArrayVariable>,
  which: "X" | "Y",
): boolean {
  const name = dimension.split("/").at(-1) ?? "";
  if ((which === "X" ? X : Y).test(name)) return true;
  const axis = byName.get(dimension);
  if (axis === undefined || axis.shape.length !== 1) return false;
  return textIn(axis.attributes, "axis")?.toUpperCase() === which ||
    isDegrees(axis, which) ||
    textIn(axis.attributes, "standard_name") === `projection_${which.toLowerCase()}_coordinate`;
}

/** Whether the numbers of a variable are longitudes, or latitudes (CF conventions, 4.1 and 4.2). */
export function isDegrees({ attributes }: ArrayVariable, which: "X" | "Y"): boolean {
  const [name, unit] = which === "X"
    ? ["longitude", /^degrees?_?e(?:ast)?$/i] as const
    : ["latitude", /^degrees?_?n(?:orth)?$/i] as const;
  return textIn(attributes, "standard_name") === name ||
    unit.test(textIn(attributes, "units") ?? "");
}

/** The tables of the longitudes and latitudes of a variable's cells, where it has such (CF conventions, 5.2). */
function cellsOf(
  variable: ArrayVariable,
  variables: readonly ArrayVariable[],
  byName: ReadonlyMap<string, ArrayVariable>,
): Plane["cells"] {
  if (variable.shape.length < 2) return undefined;
  const own = variable.dimensions.slice(-2).join();
  const named = (textIn(variable.attributes, "coordinates") ?? "").split(/\s+/).flatMap((name) =>
    variableBeside(byName, variable, name) ?? []
  );
  const tables = [...named, ...variables].filter((table) =>
    table !== variable && table.shape.length === 2 && table.dimensions.join() === own
  );
  const [longitude, latitude] = (["X", "Y"] as const).map((which) =>
    tables.find((table) => isDegrees(table, which))
  );
  if (longitude === undefined || latitude === undefined) return undefined;
  return variable === longitude || variable === latitude ? undefined : { longitude, latitude };
}

/** How far in a variable's numbers one step along each of its dimensions leads. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const length of shape.toReversed()) {
    strides.unshift(stride);
    stride *= length;
  }
  return strides;
}

/** What the steps along a dimension are called: their dates, texts or numbers. */
export function stepsOf(
  axis: ArrayVariable | undefined,
  length: number,
  times: readonly Date[],
): (string | undefined)[] {
  if (times.length === length) return times.map((time) => dateText(time).slice(0, 10));
  const texts = axis?.texts?.();
  if (texts?.length === length) return [...texts];
  const numbers = axis === undefined || axis.texts !== undefined ? [] : axis.values();
  const isTold = numbers.length === length;
  return Array.from(
    { length },
    (_, index) =>
      isTold && axis !== undefined ? `${lastOf(axis.name)} ${numbers[index]}` : undefined,
  );
}

function lastOf(name: string): string {
  return name.split("/").at(-1) ?? name;
}
