import { pictureUrl } from "../../map/xml.ts";
import type { Block } from "../../display/render/document.ts";
import type { Atlas } from "../../map/coast/atlas.ts";
import { placedCube } from "../cube/read_cube.ts";
import { decodeText, type InputFile, kindOfBytes, kindOfName, readBytes } from "../input.ts";
import type { PaletteName } from "../raster/colours.ts";
import type { ResultsClient } from "../download/plan/sources.ts";
import { openRaster } from "../raster/raster_file.ts";
import { ResultsError } from "../results_error.ts";
import { seriesOfJson } from "../series/series.ts";
import { seriesBlocks } from "../series/chart.ts";
import { readParquet, shapesOfTable } from "../tables/parquet.ts";
import { parseGeojson, shapesOfGeojson } from "../tables/geojson.ts";
import { readTable } from "../tables/read_table.ts";
import { tableBlock } from "../tables/table.ts";
import { cubePicture } from "./cube_picture.ts";
import { type Picture, rasterPicture } from "./raster_picture.ts";
import { shapesPicture } from "./shapes.ts";

/** How results are shown. */
export interface PreviewOptions {
  /**
   * The band of a raster that is shown, by its name or its number from 1; the variable of a cube.
   *
   * @default classes or colours where the file has them, else the first
   */
  readonly band?: string | number | undefined;
  /**
   * The three bands that are red, green and blue.
   *
   * @default `B04`, `B03`, `B02` or `red`, `green`, `blue` where there are such
   */
  readonly bands?: readonly (string | number)[] | undefined;
  /**
   * The values that have the first and the last colour.
   *
   * @default all but the two lowest and the two highest of a hundred
   */
  readonly range?: readonly [number, number] | undefined;
  /**
   * The colours.
   *
   * @default {"viridis"}
   */
  readonly palette?: PaletteName | undefined;
  /**
   * The value that shapes are coloured by.
   *
   * @default the first number that differs between them and is no identifier
   */
  readonly by?: string | undefined;
  /**
   * The most bytes that are read of each file.
   *
   * @default {16_777_216}
   */
  readonly maxBytes?: number | undefined;
  /**
   * The width of a picture in pixels.
   *
   * @default {640}
   */
  readonly width?: number | undefined;
  /**
   * Who is asked for the results of a task's jobs.
   *
   * @default none: a task cannot be shown without
   */
  readonly client?: ResultsClient | undefined;
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * What sends requests; it is given neither token nor cookie of the client.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
}

/** Something that was made to be looked at. */
export interface Shown {
  readonly picture?: Picture;
  readonly blocks: readonly Block[];
}

/** What comes first in time, not in size: more has to be asked for. */
const BUDGET = 16_777_216;

/** Options, with what holds where they say nothing. */
export function withDefaults(
  { fetch: send = fetch, maxBytes = BUDGET, width = 640, palette = "viridis", ...options }:
    PreviewOptions,
) {
  return { ...options, fetch: send, maxBytes, width, palette };
}

/** Makes of a file what can be looked at. */
export async function showFile(
  input: InputFile,
  options: PreviewOptions,
  atlas: Atlas | undefined,
): Promise<Shown> {
  const { fetch: send, maxBytes, signal, width, palette, band, bands, range, by } = withDefaults(
    options,
  );
  const { name } = input;
  const reading = { fetch: send, maxBytes, signal };
  const drawing = { band, bands, range, palette, width, maxBytes, atlas, title: name, signal };
  if (input.at.kind === "address" && kindOfName(input) === "tiff") {
    const file = await openRaster(input.at.address, reading);
    return pictured(await rasterPicture(file, drawing));
  }
  const bytes = await readBytes(
    input,
    input.at.kind === "address" ? reading : { ...reading, maxBytes: Math.max(maxBytes, LOCAL) },
  );
  switch (kindOfBytes(bytes)) {
    case "tiff":
      return pictured(await rasterPicture(await openRaster(bytes, reading), drawing));
    case "netcdf3":
    case "hdf5": {
      const placed = await placedCube(bytes, name, typeof band === "string" ? band : undefined);
      return pictured(await cubePicture(placed, drawing));
    }
    case "parquet": {
      const { table, geometry, epsg } = await readParquet(bytes, name);
      if (geometry === undefined) return { blocks: [tableBlock(table)] };
      const shapes = shapesOfTable(table, geometry);
      return pictured(
        await shapesPicture(shapes, { by, range, palette, width, atlas, title: name, epsg }),
      );
    }
    case "png":
    case "jpeg":
      return imageShown(bytes, name, width);
    case "json":
      return await jsonShown(bytes, name, { by, range, palette, width, atlas });
    case "text":
      return { blocks: [tableBlock({ ...await readTable(bytes, { signal }), name })] };
    case "page":
      throw new ResultsError(
        `Cannot show ${name}: it is a web page\n  What to do: its address may have ended: ask for the results again`,
        { reason: "invalid" },
      );
    default:
      throw new ResultsError(
        `Cannot show ${name}: it is of a kind that is not known here\n  What to do: download it and open it with another program`,
        { reason: "unsupported" },
      );
  }
}

/** A file on this machine was asked for by name: it may be larger than one that has to come first. */
const LOCAL = 536_870_912;

async function jsonShown(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  options: Omit<Parameters<typeof shapesPicture>[1], "title" | "epsg">,
): Promise<Shown> {
  let value: unknown;
  try {
    value = parseGeojson(decodeText(bytes));
  } catch {
    throw new ResultsError(`Cannot show ${name}: it is malformed, not JSON`, { reason: "invalid" });
  }
  const found = shapesOfGeojson(value, name);
  if (found !== undefined) {
    return pictured(
      await shapesPicture(found.shapes, { ...options, title: name, epsg: found.epsg }),
    );
  }
  if (Array.isArray(value)) return { blocks: [tableBlock({ ...await readTable(bytes), name })] };
  return { blocks: seriesBlocks(seriesOfJson(value, name, {})) };
}

/** A picture as what is shown. */
export function pictured(picture: Picture): Shown {
  return {
    picture,
    blocks: [{
      kind: "picture",
      alt: picture.alt,
      src: pictureUrl("svg+xml", picture.svg),
      width: picture.width,
    }],
  };
}

function imageShown(bytes: Uint8Array<ArrayBuffer>, name: string, width: number): Shown {
  const type = kindOfBytes(bytes) === "png" ? "png" : "jpeg";
  return {
    blocks: [{
      kind: "picture",
      alt: name,
      src: pictureUrl(type, bytes),
      width,
    }],
  };
}
