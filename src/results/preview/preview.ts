import { count } from "../../core/units.ts";
import { attachDisplay } from "../../display/render/attach.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import type { Block } from "../../display/render/document.ts";
import type { Atlas } from "../../map/coast/atlas.ts";
import { checkOptions } from "../../models/schema/options.ts";
import type { Collection } from "../../models/stac.ts";
import { placedCube } from "../cube/read_cube.ts";
import {
  type FileKind,
  type FileSource,
  type InputFile,
  inputFile,
  isCollection,
  kindOfBytes,
  kindOfName,
  readBytes,
} from "../input.ts";
import { type PaletteName, PALETTES } from "../raster/colours.ts";
import { openRaster } from "../raster/raster_file.ts";
import { ResultsError } from "../results_error.ts";
import { seriesOfJson } from "../series/series.ts";
import { seriesBlocks } from "../series/series_view.ts";
import { readParquet } from "../tables/parquet.ts";
import { readTable } from "../tables/read_table.ts";
import { tableBlock } from "../tables/table.ts";
import { cubePicture } from "./cube_picture.ts";
import type { Picture } from "./raster_picture.ts";
import { rasterPicture } from "./raster_picture.ts";
import { shapesOfGeojson, shapesPicture } from "./shapes.ts";

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
   * @default the first that is a number
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
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * What sends requests; it is given neither token nor cookie of the client.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
}

/** Results as pictures: it shows itself, and holds what is known of each. */
export interface Preview {
  /** The pictures. */
  readonly pictures: readonly Picture[];
  /** What could not be shown, and why. */
  readonly problems: readonly { readonly name: string; readonly reason: string }[];
  /** What there is besides, and was not shown. */
  readonly others: readonly string[];
}

/** How many assets are shown. */
const MOST_ASSETS = 4;

const BUDGET = 16_777_216;

/** What can be shown, by the first that are looked at. */
const SHOWN: ReadonlySet<FileKind> = new Set([
  "tiff",
  "hdf5",
  "netcdf3",
  "parquet",
  "json",
  "png",
  "jpeg",
  "text",
]);

/**
 * Shows results as pictures in the cell: rasters on a map with what their colours mean, shapes coloured by a value,
 * cubes layer by layer, time series as charts, tables as tables. Of rasters on the web the overview that fits is read by
 * range requests, and no more than the budget.
 *
 * @example A raster from its bytes
 * ```ts
 * import { preview } from "@apex-dispatch/client/results";
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assert } from "@std/assert";
 *
 * await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const job = await client.unitJobs.create({
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     application: "/processes/vegetation-index",
 *     namespace: "apex",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
 *   format: "geojson",
 * });
 * await client.unitJobs.wait(job);
 * const results = await client.unitJobs.results(job);
 * const shown = await preview(results); // the last line of a cell: a picture
 * assert(shown.pictures.length > 0);
 * ```
 *
 * @param source what `client.unitJobs.results(job)` gave, one of its assets, a downloaded file, a path, a URL, bytes, or
 * what `createSync` brought.
 * @throws {ResultsError} if nothing of it can be shown.
 */
export async function preview(
  source: Collection | FileSource | null,
  options: PreviewOptions = {},
): Promise<Preview> {
  checkOptions("Cannot show the results", options, {
    band: "any",
    bands: "object",
    range: "object",
    palette: PALETTES,
    by: "string",
    maxBytes: "number",
    width: "number",
    signal: "signal",
    fetch: "function",
  });
  if (source === null) {
    throw new ResultsError("Cannot show the results: the service gives none", {
      reason: "nothing",
    });
  }
  // Without the coasts it still is a map.
  const atlas = await import("../../map/coast/atlas.ts").then(({ loadAtlas }) => loadAtlas())
    .catch(() => undefined);
  const shown: Shown[] = [];
  const problems: { name: string; reason: string }[] = [];
  const { inputs, others } = isCollection(source)
    ? inputsIn(source)
    : { inputs: [inputFile(source)], others: [] };
  for (const input of inputs) {
    try {
      shown.push(await show(input, options, atlas));
    } catch (error) {
      options.signal?.throwIfAborted();
      if (inputs.length === 1 || !(error instanceof ResultsError)) throw error;
      problems.push({ name: input.name, reason: error.message.replace(/^Cannot [^:]*: /, "") });
    }
  }
  const [problem] = problems;
  if (shown.length === 0) {
    throw new ResultsError(
      problem === undefined
        ? "Cannot show the results: they name no files\n  What to do: look at the job on the platform"
        : `Cannot show ${problem.name}: ${problem.reason}`,
      { reason: problem === undefined ? "nothing" : "unsupported" },
    );
  }
  const value: Preview = {
    pictures: shown.flatMap(({ picture }) => picture ?? []),
    problems,
    others,
  };
  return attachDisplay(value, () => previewView(shown, value));
}

