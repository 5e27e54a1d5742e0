import * as z from "zod/mini";
import { defineModel, type Model, type Open } from "../schema/model.ts";
import { timestampSchema } from "../schema/kinds.ts";
import { type MimeTypes, openMimeTypesSchema } from "./mime_types.ts";

/** A file among the results ([STAC 1.0.0, asset](https://github.com/radiantearth/stac-spec/blob/v1.0.0/item-spec/item-spec.md#asset-object)). */
export interface Asset {
  /** Where the file is; `https:`, sometimes with a signature that expires, or `s3:`. */
  readonly href: string;
  /** The media type of the file. */
  readonly type?: string | null | undefined;
  /** What the file is called. */
  readonly title?: string | null | undefined;
  /** What the file is. */
  readonly description?: string | null | undefined;
  /** What the file is for: `data`, `thumbnail`, `metadata`. */
  readonly roles?: readonly string[] | null | undefined;
  /** Fields of STAC extensions, such as `file:size` (bytes) and `proj:epsg`. */
  readonly [extra: string]: unknown;
}

/** A link to something related ([STAC 1.0.0, link](https://github.com/radiantearth/stac-spec/blob/v1.0.0/collection-spec/collection-spec.md#link-object)). */
export interface Link {
  /** Where it leads. */
  readonly href: string;
  /** What it is to this document: `self`, `canonical`, `item`. */
  readonly rel: string;
  /** The media type of what it leads to. */
  readonly type?: Open<MimeTypes> | null | undefined;
  /** What it leads to. */
  readonly title?: string | null | undefined;
  /** Fields of STAC extensions. */
  readonly [extra: string]: unknown;
}

/** Who made, processed or hosts the data. */
export interface Provider {
  /** The organisation or the person, written out. */
  readonly name: string;
  /** What they are. */
  readonly description?: string | null | undefined;
  /** What they did: `producer`, `processor`, `licensor`, `host`. */
  readonly roles?: readonly string[] | null | undefined;
  /** Their home page. */
  readonly url?: string | null | undefined;
}

/** The lowest and the highest value of a field. */
export interface Range {
  /** The lowest value. */
  readonly minimum: number | string;
  /** The highest value. */
  readonly maximum: number | string;
}

/** Where the data is. */
export interface SpatialExtent {
  /** Bounding boxes in degrees (WGS 84), the one around everything first. */
  readonly bbox: readonly (
    | readonly [number, number, number, number]
    | readonly [number, number, number, number, number, number]
  )[];
}

/** When the data was taken. */
export interface TimeInterval {
  /** Begin and end of each interval, the one around everything first; `null` leaves a side open. */
  readonly interval: readonly (readonly (Date | null)[])[];
}

/** Where and when the data is. */
export interface Extent {
  /** Where. */
  readonly spatial: SpatialExtent;
  /** When. */
  readonly temporal: TimeInterval;
}

/**
 * The results of a job ([STAC 1.0.0, collection](https://github.com/radiantearth/stac-spec/blob/v1.0.0/collection-spec/collection-spec.md)).
 * A finished OGC job without STAC output gets an invented one: `assets` is `null`, the world its extent.
 *
 * @example
 * ```ts
 * import { Collection } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const results = Collection.parse({
 *   id: "c1",
 *   type: "Collection",
 *   description: "Results",
 *   license: "proprietary",
 *   links: [],
 *   extent: {
 *     spatial: { bbox: [[12, 41, 13, 42]] },
 *     temporal: { interval: [["2025-05-01T00:00:00Z", null]] },
 *   },
 *   assets: { index: { href: "https://data.example.test/index.tif", "file:size": 1234 } },
 * });
 * assertEquals(results.assets?.index?.["file:size"], 1234);
 * ```
 */
export interface Collection {
  /** The collection's id. */
  readonly id: string;
  /** For people, in CommonMark. */
  readonly description: string;
  /** By which version of STAC it is written, such as `1.0.0`. */
  readonly stac_version?: string | undefined;
  /** Links to related documents. */
  readonly links: readonly Link[];
  /** The STAC extensions in use, by URI. */
  readonly stac_extensions?: readonly string[] | null | undefined;
  /** What it is called. */
  readonly title?: string | null | undefined;
  /** Always `"Collection"`. */
  readonly type: "Collection";
  /** The files, by name. */
  readonly assets?: Readonly<Record<string, Asset>> | null | undefined;
  /** The licence: an SPDX id, `various` or `proprietary`. */
  readonly license: string;
  /** Where and when the data is. */
  readonly extent: Extent;
  /** Words by which it is found. */
  readonly keywords?: readonly string[] | null | undefined;
  /** Who made, processed or hosts the data. */
  readonly providers?: readonly Provider[] | null | undefined;
  /** What values the data has, by field. */
  readonly summaries?:
    | Readonly<Record<string, Range | readonly unknown[] | Readonly<Record<string, unknown>>>>
    | null
    | undefined;
  /** Fields of STAC extensions. */
  readonly [extra: string]: unknown;
}

