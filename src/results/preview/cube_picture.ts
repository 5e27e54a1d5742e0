import { xmlText } from "../../map/xml.ts";
import type { PlacedCube } from "../cube/cube.ts";
import type { Affine } from "../raster/affine.ts";
import type { Meaning, PaintOptions } from "../raster/paint.ts";
import type { RasterFile } from "../raster/raster_file.ts";
import { statisticsOf } from "../raster/statistics.ts";
import { ResultsError } from "../results_error.ts";
import { boundsWords, imageOf } from "./frame.ts";
import { meaningLegend, meaningWords } from "./legend.ts";
import {
  drawRaster,
  type Picture,
  rasterOf,
  rasterPicture,
  type RasterPictureOptions,
} from "./raster_picture.ts";

/** The most layers that are shown. */
const MOST_LAYERS = 12;

const STYLE = [
  "text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#24292f}",
  ".b{font-weight:600;font-size:13px}.r{text-anchor:end}.m{opacity:.75}",
  ".ground{fill:#ffffff}.edge{fill:none;stroke:#8c96a0}",
  "@media(prefers-color-scheme:dark){text{fill:#dfe5ea}.ground{fill:#14181d}.edge{stroke:#66717c}}",
].join("");

const GAP = 12;
const SIDE = 150;

/** Shows a cube: one layer in a map, several beside each other in the same colours. */
export async function cubePicture(
  placed: PlacedCube,
  options: RasterPictureOptions,
): Promise<Picture> {
  const { cube } = placed;
  const [layers] = cube.shape;
  if (layers <= 1) return await rasterPicture(layerFile(placed, 0), options);
  const shown = Math.min(layers, MOST_LAYERS);
  const columns = shown <= 4 ? 2 : 3;
  const width = Math.max(
    90,
    Math.floor((Math.round(options.width) - SIDE - (columns + 1) * GAP) / columns),
  );
  const paint: PaintOptions = {
    ...options,
    band: undefined,
    bands: undefined,
    range: options.range ?? rangeOf(placed, shown),
  };
  const drawings = [];
  for (let index = 0; index < shown; index++) {
    options.signal?.throwIfAborted();
    drawings.push(
      await drawRaster(layerFile(placed, index), { ...options, ...paint, mapWidth: width }),
    );
  }
  const [first] = drawings;
  if (first === undefined) {
    throw new ResultsError(`Cannot show ${cube.name}: it has no layers`, { reason: "nothing" });
  }
  const top = options.title === undefined ? 10 : 32;
  const cell = { width: width + GAP, height: first.view.height + 22 + GAP };
  const height = Math.max(top + Math.ceil(shown / columns) * cell.height, top + 110);
  const side = GAP + columns * cell.width;
  // The first layer with values says what the colours mean; the range is that of all.
  const told = drawings.find(({ meaning }) => meaning.kind === "values") ?? first;
  const meaning = withAll(told.meaning, drawings.map((drawing) => drawing.meaning));
  const parts = drawings.map(({ png, frame, view }, index) => {
    const x = GAP + (index % columns) * cell.width;
    const y = top + Math.floor(index / columns) * cell.height;
    return `<g transform="translate(${x} ${y})"><text y="13">${
      xmlText(cube.layers[index] ?? "", 30)
    }</text><g transform="translate(0 20)">${
      imageOf(png, frame)
    }<rect class="edge" width="${view.width}" height="${view.height}"/></g></g>`;
  });
  const whole = side + SIDE;
  const title = options.title === undefined
    ? ""
    : `<text class="b" x="${GAP}" y="20">${xmlText(options.title, 80)}</text>`;
  const rest = layers > shown ? `the first ${shown} of ${layers} layers` : `${layers} layers`;
  return {
    name: cube.name,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${height}" viewBox="0 0 ${whole} ${height}">` +
      `<style>${STYLE}</style><rect class="ground" width="${whole}" height="${height}" rx="5"/>${title}${
        parts.join("")
      }<g transform="translate(${side} ${top + 4})">${
        meaningLegend(meaning).svg
      }<text class="m" y="108">${xmlText(rest, 28)}</text></g></svg>`,
    width: whole,
    alt: [
      options.title ?? cube.name,
      `${rest}, ${cube.layers[0] ?? ""} to ${cube.layers[shown - 1] ?? ""}`,
      meaningWords(meaning),
      boundsWords(first.placement.bounds),
    ].join("; "),
    raster: rasterOf(first),
  };
}

/** The lowest and the highest value of all layers. */
function withAll(meaning: Meaning, all: readonly Meaning[]): Meaning {
  if (meaning.kind !== "values") return meaning;
  const found = all.flatMap((one) => one.kind === "values" ? one.statistics : []);
  return {
    ...meaning,
    statistics: {
      ...meaning.statistics,
      least: Math.min(...found.map(({ least }) => least)),
      most: Math.max(...found.map(({ most }) => most)),
    },
  };
}

function rangeOf({ cube }: PlacedCube, shown: number): readonly [number, number] | undefined {
  const found = Array.from(
    { length: shown },
    (_, index) => statisticsOf(cube.layer(index), (value) => !Number.isNaN(value)),
  ).filter((one) => one !== undefined);
  return found.length === 0
    ? undefined
    : [Math.min(...found.map(({ low }) => low)), Math.max(...found.map(({ high }) => high))];
}

/** A layer of a cube as a raster: its coordinates are those of the middles of pixels. */
export function layerFile(
  { cube, transformation, byCell = false }: PlacedCube,
  index: number,
): RasterFile {
  const [, rows, columns] = cube.shape;
  const acrossStep = stepOf(cube.x), downStep = stepOf(cube.y);
  // Of one row or column nobody knows how wide it is: its pixels are taken for squares.
  const stepX = acrossStep ?? Math.abs(downStep ?? 1), stepY = downStep ?? -Math.abs(stepX);
  const affine: Affine = byCell
    ? [-0.5, 1, 0, -0.5, 0, 1]
    : [(cube.x[0] ?? 0) - stepX / 2, stepX, 0, (cube.y[0] ?? 0) - stepY / 2, 0, stepY];
  return {
    width: columns,
    height: rows,
    bands: [{ name: cube.variable, scale: 1, offset: 0 }],
    noData: undefined,
    alpha: undefined,
    palette: undefined,
    classNames: new Map(),
    isColour: false,
    crs: transformation,
    keys: {},
    affine,
    levels: [{
      width: columns,
      height: rows,
      bytes: () => Promise.resolve(0),
      read: () => Promise.resolve([cube.layer(index)]),
    }],
  };
}

function stepOf(values: readonly number[]): number | undefined {
  const [first = NaN] = values, last = values.at(-1) ?? NaN;
  return values.length > 1 ? (last - first) / (values.length - 1) : undefined;
}
