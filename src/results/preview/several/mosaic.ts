import type { Atlas } from "../../../map/coast/atlas.ts";
import type { View } from "../../../map/view.ts";
import { coverOf, type Level, levelFor } from "../../raster/levels.ts";
import { chooseBands, paint, type PaintOptions } from "../../raster/paint.ts";
import { type Placement, placementOf } from "../../raster/placement.ts";
import { encodePng } from "../../raster/png.ts";
import type { RasterFile } from "../../raster/raster_file.ts";
import { transformationOf } from "../../raster/crs/crs.ts";
import { ResultsError } from "../../results_error.ts";
import {
  boundsWords,
  drawGround,
  foundIn,
  type Frame,
  frameOf,
  imageOf,
  mapWidthOf,
  rasterView,
  type Window,
} from "../frame.ts";
import { meaningLegend, meaningWords } from "../legend.ts";
import {
  layersAsOne,
  placementBox,
  sharedExtent,
  type TileLayers,
  windowIn,
} from "./mosaic_layers.ts";
import type { Picture } from "../raster_picture.ts";

/** A raster that is one of several. */
export interface MosaicTile {
  /** What it is called. */
  readonly name: string;
  readonly open: () => Promise<RasterFile>;
}

/** How rasters are shown as one. */
export interface MosaicOptions extends PaintOptions {
  /** The width of the picture in pixels. */
  readonly width: number;
  /** The coasts. */
  readonly atlas: Atlas | undefined;
  /** What stands above so many of them. */
  readonly title: (drawn: number) => string;
  /** The most bytes that are read of the pixels of all. */
  readonly maxBytes: number;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** Rasters as one picture, and what of them could not be drawn. */
export interface Mosaic {
  readonly picture: Picture;
  /** What is not in it, and why. */
  readonly problems: readonly { readonly name: string; readonly error: ResultsError }[];
}

interface PlacedTile {
  readonly name: string;
  readonly file: RasterFile;
  readonly placement: Placement;
  readonly crs: string;
}

interface ReadTile extends PlacedTile, Omit<TileLayers, "file"> {
  readonly level: Level;
  readonly window: Window;
}

/** How many are read at once. */
const AT_ONCE = 6;

/** Draws rasters beside each other in one frame, with one range of colours: what looks alike is alike. */
export async function mosaicPicture(
  tiles: readonly MosaicTile[],
  options: MosaicOptions,
): Promise<Mosaic> {
  const { width, atlas, signal, maxBytes } = options;
  const problems: { name: string; error: ResultsError }[] = [];
  const each = <Tile extends { readonly name: string }, Done>(
    all: readonly Tile[],
    act: (tile: Tile) => Promise<Done>,
  ) => eachOf(all, act, (name, error) => problems.push({ name, error }), signal);

  const placed = await each(tiles, async ({ name, open }): Promise<PlacedTile> => {
    const file = await open();
    const crs = file.crs ?? await transformationOf(file.keys);
    return { name, file, placement: placementOf(file, crs), crs: crs.name };
  });
  const [first] = placed;
  if (first === undefined) throw problems[0]?.error ?? nothing();
  const { projection, bounds, box } = sharedExtent(placed.map(({ placement }) => placement));
  const view = rasterView(box, projection, mapWidthOf(width));
  const frame = frameOf(view, box);
  const choice = chooseBands(first.file, options);
  const read = await each(placed, async (tile): Promise<ReadTile> => {
    const window = windowIn(frame, view.scale, box, placementBox(tile.placement, projection));
    const pixels = Math.max(window.columns, window.rows);
    const level = await levelFor(tile.file, pixels, maxBytes / placed.length);
    const { bands, kind } = chooseBands(tile.file, options);
    if (kind !== choice.kind) {
      throw new ResultsError(`Cannot show ${tile.name}: it is of another kind than the others`, {
        reason: "unsupported",
      });
    }
    const { alpha } = tile.file;
    const wanted = [...new Set(alpha === undefined ? bands : [...bands, alpha])];
    const layers = await level.read(wanted, signal);
    const layerOf = (band: number) => layers[wanted.indexOf(band)] ?? [];
    return {
      ...tile,
      level,
      window,
      bands,
      layers: bands.map(layerOf),
      alpha: await coverOf(level, alpha === undefined ? undefined : layerOf(alpha), signal),
    };
  });
  if (read.length === 0) throw problems[0]?.error ?? nothing();

  const whole = layersAsOne(read, first.file, choice.bands);
  const { pixels, meaning } = paint(
    { ...first.file, noData: whole.noData },
    choice,
    whole.layers,
    whole.alpha,
    options,
  );
  const painted = new Uint8Array(frame.columns * frame.rows * 4);
  for (const [index, tile] of read.entries()) {
    lay(painted, frame, tile, { view, pixels, from: whole.starts[index] ?? 0 });
  }
  const title = options.title(read.length);
  const png = await encodePng(painted, { width: frame.columns, height: frame.rows });
  const { text, width: drawn } = drawGround(view, {
    title,
    atlas,
    legend: meaningLegend(meaning),
    ground: imageOf(png, frame),
  });
  const { west, south, east, north } = bounds;
  return {
    problems,
    picture: {
      name: title,
      svg: text,
      width: drawn,
      alt: [title, meaningWords(meaning), boundsWords(bounds)].join("; "),
      raster: {
        png,
        ...(projection.kind === "azimuthal" ? {} : { bounds }),
        corners: [[west, north], [east, north], [east, south], [west, south]],
        crs: [...new Set(read.map(({ crs }) => crs))].join(", "),
        meaning,
        read: [frame.columns, frame.rows],
      },
    },
  };
}

/** Puts the pixels of one raster where they belong; where two overlap, the later one lies above. */
function lay(
  painted: Uint8Array,
  frame: Frame,
  tile: ReadTile,
  { view, pixels, from }: {
    readonly view: View;
    readonly pixels: Uint8Array;
    readonly from: number;
  },
): void {
  const { window } = tile;
  const found = foundIn(frame, view, tile);
  for (let index = 0; index < found.length; index++) {
    const pixel = found[index] ?? -1;
    if (pixel < 0) continue;
    const at = (from + pixel) * 4;
    if (pixels[at + 3] === 0) continue;
    const x = window.x + index % window.columns, y = window.y + Math.floor(index / window.columns);
    painted.set(pixels.subarray(at, at + 4), (y * frame.columns + x) * 4);
  }
}

/** Does something with each, a few at once; what fails of one keeps no other. In their order. */
async function eachOf<Tile extends { readonly name: string }, Done>(
  tiles: readonly Tile[],
  act: (tile: Tile) => Promise<Done>,
  onProblem: (name: string, error: ResultsError) => void,
  signal: AbortSignal | undefined,
): Promise<Done[]> {
  const done = new Map<number, Done>();
  const waiting = tiles.entries();
  const work = async () => {
    for (const [index, tile] of waiting) {
      signal?.throwIfAborted();
      try {
        done.set(index, await act(tile));
      } catch (error) {
        if (!(error instanceof ResultsError)) throw error;
        onProblem(tile.name, error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...done].sort(([one], [other]) => one - other).map(([, value]) => value);
}

function nothing(): ResultsError {
  return new ResultsError("Cannot show the results: there is no raster among them", {
    reason: "nothing",
  });
}
