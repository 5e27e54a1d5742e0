import type { PlatformJob } from "../service/state.ts";
import type { SandboxResult, SandboxService } from "../service/world.ts";
import { areaOf, type Box } from "./area.ts";
import { type Maker, MAKERS, vegetationRaster } from "./makers.ts";
import { findService } from "./services.ts";

/** What the links of a job's results need to know. */
interface LinkOptions {
  /** Where the sandbox is. */
  readonly origin: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  /** How long a link holds, in milliseconds. */
  readonly linkLife: number;
}

/** What a link to a file says of itself. */
export interface LinkParts {
  /** The platform's id of the job. */
  readonly id: string;
  /** The user's id, as it stands in the path. */
  readonly user: string;
  readonly signature: string;
  /** The file. */
  readonly name: string;
  /** Until when it holds, in seconds since 1970. */
  readonly expires: number;
}

/** The path of a signed link, as a router reads it. */
export const SIGNED_PATH = "/sandbox/files/jobs/:id/results/assets/:user/:signature/:name";

/** A link to a file that needs no token: signature and user are in its path, and it ends. */
export async function signedLink(
  job: PlatformJob,
  name: string,
  { origin, now, linkLife }: LinkOptions,
): Promise<string> {
  const user = new TextEncoder().encode(job.user).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  const expires = Math.floor((now + linkLife) / 1000);
  const signature = await signatureOf({ id: job.id, user, name, expires });
  return `${origin}/sandbox/files/jobs/${job.id}/results/assets/${user}/${signature}/${name}?expires=${expires}`;
}

/** Whether a link to a file is genuine, whether or not it still holds. */
export async function isGenuine({ signature, ...parts }: LinkParts): Promise<boolean> {
  return signature === await signatureOf(parts);
}

