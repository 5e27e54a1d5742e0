import { ResultsError } from "../results_error.ts";
import { didYouMean } from "../../core/nearest.ts";
import { type Colour, type PaletteName, paletteOf } from "./colours.ts";
import type { RasterFile } from "./raster_file.ts";
import { type BandStatistics, statisticsOf } from "./statistics.ts";

/** Which bands are drawn, and how. */
export interface PaintOptions {
  /** The band that is drawn, by its name or its number from 1. */
  readonly band: string | number | undefined;
  /** The three bands that are red, green and blue. */
  readonly bands: readonly (string | number)[] | undefined;
  /** The values that have the first and the last colour. */
  readonly range: readonly [number, number] | undefined;
  /** The colours. */
  readonly palette: PaletteName;
}

/** The colours of a raster's pixels, and what they mean. */
export interface Painting {
  /** Four bytes for each pixel. */
  readonly pixels: Uint8Array;
  /** What the colours mean. */
  readonly meaning: Meaning;
}

/** What the colours of a painting mean. */
export type Meaning =
  /** Values of one band. */
  | {
    readonly kind: "values";
    readonly band: string;
    readonly range: readonly [number, number];
    readonly statistics: BandStatistics;
    readonly palette: PaletteName;
  }
  /** Three bands as red, green and blue. */
  | {
    readonly kind: "colour";
    readonly bands: readonly string[];
    readonly range: readonly [number, number] | undefined;
  }
  /** Classes, each with a colour of the file's own. */
  | {
    readonly kind: "classes";
    readonly classes: readonly {
      readonly value: number;
      readonly name: string;
      readonly colour: Colour;
      /** How much of what has a value it takes, from 0 to 1. */
      readonly share: number;
    }[];
  }
  /** Nothing: there is no value anywhere. */
  | { readonly kind: "empty" };

/** The bands that are to be read, by their numbers from 0. */
export type Choice =
  | { readonly kind: "classes"; readonly bands: readonly [number] }
  | { readonly kind: "values"; readonly bands: readonly [number] }
  | { readonly kind: "colour"; readonly bands: readonly [number, number, number] };

/** What Sentinel-2 and Landsat call red, green and blue, and what others do. */
const COLOURS = [["b04", "red", "r"], ["b03", "green", "g"], ["b02", "blue", "b"]] as const;

/** Chooses bands: the ones that are asked for, else classes, else red, green and blue, else the first. */
export function chooseBands(file: RasterFile, { band, bands }: PaintOptions): Choice {
  const at = (wanted: string | number) => bandAt(file, wanted);
  if (bands !== undefined) {
    const [red, green, blue] = bands;
    if (bands.length !== 3 || red === undefined || green === undefined || blue === undefined) {
      throw new ResultsError(
        `Cannot show the raster: bands are three, for red, green and blue, got ${bands.length}; for one write { band }`,
        { reason: "invalid" },
      );
    }
    return { kind: "colour", bands: [at(red), at(green), at(blue)] };
  }
  if (band !== undefined) {
    const chosen = at(band);
    return {
      kind: file.palette !== undefined && chosen === 0 ? "classes" : "values",
      bands: [chosen],
    };
  }
  if (file.palette !== undefined) return { kind: "classes", bands: [0] };
  const names = file.bands.map(({ name }) => name.toLowerCase());
  const [red, green, blue] = COLOURS.map((known) =>
    names.findIndex((name) => known.some((one) => one === name))
  );
  if (
    red !== undefined && green !== undefined && blue !== undefined &&
    Math.min(red, green, blue) >= 0
  ) {
    return { kind: "colour", bands: [red, green, blue] };
  }
  if (file.isColour) return { kind: "colour", bands: [0, 1, 2] };
  return { kind: "values", bands: [0] };
}