/** Something that was made to be looked at. */
interface Shown {
  readonly picture?: Picture;
  readonly blocks: readonly Block[];
}

/** The assets that can be shown, data before thumbnails, and the names of the rest. */
function inputsIn(
  { assets }: Collection,
): { readonly inputs: readonly InputFile[]; readonly others: readonly string[] } {
  const inputs: InputFile[] = [];
  const others: string[] = [];
  const entries = Object.entries(assets ?? {}).sort(([, a], [, b]) =>
    rankOf(a.roles) - rankOf(b.roles)
  );
  for (const [key, asset] of entries) {
    const isWeb = /^https?:/i.test(asset.href);
    const input = isWeb ? inputFile(asset, key) : undefined;
    if (input !== undefined && inputs.length < MOST_ASSETS && SHOWN.has(kindOfName(input))) {
      inputs.push(input);
    } else others.push(key);
  }
  return { inputs, others };
}

function rankOf(roles: readonly string[] | null | undefined): number {
  if (roles?.includes("data")) return 0;
  return roles?.some((role) => role === "thumbnail" || role === "overview" || role === "metadata")
    ? 2
    : 1;
}

async function show(
  input: InputFile,
  options: PreviewOptions,
  atlas: Atlas | undefined,
): Promise<Shown> {
  const { fetch: send = fetch, maxBytes = BUDGET, signal, width = 640, palette = "viridis" } =
    options;
  const { band, bands, range, by } = options;
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
      const shapes = table.rows.map((row) => {
        const { [geometry]: place, ...values } = row;
        return { geometry: place, values };
      });
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
    value = JSON.parse(new TextDecoder().decode(bytes).replace(/^\ufeff/, ""));
  } catch {
    throw new ResultsError(`Cannot show ${name}: it is malformed, not JSON`, { reason: "invalid" });
  }
  const found = shapesOfGeojson(value);
  if (found !== undefined) {
    return pictured(
      await shapesPicture(found.shapes, { ...options, title: name, epsg: found.epsg }),
    );
  }
  if (Array.isArray(value)) return { blocks: [tableBlock({ ...await readTable(bytes), name })] };
  return { blocks: seriesBlocks(seriesOfJson(value, name, {})) };
}

function pictured(picture: Picture): Shown {
  return {
    picture,
    blocks: [{
      kind: "picture",
      alt: picture.alt,
      src: `data:image/svg+xml;base64,${new TextEncoder().encode(picture.svg).toBase64()}`,
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
      src: `data:image/${type};base64,${bytes.toBase64()}`,
      width,
    }],
  };
}

function previewView(shown: readonly Shown[], { problems, others }: Preview): Displayable {
  return displayable(() => [
    ...shown.flatMap(({ blocks }) => blocks),
    ...(problems.length === 0 ? [] : [
      {
        kind: "note",
        tone: "warning",
        lines: problems.map(({ name, reason }) => `${name}: ${reason}`),
      } as const,
    ]),
    ...(others.length === 0 ? [] : [
      {
        kind: "note",
        tone: "plain",
        lines: [
          `${count(others.length, "more file")}: ${others.slice(0, 12).join(", ")}${
            others.length > 12 ? ", …" : ""
          }`,
        ],
      } as const,
    ]),
  ]);
}
