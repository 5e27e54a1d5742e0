import type { Box } from "./area.ts";

/** A raster over an area in EPSG:4326, row by row from the north-west corner. */
export interface Raster {
  /** Where it is. */
  readonly box: Box;
  /** How many pixels a side has: a multiple of 16, because tiles are. */
  readonly size: number;
  /** The values, a list for each band. */
  readonly bands: readonly (readonly number[])[];
  /** What each band is called. */
  readonly names: readonly string[];
  /** The value that stands for none. */
  readonly noData: number;
  /** The colours of the values from 0 on, for a raster of classes; without them, values are 32-bit. */
  readonly palette?: readonly (readonly [red: number, green: number, blue: number])[];
}

/** How many pixels a side of a tile has. */
const TILE = 32;

/** One directory of a TIFF: an image, or a smaller picture of it. */
interface Level {
  readonly size: number;
  readonly bands: Raster["bands"];
}

type Field = readonly [
  tag: number,
  type: "ascii" | "short" | "long" | "double",
  values: readonly number[] | string,
];

const TYPES = { ascii: [2, 1], short: [3, 2], long: [4, 4], double: [12, 8] } as const;

/**
 * A raster as a cloud-optimised GeoTIFF: tiles, deflated, the directories in front of them, and an
 * overview of half the size. Little-endian, pixel by pixel.
 */
export async function toGeoTiff(raster: Raster): Promise<Uint8Array<ArrayBuffer>> {
  const levels: Level[] = [raster, halved(raster)];
  const tiles = await Promise.all(levels.map((level) => tilesOf(level, raster)));
  const directories = levels.map((level, index) => fieldsOf(level, raster, index > 0));
  // The place of every tile follows from the sizes of the directories, which do not depend on it.
  let at = 8;
  const places = directories.map((fields, index) => {
    const place = at;
    at += sizeOf([...fields, ...tileFields(tiles[index] ?? [], 0)]);
    return place;
  });
  const blocks: Uint8Array[] = [];
  for (const [index, fields] of directories.entries()) {
    const own = tiles[index] ?? [];
    const all = [...fields, ...tileFields(own, at)].sort(([a], [b]) => a - b);
    blocks.push(directory(all, places[index] ?? 0, places[index + 1] ?? 0));
    at += own.reduce((sum, { length }) => sum + length, 0);
  }
  return joined([new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0]), ...blocks, ...tiles.flat()]);
}

function fieldsOf({ size }: Level, raster: Raster, isOverview: boolean): Field[] {
  const { box: [west, south, east, north], bands, names, noData, palette } = raster;
  const count = bands.length;
  const each = (value: number) => Array.from({ length: count }, () => value);
  const items = names.map((name, sample) =>
    `<Item name="DESCRIPTION" sample="${sample}" role="description">${name}</Item>`
  );
  return [
    [254, "long", [isOverview ? 1 : 0]],
    [256, "short", [size]],
    [257, "short", [size]],
    [258, "short", each(palette === undefined ? 32 : 8)],
    [259, "short", [8]],
    [262, "short", [palette === undefined ? 1 : 3]],
    [277, "short", [count]],
    [284, "short", [1]],
    [322, "short", [TILE]],
    [323, "short", [TILE]],
    ...(count > 1 ? [[338, "short", each(0).slice(1)] satisfies Field] : []),
    [339, "short", each(palette === undefined ? 3 : 1)],
    ...(palette === undefined ? [] : [[320, "short", colourMap(palette)] satisfies Field]),
    [42113, "ascii", String(noData)],
    ...(isOverview ? [] : [
      [33550, "double", [(east - west) / size, (north - south) / size, 0]] satisfies Field,
      [33922, "double", [0, 0, 0, west, north, 0]] satisfies Field,
      // Geographic, pixels are areas, EPSG:4326.
      [34735, "short", [
        1,
        1,
        0,
        3,
        1024,
        0,
        1,
        2,
        1025,
        0,
        1,
        1,
        2048,
        0,
        1,
        4326,
      ]] satisfies Field,
      [42112, "ascii", `<GDALMetadata>${items.join("")}</GDALMetadata>`] satisfies Field,
    ]),
  ];
}

/** The 256 reds, then the greens, then the blues, each from 0 to 65,535. */
function colourMap(palette: NonNullable<Raster["palette"]>): number[] {
  return [0, 1, 2].flatMap((part) =>
    Array.from({ length: 256 }, (_, value) => (palette[value]?.[part] ?? 0) * 257)
  );
}

function tileFields(tiles: readonly Uint8Array[], at: number): Field[] {
  let next = at;
  const offsets = tiles.map(({ length }) => (next += length) - length);
  return [[324, "long", offsets], [325, "long", tiles.map(({ length }) => length)]];
}

/** How many bytes a directory takes with the values that do not fit into it. */
function sizeOf(fields: readonly Field[]): number {
  return 2 + fields.length * 12 + 4 +
    fields.reduce((sum, field) => sum + outside(valueOf(field)), 0);
}

function outside({ length }: Uint8Array): number {
  return length <= 4 ? 0 : length + length % 2;
}

function directory(fields: readonly Field[], at: number, next: number): Uint8Array {
  const bytes = new Uint8Array(sizeOf(fields));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, fields.length, true);
  let free = 2 + fields.length * 12 + 4;
  for (const [index, field] of fields.entries()) {
    const place = 2 + index * 12;
    const value = valueOf(field);
    const [type, size] = TYPES[field[1]];
    view.setUint16(place, field[0], true);
    view.setUint16(place + 2, type, true);
    view.setUint32(place + 4, value.length / size, true);
    if (value.length <= 4) bytes.set(value, place + 8);
    else {
      view.setUint32(place + 8, at + free, true);
      bytes.set(value, free);
      free += outside(value);
    }
  }
  view.setUint32(2 + fields.length * 12, next, true);
  return bytes;
}

function valueOf([, type, values]: Field): Uint8Array {
  if (typeof values === "string") return new TextEncoder().encode(`${values}\0`);
  const size = TYPES[type][1];
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (const [index, value] of values.entries()) {
    if (type === "short") view.setUint16(index * size, value, true);
    else if (type === "long") view.setUint32(index * size, value, true);
    else view.setFloat64(index * size, value, true);
  }
  return new Uint8Array(view.buffer);
}

/** The same with half as many pixels a side: of every four, the one in the north-west. */
function halved({ size, bands }: Level): Level {
  const half = size / 2;
  return {
    size: half,
    bands: bands.map((values) =>
      Array.from({ length: half * half }, (_, index) => {
        const [row, column] = [Math.floor(index / half), index % half];
        return values[row * 2 * size + column * 2] ?? 0;
      })
    ),
  };
}

async function tilesOf(
  { size, bands }: Level,
  { palette, noData }: Raster,
): Promise<Uint8Array[]> {
  const across = Math.ceil(size / TILE);
  const width = palette === undefined ? 4 : 1;
  return await Promise.all(Array.from({ length: across * across }, (_, tile) => {
    const view = new DataView(new ArrayBuffer(TILE * TILE * bands.length * width));
    for (let pixel = 0; pixel < TILE * TILE; pixel++) {
      const row = Math.floor(tile / across) * TILE + Math.floor(pixel / TILE);
      const column = tile % across * TILE + pixel % TILE;
      for (const [band, values] of bands.entries()) {
        const value = row < size && column < size ? values[row * size + column] ?? noData : noData;
        const at = (pixel * bands.length + band) * width;
        if (palette === undefined) view.setFloat32(at, value, true);
        else view.setUint8(at, value);
      }
    }
    return deflated(new Uint8Array(view.buffer));
  }));
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
