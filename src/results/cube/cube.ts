import { definitionOf, type Transformation, transformation } from "../raster/crs.ts";
import { ResultsError } from "../results_error.ts";

/** A variable of a file of arrays, such as netCDF. */
export interface ArrayVariable {
  /** Its name. */
  readonly name: string;
  /** The names of its dimensions, in their order; empty where they have none. */
  readonly dimensions: readonly string[];
  /** How long each of its dimensions is. */
  readonly shape: readonly number[];
  /** What is said of it, by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Its numbers, the last dimension first to change. */
  values(): ArrayLike<number>;
}

/** Values over x, y, and mostly time, read from netCDF. It shows itself as pictures. */
export interface Cube {
  /** What it was read from. */
  readonly name: string;
  /** The variable. */
  readonly variable: string;
  /** The variables that there are. */
  readonly variables: readonly string[];
  /** The unit of its values, where the file says it. */
  readonly unit: string | undefined;
  /** How many layers, rows and columns there are. */
  readonly shape: readonly [layers: number, rows: number, columns: number];
  /** When each layer is of; empty where they are not of times. */
  readonly times: readonly Date[];
  /** What each layer is called: its date, or its number. */
  readonly layers: readonly string[];
  /** The coordinates of the middles of the columns. */
  readonly x: readonly number[];
  /** The coordinates of the middles of the rows. */
  readonly y: readonly number[];
  /** What the coordinates are called. */
  readonly crs: string;
  /** The values of a layer, row by row; NaN where there is none. */
  layer(index: number): Float64Array;
}

/** A cube with the way from its coordinates to degrees. */
export interface PlacedCube {
  /** The cube. */
  readonly cube: Cube;
  /** From its coordinates to degrees, and back. */
  readonly transformation: Transformation;
}

const X = /^(?:x|lon|long|longitude|easting)$/i;
const Y = /^(?:y|lat|latitude|northing)$/i;
const DEGREES = /^(?:lon|long|longitude|lat|latitude)$/i;

/** Makes a cube of the variables of a file: the one that is wanted, else the first over x and y. */
export async function cubeOf(
  variables: readonly ArrayVariable[],
  name: string,
  wanted: string | undefined,
): Promise<PlacedCube> {
  const fail = (what: string) =>
    new ResultsError(`Cannot read ${name} as a cube: ${what}`, { reason: "unsupported" });
  const planes = variables.filter(({ dimensions, shape }) =>
    shape.length >= 2 && X.test(dimensions.at(-1) ?? "") && Y.test(dimensions.at(-2) ?? "")
  );
  const [first] = planes;
  const variable = wanted === undefined ? first : planes.find((one) => one.name === wanted);
  if (variable === undefined) {
    const names = planes.map((one) => one.name);
    throw fail(
      wanted === undefined || names.length === 0
        ? `none of its variables lies over x and y (${
          variables.map((one) => one.name).slice(0, 12).join(", ")
        })`
        : `it has no variable ${JSON.stringify(wanted)} over x and y; there are ${
          names.slice(0, 12).join(", ")
        }`,
    );
  }
  const [rows = 0, columns = 0] = variable.shape.slice(-2);
  const layers = variable.shape.slice(0, -2).reduce((product, length) => product * length, 1);
  const byName = new Map(variables.map((one) => [one.name, one]));
  const axis = (dimension: string | undefined, length: number) => {
    const values = byName.get(dimension ?? "")?.values();
    return values !== undefined && values.length === length ? Array.from(values) : undefined;
  };
  const x = axis(variable.dimensions.at(-1), columns);
  const y = axis(variable.dimensions.at(-2), rows);
  if (x === undefined || y === undefined || rows < 2 || columns < 2) {
    throw fail("its x and y have no coordinates");
  }
  const over = variable.shape.length === 3 ? byName.get(variable.dimensions[0] ?? "") : undefined;
  const times = over === undefined ? [] : timesOf(over, layers);
  const wkt = wktOf(variable, byName);
  const last = variable.dimensions.at(-1) ?? "";
  const inDegrees = DEGREES.test(last) || isLongitude(byName.get(last));
  const placed = await transformationOfWkt(wkt, inDegrees);
  if (placed === undefined) throw fail("nothing says what its coordinates are");
  const { scale, offset, isValue } = packingOf(variable);
  let all: ArrayLike<number> | undefined;
  const unit = textIn(variable.attributes, "units");
  return {
    transformation: placed,
    cube: {
      name,
      variable: variable.name,
      variables: planes.map((one) => one.name),
      unit: unit === "" || unit === "1" ? undefined : unit,
      shape: [layers, rows, columns],
      times,
      layers: Array.from(
        { length: layers },
        (_, index) =>
          times[index]?.toISOString().slice(0, 10) ?? (layers === 1 ? "" : `layer ${index + 1}`),
      ),
      x,
      y,
      crs: placed.name,
      layer(index) {
        if (!Number.isInteger(index) || index < 0 || index >= layers) {
          throw fail(`it has no layer ${index}: there are ${layers}, the first is 0`);
        }
        // Unpacked once: a cube is looked at layer by layer.
        const values = all ??= variable.values();
        const from = index * rows * columns;
        return Float64Array.from({ length: rows * columns }, (_, at) => {
          const stored = values[from + at] ?? NaN;
          return isValue(stored) ? stored * scale + offset : NaN;
        });
      },
    },
  };
}

