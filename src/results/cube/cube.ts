import type { Transformation } from "../raster/crs/crs.ts";
import { ResultsError } from "../results_error.ts";
import { type ArrayVariable, textIn, unpackerOf } from "./array_variable.ts";
import { planesIn, stepsOf, stridesOf } from "./axes.ts";
import { placesOf } from "./places.ts";
import { timesOf } from "./times.ts";

/** Values over x, y, and mostly time, read from netCDF. It shows itself as pictures. */
export interface Cube {
  /** What it was read from. */
  readonly name: string;
  /** Which of `variables` its values are of. */
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
  readonly cube: Cube;
  /** From its coordinates to degrees, and back. */
  readonly transformation: Transformation;
  /** Whether that takes columns and rows instead of coordinates: their steps are not alike. */
  readonly byCell?: boolean;
}

/** How many numbers are read at the most: they have to fit into memory. */
const MOST_VALUES = 100_000_000;

/** Makes a cube of the variables of a file: the one that is wanted, else the first over x and y. */
export async function cubeOf(
  variables: readonly ArrayVariable[],
  name: string,
  wanted: string | undefined,
): Promise<PlacedCube> {
  const fail = (what: string) =>
    new ResultsError(`Cannot read ${name} as a cube: ${what}`, { reason: "unsupported" });
  const byName = new Map(variables.map((one) => [one.name, one]));
  const planes = planesIn(variables, byName);
  const names = shortNames(planes.map(({ variable }) => variable.name));
  const plane = planes[
    wanted === undefined
      ? 0
      : planes.findIndex(({ variable }, at) => names[at] === wanted || variable.name === wanted)
  ];
  if (plane === undefined) {
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
  const { variable } = plane;
  const rows = variable.shape[plane.y] ?? 0, columns = variable.shape[plane.x] ?? 0;
  const placed = await placesOf(plane, byName);
  if (typeof placed === "string") throw fail(placed);
  const strides = stridesOf(variable.shape);
  const outer = variable.shape.flatMap((length, at) =>
    at === plane.x || at === plane.y
      ? []
      : [{ length, stride: strides[at] ?? 1, name: variable.dimensions[at] ?? "" }]
  );
  const layers = outer.reduce((product, { length }) => product * length, 1);
  if (layers * rows * columns > MOST_VALUES) {
    throw new ResultsError(
      `Cannot read ${name} as a cube: ${variable.name} has ${layers} × ${rows} × ${columns} values, more than fit here\n` +
        "  What to do: take a part of it (ncks -d), or ask the service for a smaller area, fewer dates, or GeoTIFF",
      { reason: "too-large" },
    );
  }
  const axes = outer.map(({ name: dimension, length }) => {
    const axis = byName.get(dimension);
    const times = axis === undefined ? [] : timesOf(axis, length);
    return { times, steps: stepsOf(axis, length, times) };
  });
  const stepAt = (layer: number) => {
    let rest = layer;
    return outer.map(({ length }, at) => {
      const inner = outer.slice(at + 1).reduce((product, one) => product * one.length, 1);
      const step = Math.floor(rest / inner) % Math.max(1, length);
      rest %= inner;
      return step;
    });
  };
  const unpack = unpackerOf(variable);
  const [acrossStride = 1, downStride = 1] = [strides[plane.x], strides[plane.y]];
  let all: ArrayLike<number> | undefined;
  const unit = textIn(variable.attributes, "units");
  return {
    transformation: placed.transformation,
    ...(placed.byCell ? { byCell: true } : {}),
    cube: {
      name,
      variable: names[planes.indexOf(plane)] ?? variable.name,
      variables: names,
      unit: unit === "" || unit === "1" ? undefined : unit,
      shape: [layers, rows, columns],
      times: axes.length === 1 ? axes[0]?.times ?? [] : [],
      layers: Array.from({ length: layers }, (_, layer) => {
        const told = stepAt(layer).flatMap((step, at) => axes[at]?.steps[step] ?? []);
        return told.length > 0 ? told.join(", ") : layers === 1 ? "" : `layer ${layer + 1}`;
      }),
      x: placed.x,
      y: placed.y,
      crs: placed.transformation.name,
      layer(index) {
        if (!Number.isInteger(index) || index < 0 || index >= layers) {
          throw fail(`it has no layer ${index}: there are ${layers}, the first is 0`);
        }
        // Unpacked once: a cube is looked at layer by layer.
        const values = all ??= variable.values();
        const from = stepAt(index).reduce(
          (sum, step, at) => sum + step * (outer[at]?.stride ?? 0),
          0,
        );
        const layer = new Float64Array(rows * columns);
        for (let row = 0, at = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++, at++) {
            layer[at] = unpack(values[from + row * downStride + column * acrossStride] ?? NaN);
          }
        }
        return layer;
      },
    },
  };
}

/** Names without the groups that they lie in, where they are told apart without. */
function shortNames(names: readonly string[]): readonly string[] {
  const short = names.map((name) => name.split("/").at(-1) ?? name);
  return names.map((name, at) =>
    short.filter((other) => other === short[at]).length === 1 ? short[at] ?? name : name
  );
}