const optionalText = z.lazy(() => z.optional(z.nullable(z.string())));
const optionalTexts = z.lazy(() => z.optional(z.nullable(z.array(z.string()))));

/** The schema of {@linkcode Asset}. */
export const assetSchema = z.lazy(() =>
  z.looseObject({
    href: z.string(),
    type: optionalText,
    title: optionalText,
    description: optionalText,
    roles: optionalTexts,
  })
);

/** The schema of {@linkcode Link}. */
export const linkSchema = z.lazy(() =>
  z.looseObject({
    href: z.string(),
    rel: z.string(),
    type: z.optional(z.nullable(openMimeTypesSchema)),
    title: optionalText,
  })
);

/** The schema of {@linkcode Provider}. */
export const providerSchema = z.lazy(() =>
  z.object({
    name: z.string(),
    description: optionalText,
    roles: optionalTexts,
    url: optionalText,
  })
);

/** The schema of {@linkcode Range}. */
export const rangeSchema = z.lazy(() =>
  z.object({
    minimum: z.union([z.number(), z.string()]),
    maximum: z.union([z.number(), z.string()]),
  })
);

/** The schema of {@linkcode SpatialExtent}. */
export const spatialExtentSchema = z.lazy(() =>
  z.object({
    bbox: z.array(z.union([
      z.tuple([z.number(), z.number(), z.number(), z.number()]),
      z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
    ])),
  })
);

/** The schema of {@linkcode TimeInterval}. */
export const timeIntervalSchema = z.lazy(() =>
  z.object({
    interval: z.array(z.array(z.nullable(timestampSchema))),
  })
);

/** The schema of {@linkcode Extent}. */
export const extentSchema = z.lazy(() =>
  z.object({
    spatial: spatialExtentSchema,
    temporal: timeIntervalSchema,
  })
);

/** The schema of {@linkcode Collection}. */
export const collectionSchema = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    description: z.string(),
    stac_version: z.optional(z.string()),
    links: z.array(linkSchema),
    stac_extensions: optionalTexts,
    title: optionalText,
    type: z.literal("Collection"),
    assets: z.optional(z.nullable(z.record(z.string(), assetSchema))),
    license: z.string(),
    extent: extentSchema,
    keywords: optionalTexts,
    providers: z.optional(z.nullable(z.array(providerSchema))),
    summaries: z.optional(z.nullable(z.record(
      z.string(),
      z.union([rangeSchema, z.array(z.unknown()), z.record(z.string(), z.unknown())]),
    ))),
  })
);

/** Reads an {@linkcode Asset} from unknown data. */
export const Asset: Model<Asset> = defineModel("Asset", assetSchema);
/** Reads a {@linkcode Link} from unknown data. */
export const Link: Model<Link> = defineModel("Link", linkSchema);
/** Reads a {@linkcode Provider} from unknown data. */
export const Provider: Model<Provider> = defineModel("Provider", providerSchema);
/** Reads a {@linkcode Range} from unknown data. */
export const Range: Model<Range> = defineModel("Range", rangeSchema);
/** Reads a {@linkcode SpatialExtent} from unknown data. */
export const SpatialExtent: Model<SpatialExtent> = defineModel(
  "SpatialExtent",
  spatialExtentSchema,
);
/** Reads a {@linkcode TimeInterval} from unknown data. */
export const TimeInterval: Model<TimeInterval> = defineModel("TimeInterval", timeIntervalSchema);
/** Reads an {@linkcode Extent} from unknown data. */
export const Extent: Model<Extent> = defineModel("Extent", extentSchema);
/** Reads a {@linkcode Collection} from unknown data. */
export const Collection: Model<Collection> = defineModel("Collection", collectionSchema);

/** A file among the results of a job. */
export interface ResultFile extends Asset {
  /** What the file is called among the results. */
  readonly name: string;
}

/**
 * The files among the results of a job; none where there are no results.
 *
 * @example
 * ```ts
 * import { Collection, resultFiles } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const results = Collection.parse({
 *   id: "c1",
 *   type: "Collection",
 *   description: "Results",
 *   license: "proprietary",
 *   links: [],
 *   extent: { spatial: { bbox: [[12, 41, 13, 42]] }, temporal: { interval: [[null, null]] } },
 *   assets: { "index.tif": { href: "https://data.example.test/index.tif" } },
 * });
 * for (const { name, href } of resultFiles(results)) {
 *   assertEquals([name, href], ["index.tif", "https://data.example.test/index.tif"]);
 * }
 * ```
 */
export function resultFiles(results: Collection | null): readonly ResultFile[] {
  return Object.entries(results?.assets ?? {}).map(([name, asset]) => ({ ...asset, name }));
}
