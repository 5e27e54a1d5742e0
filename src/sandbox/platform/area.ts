import { extentOf } from "../../geo/extent.ts";
import { readGeometry } from "../../geo/read/read_geometry.ts";

/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** The area of a job that names none: a degree square in Latium. */
export const DEFAULT_BOX: Box = [12, 41, 13, 42];

const NAMES = ["bbox", "spatial_extent", "bounding_box", "aoi", "extent", "geometry"];

/**
 * The area that a job's parameters ask for: an array of four numbers, an object with `west`, `south`,
 * `east`, `north`, or GeoJSON of any kind. Parameters with a usual name go before the others.
 */
export function areaOf(parameters: Readonly<Record<string, unknown>>): Box {
  const usual = NAMES.filter((name) => Object.hasOwn(parameters, name));
  const others = Object.keys(parameters).filter((name) => !NAMES.includes(name));
  for (const name of [...usual, ...others]) {
    const box = readArea(parameters[name]);
    if (box !== undefined) return box;
  }
  return DEFAULT_BOX;
}

function readArea(value: unknown): Box | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 4 ? toBox(value) : undefined;
  if ("west" in value && "south" in value && "east" in value && "north" in value) {
    return toBox([value.west, value.south, value.east, value.north]);
  }
  if ("type" in value) {
    const geometry = readGeometry(value);
    const extent = geometry === undefined ? undefined : extentOf([geometry]);
    if (extent === undefined) return undefined;
    const { longitudes: [west, east], latitudes: [south, north] } = extent;
    return toBox([west, south, east, north]);
  }
  return undefined;
}

function toBox([west, south, east, north]: readonly unknown[]): Box | undefined {
  if (
    typeof west !== "number" || typeof south !== "number" || typeof east !== "number" ||
    typeof north !== "number"
  ) return undefined;
  return Math.abs(west) <= 360 && Math.abs(east) <= 360 && west < east &&
      south >= -90 && north <= 90 && south < north
    ? [west, south, east, north]
    : undefined;
}

/** One cell of a grid over an area. */
export interface Cell {
  /** The row, from north to south. */
  readonly row: number;
  /** The column, from west to east. */
  readonly column: number;
  /** Where it is. */
  readonly box: Box;
  /** The index at its centre. */
  readonly value: number;
}

/**
 * A vegetation index at a place: a smooth field between -0.2 and 0.95 with something like woods,
 * fields and water. It is made up, and the same for the same place every time.
 */
export function vegetationIndex(longitude: number, latitude: number): number {
  const value = 0.42 + 0.26 * Math.sin(longitude * 7.3 + 1) * Math.cos(latitude * 5.1) +
    0.17 * Math.sin((longitude + latitude) * 23) + 0.08 * Math.cos(longitude * 61 - latitude * 47);
  return Math.round(Math.min(0.95, Math.max(-0.2, value)) * 10_000) / 10_000;
}

/** The cells of a square grid over an area, row by row from the north-west corner. */
export function cellsOf([west, south, east, north]: Box, size: number): Cell[] {
  const width = (east - west) / size;
  const height = (north - south) / size;
  return Array.from({ length: size * size }, (_, index) => {
    const row = Math.floor(index / size);
    const column = index % size;
    const left = west + column * width;
    const top = north - row * height;
    return {
      row,
      column,
      box: [left, top - height, left + width, top],
      value: vegetationIndex(left + width / 2, top - height / 2),
    };
  });
}
