/** A cube of one or more variables over time, latitude and longitude. */
export interface Cube {
  /** The times, in milliseconds since 1970. */
  readonly times: readonly number[];
  /** The latitudes of the rows, from north to south. */
  readonly latitudes: readonly number[];
  /** The longitudes of the columns. */
  readonly longitudes: readonly number[];
  /** The values of each variable: time by time, row by row. */
  readonly variables: Readonly<Record<string, readonly number[]>>;
}

const DIMENSION = 10;
const VARIABLE = 11;
const ATTRIBUTE = 12;
const CHARACTERS = 2;
const FLOAT = 5;
const DOUBLE = 6;
const DAY = 24 * 3600 * 1000;

/** The value that stands for none, as the format has it. */
export const FILL_VALUE = -9999;

interface Variable {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly type: typeof FLOAT | typeof DOUBLE;
  readonly values: readonly number[];
}

/** A cube as a netCDF file in its classic format (CDF-1), with the names of the CF conventions. */
export function toNetCdf(cube: Cube): Uint8Array<ArrayBuffer> {
  const sizes = [cube.times.length, cube.latitudes.length, cube.longitudes.length];
  const axis = (name: string, dimension: number, values: readonly number[], units: string) => ({
    name,
    dimensions: [dimension],
    attributes: { standard_name: NAMES[name] ?? name, units },
    type: DOUBLE,
    values,
  } as const);
  const variables: Variable[] = [
    axis("t", 0, cube.times.map((time) => time / DAY), "days since 1970-01-01"),
    axis("y", 1, cube.latitudes, "degrees_north"),
    axis("x", 2, cube.longitudes, "degrees_east"),
    ...Object.entries(cube.variables).map(([name, values]): Variable => ({
      name,
      dimensions: [0, 1, 2],
      attributes: { long_name: name, _FillValue: FILL_VALUE },
      type: FLOAT,
      values,
    })),
  ];
  const length = header(sizes, variables, 0).length;
  const head = header(sizes, variables, length);
  const bytes = new Uint8Array(length + variables.reduce((sum, one) => sum + sizeOf(one), 0));
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  let at = length;
  for (const variable of variables) {
    for (const [index, value] of variable.values.entries()) {
      if (variable.type === DOUBLE) view.setFloat64(at + index * 8, value);
      else view.setFloat32(at + index * 4, value);
    }
    at += sizeOf(variable);
  }
  return bytes;
}

const NAMES: Readonly<Record<string, string>> = { t: "time", y: "latitude", x: "longitude" };

function sizeOf({ type, values }: Variable): number {
  return values.length * (type === DOUBLE ? 8 : 4);
}

/** The header, for data that begin at a place. */
function header(
  sizes: readonly number[],
  variables: readonly Variable[],
  begin: number,
): Uint8Array {
  const bytes: number[] = [0x43, 0x44, 0x46, 1];
  const int = (value: number) => {
    bytes.push(value >>> 24 & 255, value >>> 16 & 255, value >>> 8 & 255, value & 255);
  };
  const padded = (part: Iterable<number>) => {
    bytes.push(...part);
    while (bytes.length % 4 !== 0) bytes.push(0);
  };
  const text = (value: string) => {
    const encoded = new TextEncoder().encode(value);
    int(encoded.length);
    padded(encoded);
  };
  const attributes = (all: Readonly<Record<string, string | number>>) => {
    int(ATTRIBUTE);
    int(Object.keys(all).length);
    for (const [name, value] of Object.entries(all)) {
      text(name);
      if (typeof value === "string") {
        int(CHARACTERS);
        text(value);
        continue;
      }
      int(FLOAT);
      int(1);
      const view = new DataView(new ArrayBuffer(4));
      view.setFloat32(0, value);
      padded(new Uint8Array(view.buffer));
    }
  };
  int(0);
  int(DIMENSION);
  int(sizes.length);
  for (const [index, name] of ["t", "y", "x"].entries()) {
    text(name);
    int(sizes[index] ?? 0);
  }
  attributes({ Conventions: "CF-1.9" });
  int(VARIABLE);
  int(variables.length);
  let at = begin;
  for (const variable of variables) {
    text(variable.name);
    int(variable.dimensions.length);
    for (const dimension of variable.dimensions) int(dimension);
    attributes(variable.attributes);
    int(variable.type);
    int(sizeOf(variable));
    int(at);
    at += sizeOf(variable);
  }
  return new Uint8Array(bytes);
}