/** A digest without a key: it looks like a signature and guards nothing, as nothing needs it. */
async function signatureOf(
  { id, user, name, expires }: Omit<LinkParts, "signature">,
): Promise<string> {
  const text = new TextEncoder().encode(`${id}/${user}/${name}?${expires}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", text)).toHex().slice(0, 32);
}

const COLLECTION = "collection.json";

/** What a job of a service that says nothing makes. */
const USUAL: readonly SandboxResult[] = ["features", "raster"];

/** What is meant by a format that a request names. */
const FORMATS: Readonly<Record<string, readonly SandboxResult[]>> = {
  gtiff: ["raster", "classes"],
  geojson: ["features"],
  json: ["series"],
  netcdf: ["cube"],
};

/** A file that a job made. */
export interface ResultFile {
  /** Its media type. */
  readonly type: string;
  /** What it holds. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What is needed to hand out results. */
export interface ResultOptions extends LinkOptions {
  /** The services, which say what their jobs make. */
  readonly services: readonly SandboxService[];
}

/** What a job makes: as its service says, what its format means first. */
export function kindsOf(
  { label, service, format }: Pick<PlatformJob, "label" | "service" | "format">,
  services: readonly SandboxService[],
): readonly SandboxResult[] {
  const kinds = findService(services, label, service)?.results ?? USUAL;
  const wanted = FORMATS[format] ?? [];
  return [
    ...kinds.filter((kind) => wanted.includes(kind)),
    ...kinds.filter((kind) => !wanted.includes(kind)),
  ];
}

/**
 * The results of a finished job as a STAC Collection, with null where the service sends null. Those of a
 * job that makes items have no assets but links to the items.
 */
export async function collectionOf(job: PlatformJob, options: ResultOptions): Promise<object> {
  const kinds = kindsOf(job, options.services);
  const makers = kinds.flatMap((kind) => kind === "items" ? [] : [MAKERS[kind]]);
  const assets = await Promise.all(
    makers.map(async (maker) => [maker.name, await assetOf(job, { maker, options })] as const),
  );
  const links = kinds.includes("items") ? itemLinks(job, options) : await selfLinks(job, options);
  return {
    id: job.id,
    description: "Results",
    stac_version: "1.0.0",
    links,
    stac_extensions: [],
    title: `Results of ${job.id}`,
    type: "Collection",
    assets: assets.length === 0 ? null : Object.fromEntries(assets),
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

async function selfLinks(job: PlatformJob, options: ResultOptions): Promise<object[]> {
  const href = await signedLink(job, COLLECTION, options);
  const link = { href, rel: "self", type: "application/json", title: null };
  return [link, { ...link, rel: "canonical", title: "Signed" }];
}

async function assetOf(
  job: PlatformJob,
  { maker, options }: { readonly maker: Maker; readonly options: ResultOptions },
): Promise<object> {
  const { name, type, facts, make } = maker;
  return {
    href: await signedLink(job, name, options),
    type,
    title: name.endsWith(".tif") ? name : null,
    description: null,
    roles: ["data"],
    "file:size": (await make(job.arguments)).byteLength,
    ...facts,
  };
}

/** One file of a job; none if it has no file of that name. */
export async function fileOf(
  job: PlatformJob,
  name: string,
  options: ResultOptions,
): Promise<ResultFile | undefined> {
  if (name === COLLECTION) return json(await collectionOf(job, options));
  for (const kind of kindsOf(job, options.services)) {
    const maker = kind === "items" ? undefined : MAKERS[kind];
    if (maker?.name === name) {
      return { type: maker.type, content: await maker.make(job.arguments) };
    }
  }
  return undefined;
}

/** How many items a job makes: one for each half of its area. */
const ITEMS = 2;

/** Where the items of a job are: open to anyone who knows the job's id, as some platforms have them. */
export const ITEMS_PATH = "/sandbox/stac/:id";

function itemLinks(job: PlatformJob, { origin }: ResultOptions): object[] {
  const self = `${origin}${ITEMS_PATH.replace(":id", job.id)}/${COLLECTION}`;
  return [
    { href: self, rel: "self", type: "application/json", title: null },
    ...Array.from({ length: ITEMS }, (_, index) => ({
      href: `./items/item-${index + 1}.json`,
      rel: "item",
      type: "application/geo+json",
      title: null,
    })),
  ];
}

/** A document or file of the item tree of a job; none if there is no such thing. */
export async function itemFileOf(
  job: PlatformJob,
  path: string,
  options: ResultOptions,
): Promise<ResultFile | undefined> {
  if (!kindsOf(job, options.services).includes("items")) return undefined;
  if (path === COLLECTION) return json(await collectionOf(job, options));
  const [, number, extension] = /^items\/(?:item-|water_mask_)(\d)\.(json|tif)$/.exec(path) ?? [];
  const index = Number(number) - 1;
  if (!(index >= 0 && index < ITEMS)) return undefined;
  const [west, south, east, north] = areaOf(job.arguments);
  const width = (east - west) / ITEMS;
  const box: Box = [west + index * width, south, west + (index + 1) * width, north];
  return extension === "tif"
    ? { type: MAKERS.raster.type, content: await vegetationRaster(box) }
    : json(itemOf(job, { index, box }));
}

function itemOf(
  job: PlatformJob,
  { index, box }: { readonly index: number; readonly box: Box },
): object {
  const [west, south, east, north] = box;
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return {
    type: "Feature",
    stac_version: "1.0.0",
    id: `item-${index + 1}`,
    geometry: { type: "Polygon", coordinates: [ring] },
    bbox: box,
    properties: { datetime: temporalExtent(job)[0] },
    links: [{ href: `../${COLLECTION}`, rel: "collection", type: "application/json" }],
    assets: {
      water_mask: {
        href: `./water_mask_${index + 1}.tif`,
        type: MAKERS.raster.type,
        roles: ["data"],
      },
    },
  };
}

function json(value: object): ResultFile {
  return { type: "application/json", content: new TextEncoder().encode(JSON.stringify(value)) };
}

function temporalExtent({ arguments: given, created }: PlatformJob): readonly string[] {
  const extent = given.temporal_extent;
  if (Array.isArray(extent) && extent.length === 2 && extent.every(isDate)) {
    return extent.map((text) => new Date(text).toISOString());
  }
  const month = 30 * 24 * 3600 * 1000;
  return [new Date(created - month).toISOString(), new Date(created).toISOString()];
}

function isDate(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