/** How numbers are stored (CF conventions, 8.1 and 2.5.1). */
function packingOf({ attributes }: ArrayVariable) {
  const number = (name: string) => {
    const value: unknown = attributes[name];
    const one: unknown = Array.isArray(value) || ArrayBuffer.isView(value)
      ? Object.values(value)[0]
      : value;
    return typeof one === "number" ? one : undefined;
  };
  const nothing = [number("_FillValue"), number("missing_value")].filter((one) =>
    one !== undefined
  );
  return {
    scale: number("scale_factor") ?? 1,
    offset: number("add_offset") ?? 0,
    isValue: (stored: number) => !Number.isNaN(stored) && !nothing.includes(stored),
  };
}

const UNITS: Readonly<Record<string, number>> = {
  day: 86_400_000,
  d: 86_400_000,
  hour: 3_600_000,
  hr: 3_600_000,
  h: 3_600_000,
  minute: 60_000,
  min: 60_000,
  second: 1_000,
  sec: 1_000,
  s: 1_000,
};

/** Times by their unit (CF conventions, 4.4): `days since 1990-01-01`. */
function timesOf({ attributes, values }: ArrayVariable, length: number): Date[] {
  const [, unit, since] = /^(\w{1,10}?)s? since (\d{4}-\d{1,2}-\d{1,2}(?:[T ][\d:.]{1,16})?)/
    .exec(textIn(attributes, "units") ?? "") ?? [];
  const size = UNITS[unit ?? ""];
  const begin = since === undefined ? NaN : Date.parse(`${dayOf(since)}Z`);
  if (size === undefined || Number.isNaN(begin)) return [];
  const numbers = values();
  if (numbers.length !== length) return [];
  const times = Array.from(numbers, (number) => new Date(begin + number * size));
  return times.every((time) => !Number.isNaN(time.getTime())) ? times : [];
}

function dayOf(since: string): string {
  const [date = "", time = "00:00:00"] = since.split(/[T ]/);
  const [year = "", month = "", day = ""] = date.split("-");
  const [hours = "0", minutes = "0", seconds = "0"] = time.split(":");
  const two = (part: string) => part.padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${two(minutes)}:${
    two(String(Math.floor(Number(seconds))))
  }`;
}

/** Whether the coordinates of an axis are longitudes, whatever it is called (CF conventions, 4.2). */
function isLongitude(axis: ArrayVariable | undefined): boolean {
  if (axis === undefined) return false;
  return textIn(axis.attributes, "standard_name") === "longitude" ||
    /^degrees?_?e(?:ast)?$/i.test(textIn(axis.attributes, "units") ?? "");
}

function wktOf(
  { attributes }: ArrayVariable,
  byName: ReadonlyMap<string, ArrayVariable>,
): string | undefined {
  const mapping = byName.get(textIn(attributes, "grid_mapping") ?? "") ?? byName.get("crs") ??
    byName.get("spatial_ref");
  const told = mapping?.attributes ?? attributes;
  return textIn(told, "crs_wkt") ?? textIn(told, "spatial_ref");
}

/** A text that is said of a variable; some files hold it in a list of one, or fill it up with NUL. */
function textIn(attributes: ArrayVariable["attributes"], name: string): string | undefined {
  const value = attributes[name];
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof text === "string" ? text.replaceAll("\0", "").trim() : undefined;
}

async function transformationOfWkt(
  wkt: string | undefined,
  inDegrees: boolean,
): Promise<Transformation | undefined> {
  if (wkt === undefined) {
    return inDegrees ? await transformation("+proj=longlat +datum=WGS84", "degrees") : undefined;
  }
  // The last one is of the whole, those before of its parts.
  const [, code] =
    [...wkt.matchAll(/(?:ID|AUTHORITY)\["EPSG","?(\d{4,6})"?\]\s{0,4}\]\s{0,4}$/g)].at(-1) ?? [];
  const known = code === undefined ? undefined : definitionOf(Number(code));
  if (known !== undefined) return await transformation(known, `EPSG:${code}`);
  const [, name = "coordinates of its own"] = /^\w{1,20}\["([^"]{1,80})"/.exec(wkt) ?? [];
  try {
    return await transformation(wkt, name);
  } catch {
    return undefined;
  }
}
