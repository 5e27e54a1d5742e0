import { isObject } from "../core/objects.ts";
import { finish } from "../core/waiting.ts";
import type {
  AnyFeature,
  BBox,
  FeatureCollection,
  Geometry,
  GeometryCollection,
} from "../models/geojson/geojson.ts";
import type { ProcessingJobSummary } from "../models/jobs.ts";
import type { UpscalingTask } from "../models/upscaling.ts";
import type { BoundingBox } from "./box.ts";
import { findGeometry, readGeometry } from "./read/read_geometry.ts";

/** What lies somewhere: a geometry, a feature, a bounding box. */
export type Area = Geometry | AnyFeature | FeatureCollection<AnyFeature> | BoundingBox | BBox;

/** What has footprints: tiles, a task, jobs, also such as have no number yet, features, or areas as they are. */
export type FootprintSource =
  | UpscalingTask
  | ProcessingJobSummary
  | readonly (
    & Pick<ProcessingJobSummary, "parameters" | "status">
    & Partial<Pick<ProcessingJobSummary, "id">>
  )[]
  | GeometryCollection
  | Area
  | readonly Area[];

/** One footprint. */
export interface Footprint {
  /** Where it is. */
  readonly geometry: Geometry;
  /** How far the job there is, where there is one. */
  readonly status: string | undefined;
  /** The number of the job there, where there is one. */
  readonly label?: string | undefined;
}

/** The footprints of something. */
export interface Footprints {
  /** What each of them is. */
  readonly noun: "tile" | "job" | "area";
  /** Those that have a place. */
  readonly placed: readonly Footprint[];
  /** How many have none. */
  readonly missing: number;
  /** How many there are of each status, with a place or without. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * The footprints of tiles, of the jobs of a task, of jobs, of features, or of areas as they are. What has no
 * place that can be read is counted.
 *
 * @param dimension the parameter of the jobs that says where, if it is known.
 */
export function geometriesOf(source: FootprintSource, dimension?: string): Footprints {
  return finish(geometriesInTurns(source, dimension));
}

/** The same, with a stop after every few thousand. */
export function* geometriesInTurns(
  source: FootprintSource,
  dimension?: string,
): Generator<void, Footprints> {
  const { noun, items } = readItems(source);
  const placed: Footprint[] = [];
  const counts = new Map<string, number>();
  let missing = 0;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const { geometry, status } = attempt(item, dimension);
    if (status !== undefined) counts.set(status, (counts.get(status) ?? 0) + 1);
    if (geometry === undefined) missing++;
    else placed.push(labelled({ geometry, status }, item));
    if (index % TURN === TURN - 1) yield;
  }
  return { noun, placed, missing, counts };
}

/** So many footprints are read without a stop. */
const TURN = 4_096;

interface Items extends Pick<Footprints, "noun"> {
  readonly items: readonly unknown[];
}

/** Data of any kind may be handed in, getters that throw included. */
function readItems(source: unknown): Items {
  try {
    return itemsOf(source);
  } catch {
    return { noun: "area", items: [source] };
  }
}

function itemsOf(source: unknown): Items {
  // A list of numbers is one bounding box.
  if (Array.isArray(source) && !source.some((item) => typeof item === "number")) {
    return { noun: source.some(isJob) ? "job" : "area", items: source };
  }
  if (isObject(source)) {
    if (Array.isArray(source.jobs)) return { noun: "tile", items: source.jobs };
    if (isJob(source)) return { noun: "job", items: [source] };
    if (source.type === "GeometryCollection" && Array.isArray(source.geometries)) {
      return { noun: "tile", items: source.geometries };
    }
    if (source.type === "FeatureCollection" && Array.isArray(source.features)) {
      return { noun: "area", items: source.features };
    }
  }
  return { noun: "area", items: [source] };
}

function attempt(
  item: unknown,
  dimension: string | undefined,
): { geometry: Geometry | undefined; status: string | undefined } {
  try {
    return { geometry: placeOf(item, dimension), status: statusOf(item) };
  } catch {
    return { geometry: undefined, status: undefined };
  }
}

function placeOf(item: unknown, dimension: string | undefined): Geometry | undefined {
  return isJob(item) ? findGeometry(item.parameters, dimension) : readGeometry(item);
}

function labelled(footprint: Footprint, item: unknown): Footprint {
  if (footprint.status === undefined || !isJob(item)) return footprint;
  return "id" in item && Number.isSafeInteger(item.id)
    ? { ...footprint, label: `${item.id}` }
    : footprint;
}

function statusOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const { status } = item.type === "Feature" && isObject(item.properties) ? item.properties : item;
  return typeof status === "string" ? status : undefined;
}

function isJob(
  item: unknown,
): item is { readonly parameters: Readonly<Record<string, unknown>> } {
  return isObject(item) && isObject(item.parameters);
}
