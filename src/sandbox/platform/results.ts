import { areaOf, type Box } from "./area.ts";
import { toGeoTiff } from "./geotiff.ts";
import type { PlatformJob } from "../service/state.ts";
import { cellsOf } from "./vegetation.ts";

const GRID_SIZE = 8;
const RASTER_SIZE = 32;
const GEOJSON = "vegetation_index.geojson";
const GEOTIFF = "vegetation_index.tif";
const COLLECTION = "collection.json";

/** How long a link to a file holds, in seconds of the sandbox's clock. */
const LINK_LIFETIME = 3600;

/** A file that a job made. */
export interface ResultFile {
  /** Its media type. */
  readonly type: string;
  /** What it holds. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What the links of a job's results need to know. */
export interface LinkOptions {
  /** Where the sandbox is. */
  readonly origin: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * The results of a finished job as a STAC Collection, with null where the service sends null. It has
 * two files whatever the format, the one that was asked for first.
 */
export async function collectionOf(job: PlatformJob, options: LinkOptions): Promise<object> {
  const order = job.format === "gtiff" ? [GEOTIFF, GEOJSON] : [GEOJSON, GEOTIFF];
  const assets: [string, object][] = [];
  for (const name of order) {
    const file = await fileOf(job, name, options);
    if (file !== undefined) assets.push([name, await assetOf(job, { name, file, options })]);
  }
  const self = await signedLink(job, COLLECTION, options);
  const link = { href: self, rel: "self", type: "application/json", title: null };
  return {
    id: job.id,
    description: "Results",
    stac_version: "1.0.0",
    links: [link, { ...link, rel: "canonical", title: "Signed" }],
    stac_extensions: [],
    title: `Results of ${job.id}`,
    type: "Collection",
    assets: Object.fromEntries(assets),
    license: "proprietary",
    extent: {
      spatial: { bbox: [areaOf(job.arguments)] },
      temporal: { interval: [temporalExtent(job)] },
    },
    keywords: null,
    providers: null,
    summaries: { constellation: ["sentinel-2"] },
  };
}

async function assetOf(
  job: PlatformJob,
  { name, file, options }: { name: string; file: ResultFile; options: LinkOptions },
): Promise<object> {
  return {
    href: await signedLink(job, name, options),
    type: file.type,
    title: name === GEOTIFF ? name : null,
    description: null,
    roles: ["data"],
    "file:size": file.content.byteLength,
    "proj:epsg": 4326,
  };
}

/** One file of a job; none if it has no file of that name. */
export async function fileOf(
  job: PlatformJob,
  name: string,
  options: LinkOptions,
): Promise<ResultFile | undefined> {
  const box = areaOf(job.arguments);
  if (name === GEOJSON) return { type: "application/geo+json", content: encode(cells(box)) };
  if (name === GEOTIFF) {
    const content = await vegetationRaster(box);
    return { type: "image/tiff; application=geotiff", content };
  }
  if (name === COLLECTION) {
    return { type: "application/json", content: encode(await collectionOf(job, options)) };
  }
  return undefined;
}

/** The index over an area as a GeoTIFF. */
export function vegetationRaster(box: Box): Promise<Uint8Array<ArrayBuffer>> {
  const values = cellsOf(box, RASTER_SIZE).map(({ value }) => value);
  return toGeoTiff({ box, size: RASTER_SIZE, values });
}

function cells(box: Box): object {
  return {
    type: "FeatureCollection",
    bbox: box,
    features: cellsOf(box, GRID_SIZE).map(({ row, column, box, value }, index) => {
      const [west, south, east, north] = box;
      const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
      return {
        type: "Feature",
        id: index + 1,
        geometry: { type: "Polygon", coordinates: [ring] },
        properties: { row, column, value },
      };
    }),
  };
}

function encode(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

function temporalExtent({ arguments: parameters, created }: PlatformJob): readonly string[] {
  const given = parameters.temporal_extent;
  if (Array.isArray(given) && given.length === 2 && given.every(isDate)) {
    return given.map((text) => new Date(text).toISOString());
  }
  const month = 30 * 24 * 3600 * 1000;
  return [new Date(created - month).toISOString(), new Date(created).toISOString()];
}

function isDate(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

/** A link to a file that needs no token, only its own signature, for an hour. */
async function signedLink(job: PlatformJob, name: string, options: LinkOptions): Promise<string> {
  const expires = Math.floor(options.now / 1000) + LINK_LIFETIME;
  const signature = await sign(job.id, name, expires);
  return `${options.origin}/sandbox/assets/${job.id}/${name}?signature=${signature}&expires=${expires}`;
}

/** Whether the query of a link to a file is in order at a time. */
export async function isSigned(
  query: URLSearchParams,
  { id, name, now }: { id: string; name: string; now: number },
): Promise<boolean> {
  const expires = Number(query.get("expires"));
  return expires * 1000 > now && query.get("signature") === await sign(id, name, expires);
}

/** A digest without a key: it looks like a signature and guards nothing, as nothing needs it. */
async function sign(id: string, name: string, expires: number): Promise<string> {
  const text = new TextEncoder().encode(`${id}/${name}?${expires}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", text)).toHex();
}
