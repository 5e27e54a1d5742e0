import type { Asset, Collection } from "../../../models/stac/stac.ts";
import { placedCube } from "../../cube/read_cube.ts";
import {
  decodeText,
  type FileKind,
  type InputFile,
  inputFile,
  kindOfBytes,
  kindOfName,
  readBytes,
  type ReadBytesOptions,
} from "../../input.ts";
import { openRaster, type RasterFile } from "../../raster/raster_file.ts";
import { ResultsError } from "../../results_error.ts";
import { parseGeojson, shapesOfGeojson, type ValuedShape } from "../../tables/geojson.ts";
import { readParquet, shapesOfTable } from "../../tables/parquet.ts";
import { layerFile } from "../cube_picture.ts";
import { inDegrees } from "../shapes.ts";

/** One of several files that are drawn together. */
export interface Tile {
  /** What it is called, such as `job 7`. */
  readonly name: string;
  /** Where it is. */
  readonly input: InputFile;
}

/** What can be drawn together, in the order of preference. */
export type TileKind = "raster" | "cube" | "shapes";

/** Which file of each result is drawn. */
export interface ShownKey {
  /** What the results call it. */
  readonly key: string;
  readonly kind: TileKind;
}

/** How much of the file of one of several may be fetched: its share of what all of them may. */
export interface ReadTileOptions extends ReadBytesOptions {
  /** How many share the budget. */
  readonly of: number;
}

const KINDS: readonly (readonly [TileKind, ReadonlySet<FileKind>])[] = [
  ["raster", new Set(["tiff"])],
  ["cube", new Set(["hdf5", "netcdf3"])],
  ["shapes", new Set(["json", "parquet"])],
];

/** Which file is drawn: the first raster that there is, else the first cube, else the first shapes. */
export function firstShown(
  all: readonly { readonly results: Collection | null }[],
): ShownKey | undefined {
  for (const [kind] of KINDS) {
    for (const { results } of all) {
      const [found] = assetsIn(results, kind);
      if (found !== undefined) return { key: found[0], kind };
    }
  }
  return undefined;
}

/** The file of one result: the one of that name, else the first of its kind. */
export function assetOf(results: Collection | null, { key, kind }: ShownKey): Asset | undefined {
  const assets = assetsIn(results, kind);
  return (assets.find(([one]) => one === key) ?? assets[0])?.[1];
}

function assetsIn(results: Collection | null, wanted: TileKind): (readonly [string, Asset])[] {
  const kinds = KINDS.find(([kind]) => kind === wanted)?.[1];
  return Object.entries(results?.assets ?? {}).filter(([name, asset]) =>
    /^https?:/i.test(asset.href) && kinds?.has(kindOfName(inputFile(asset, name)))
  );
}

/** Opens a tile: a raster by its pieces, of a cube the first layer. */
export async function openTile(
  { input }: Tile,
  { of, band, ...options }: ReadTileOptions & { readonly band: string | number | undefined },
): Promise<RasterFile> {
  if (input.at.kind === "address" && kindOfName(input) === "tiff") {
    return await openRaster(input.at.address, options);
  }
  const bytes = await readBytes(input, { ...options, maxBytes: options.maxBytes / of });
  const variable = typeof band === "string" ? band : undefined;
  return layerFile(await placedCube(bytes, input.name, variable), 0);
}

/** The shapes of a tile, in degrees. */
export async function shapesOfTile(
  { input }: Tile,
  { of, ...options }: ReadTileOptions,
): Promise<readonly ValuedShape[]> {
  const { name } = input;
  const bytes = await readBytes(input, { ...options, maxBytes: options.maxBytes / of });
  if (kindOfBytes(bytes) === "parquet") {
    const { table, geometry, epsg } = await readParquet(bytes, name);
    if (geometry !== undefined) return await inDegrees(shapesOfTable(table, geometry), epsg, name);
  } else if (kindOfBytes(bytes) === "json") {
    const found = shapesOfGeojson(parsed(bytes, name), name);
    if (found !== undefined) return await inDegrees(found.shapes, found.epsg, name);
  }
  throw new ResultsError(`Cannot show ${name}: there are no shapes in it`, {
    reason: "unsupported",
  });
}

function parsed(bytes: Uint8Array, name: string): unknown {
  try {
    return parseGeojson(decodeText(bytes));
  } catch {
    throw new ResultsError(`Cannot show ${name}: it is malformed, not JSON`, { reason: "invalid" });
  }
}
