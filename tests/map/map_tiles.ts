import type { Polygon } from "../../src/models/geojson/geojson.ts";
import type { ProcessingJobSummary } from "../../src/models/jobs.ts";
import type { UpscalingTask } from "../../src/models/upscaling.ts";
import { jobSummary } from "../support/requests.ts";

const RADIUS = 6_378_137;
const DEGREES = 180 / Math.PI;

/** Where a grid of tiles lies. */
export interface Grid {
  /** Longitude and latitude of the south-west corner. */
  readonly corner: readonly [longitude: number, latitude: number];
  /** How many tiles from west to east. */
  readonly columns: number;
  /** How many tiles from south to north. */
  readonly rows: number;
  /** The side of a tile in metres of EPSG:3857. */
  readonly size: number;
}

/** Tiles as the service cuts them: squares in EPSG:3857, by columns from the south-west corner. */
export function gridTiles({ corner, columns, rows, size }: Grid): Polygon[] {
  const x0 = corner[0] / DEGREES * RADIUS;
  const y0 = Math.asinh(Math.tan(corner[1] / DEGREES)) * RADIUS;
  const longitude = (column: number) => (x0 + column * size) / RADIUS * DEGREES;
  const latitude = (row: number) => Math.atan(Math.sinh((y0 + row * size) / RADIUS)) * DEGREES;
  const tiles: Polygon[] = [];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const [west, east] = [longitude(column), longitude(column + 1)];
      const [south, north] = [latitude(row), latitude(row + 1)];
      tiles.push({
        type: "Polygon",
        coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
      });
    }
  }
  return tiles;
}

/** The status of a job of a task on its way: begun in order, with some failures, the same every time. */
export function mixedStatus(index: number, total: number): string {
  const chance = chanceOf(index);
  const progress = index / total + (chanceOf(index + 0.5) - 0.5) * 0.08;
  if (progress < 0.62) {
    if (chance < 0.05) return "failed";
    return chance < 0.065 ? "canceled" : "finished";
  }
  if (progress < 0.74) return chance < 0.1 ? "unknown" : "running";
  return progress < 0.86 ? "queued" : "created";
}

/** A number from 0 to 1 that looks like chance. */
function chanceOf(seed: number): number {
  const value = Math.sin(seed * 12.9898 + 4.1) * 43_758.5453;
  return value - Math.floor(value);
}

/** A job for each area. */
export function jobsOver(
  areas: readonly unknown[],
  statusOf: (index: number, total: number) => string = mixedStatus,
): ProcessingJobSummary[] {
  return areas.map((area, index) => ({
    ...jobSummary(index + 1, statusOf(index, areas.length)),
    parameters: { resolution: 10, spatial_extent: area },
  }));
}

/** A task with a job for each area. */
export function taskOver(
  areas: readonly unknown[],
  statusOf?: (index: number, total: number) => string,
): UpscalingTask {
  const { service } = jobSummary(1);
  const now = new Date(Date.UTC(2026, 10, 23, 15, 38, 21));
  return {
    id: 7,
    title: "Vegetation index",
    label: "openeo",
    status: "running",
    service,
    created: now,
    updated: now,
    jobs: jobsOver(areas, statusOf),
  };
}