function bandAt({ bands }: RasterFile, wanted: string | number): number {
  const index = typeof wanted === "number"
    ? wanted - 1
    : bands.findIndex(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (Number.isInteger(index) && index >= 0 && index < bands.length) return index;
  const names = bands.map(({ name }, at) => name === "" ? String(at + 1) : name);
  throw new ResultsError(
    `Cannot show band ${JSON.stringify(wanted)}: the raster has ${names.slice(0, 20).join(", ")}${
      typeof wanted === "string" ? didYouMean(wanted, names) : ""
    }; numbers begin with 1`,
    { reason: "invalid" },
  );
}

/** Paints the pixels of a raster in the colours of their values; what has no value is seen through. */
export function paint(
  file: RasterFile,
  choice: Choice,
  layers: readonly ArrayLike<number>[],
  alpha: ArrayLike<number> | undefined,
  options: PaintOptions,
): Painting {
  const [first] = layers;
  if (first === undefined) return { pixels: new Uint8Array(), meaning: { kind: "empty" } };
  const amount = first.length;
  const pixels = new Uint8Array(amount * 4);
  const { noData } = file;
  // What was divided by nothing is no value either: it would take the whole range.
  const has = (stored: number) => Number.isFinite(stored) && stored !== noData;
  const covers = (index: number) => alpha === undefined || (alpha[index] ?? 0) > 0;
  const put = (index: number, [red, green, blue]: Colour, cover = 255) => {
    pixels[index * 4] = red;
    pixels[index * 4 + 1] = green;
    pixels[index * 4 + 2] = blue;
    pixels[index * 4 + 3] = cover;
  };
  const valueOf = (band: number, stored: number) => {
    const { scale = 1, offset = 0 } = file.bands[band] ?? {};
    return stored * scale + offset;
  };
  const nameOf = (band: number) => file.bands[band]?.name || `band ${band + 1}`;
  const seen = alpha === undefined ? first : masked(first, alpha);

  if (choice.kind === "classes" && file.palette !== undefined) {
    const counts = new Map<number, number>();
    let total = 0;
    for (let index = 0; index < amount; index++) {
      const stored = first[index] ?? NaN;
      const colour = file.palette.get(stored);
      if (!has(stored) || !covers(index) || colour === undefined) continue;
      const [red, green, blue, cover] = colour;
      put(index, [red, green, blue], cover);
      counts.set(stored, (counts.get(stored) ?? 0) + 1);
      total++;
    }
    if (total === 0) return { pixels, meaning: { kind: "empty" } };
    const classes = [...counts].sort(([a], [b]) => a - b).map(([value, count]) => {
      const [red = 0, green = 0, blue = 0] = file.palette?.get(value) ?? [];
      const name = file.classNames.get(value) ?? String(value);
      return { value, name, colour: [red, green, blue] as const, share: count / total };
    });
    return { pixels, meaning: { kind: "classes", classes } };
  }
  if (choice.kind === "colour") {
    const isPlain = first instanceof Uint8Array || first instanceof Uint8ClampedArray;
    const ranges = choice.bands.map((_, at) => statisticsOf(layers[at] ?? [], has));
    const lows = ranges.flatMap((range) => range?.low ?? []);
    const highs = ranges.flatMap((range) => range?.high ?? []);
    if (lows.length === 0) return { pixels, meaning: { kind: "empty" } };
    const [low, high] = options.range ??
      (isPlain ? [0, 255] : [Math.min(...lows), Math.max(...highs)]);
    for (let index = 0; index < amount; index++) {
      const stored = layers.map((layer) => layer[index] ?? NaN);
      if (!stored.some(has) || !stored.every(Number.isFinite) || !covers(index)) continue;
      const [red = 0, green = 0, blue = 0] = stored.map((value) =>
        Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low || 1))))
      );
      put(index, [red, green, blue]);
    }
    return {
      pixels,
      meaning: {
        kind: "colour",
        bands: choice.bands.map(nameOf),
        range: isPlain && options.range === undefined ? undefined : [low, high],
      },
    };
  }
  const [band] = choice.bands;
  const found = statisticsOf(seen, has);
  if (found === undefined) return { pixels, meaning: { kind: "empty" } };
  // A negative scale turns the order round.
  const [least, most] = [valueOf(band, found.least), valueOf(band, found.most)].sort((a, b) =>
    a - b
  );
  const [lower, upper] = [valueOf(band, found.low), valueOf(band, found.high)].sort((a, b) =>
    a - b
  );
  const statistics: BandStatistics = {
    valid: found.valid,
    least: least ?? NaN,
    most: most ?? NaN,
    low: lower ?? NaN,
    high: upper ?? NaN,
  };
  const [low, high] = options.range ?? [statistics.low, statistics.high];
  const colour = paletteOf(options.palette);
  const width = high - low;
  for (let index = 0; index < amount; index++) {
    const stored = seen[index] ?? NaN;
    if (!has(stored)) continue;
    // A raster of one value has the middle colour.
    put(index, colour(width === 0 ? 0.5 : (valueOf(band, stored) - low) / width));
  }
  return {
    pixels,
    meaning: {
      kind: "values",
      band: nameOf(band),
      range: [low, high],
      statistics,
      palette: options.palette,
    },
  };
}

/** Values without those that are not covered. */
function masked(values: ArrayLike<number>, alpha: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    { length: values.length },
    (_, index) => (alpha[index] ?? 0) > 0 ? values[index] ?? NaN : NaN,
  );
}
