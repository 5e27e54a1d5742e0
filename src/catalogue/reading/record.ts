import * as z from "zod/mini";
import { readerOf } from "../../models/schema/model.ts";
import { formatPath } from "../../models/schema/issue.ts";
import type { Price, ServiceFacts } from "../facts.ts";

/** A link of a record. */
export interface RecordLink {
  /** What it is to the service. */
  readonly rel: string;
  /** Where it leads. */
  readonly href: string;
  /** What to call it. */
  readonly title?: string | undefined;
}

/** What a record of the catalogue says of a service. */
export interface ServiceRecord {
  /** The facts of it; the parameters are not among them. */
  readonly facts: ServiceFacts;
  /** What the service does, in the words of its record. */
  readonly description: string;
  /** Its licence. */
  readonly license: string | undefined;
  /** When the record was changed last. */
  readonly updated: string | undefined;
  /** The links that lead somewhere on the web. */
  readonly links: readonly RecordLink[];
  /** Whether the catalogue keeps it to itself. */
  readonly hidden: boolean;
}

/** A reading of a record, or why it cannot be one. */
export type RecordReading =
  | { readonly ok: true; readonly record: ServiceRecord }
  | { readonly ok: false; readonly reason: string };

const MOST_DESCRIPTION = 4_000;
const MOST_TITLE = 200;
const MOST_WORDS = 40;

const text = z.nullish(z.string());
const recordSchema = z.object({
  id: z.string(),
  conformsTo: z.array(z.string()),
  properties: z.object({
    title: text,
    description: text,
    updated: text,
    license: text,
    visibility: text,
    cost_estimate: z.nullish(z.number()),
    cost_unit: text,
    cost_units: text,
    keywords: z.nullish(z.array(z.unknown())),
    formats: z.nullish(z.array(z.object({ name: text }))),
  }),
  links: z.array(z.object({ rel: z.string(), href: z.string(), title: text })),
});

const readShape = readerOf(recordSchema);

/** The one spelling of a format, by how records write it. */
const FORMATS: ReadonlyMap<string, string> = new Map(
  ["GeoTIFF", "netCDF", "GeoJSON", "JSON", "CSV", "PNG", "JPEG", "Parquet", "ESRI Shapefile"].map((
    name,
  ) => [name.toLowerCase(), name]),
);

const OGC_SERVICE = /^(https?:\/\/[^/]+)\/(.+)\/processes\/([^/]+?)\/*$/;

/**
 * Reads a record by the rules that Dispatch sets: for openEO the `service` link without slashes at its end is the
 * endpoint and the `application` link the process definition; for an OGC API the `service` link is taken apart into
 * endpoint, namespace and process. Formats lose their spellings, links that lead nowhere on the web are left out.
 *
 * @param path where the record lies, such as `algorithm_catalog/vito/max_ndvi/records/max_ndvi.json`.
 */
export function readRecord(value: unknown, path: string): RecordReading {
  const reading = readShape(value);
  if (!reading.ok) {
    const [issue] = reading.issues;
    return {
      ok: false,
      reason: issue === undefined
        ? "it is not a record"
        : [formatPath(issue.path), issue.message].filter((part) => part !== "").join(": "),
    };
  }
  const { id, conformsTo, properties, links } = reading.value;
  if (!/^[\w.-]{1,120}$/.test(id)) return { ok: false, reason: "its id is no name" };
  const details = detailsOf(conformsTo, links);
  if (typeof details === "string") return { ok: false, reason: details };
  const title = cut(properties.title ?? "", MOST_TITLE) || id;
  const price = priceOf(properties);
  return {
    ok: true,
    record: {
      facts: {
        id,
        title,
        provider: /(?:^|\/)algorithm_catalog\/([^/]+)\//.exec(path)?.[1] ?? "",
        platform: /([^/]+?)(?:\.json)?$/.exec(hrefOf(links, "platform") ?? "")?.[1] ?? "",
        ...details,
        formats: formatsOf(properties.formats ?? []),
        keywords: (properties.keywords ?? []).slice(0, MOST_WORDS)
          .flatMap((word) => typeof word === "string" ? [cut(word, MOST_TITLE)] : []),
        ...(price === undefined ? {} : { price }),
      },
      description: cut(properties.description ?? "", MOST_DESCRIPTION),
      license: properties.license ?? undefined,
      updated: properties.updated ?? undefined,
      links: links.filter(({ href }) => isWeb(href)).map(({ rel, href, title }) => ({
        rel,
        href,
        ...(title == null ? {} : { title: cut(title, MOST_TITLE) }),
      })),
      hidden: properties.visibility === "private",
    },
  };
}

type Links = readonly {
  readonly rel: string;
  readonly href: string;
  readonly title?: string | null | undefined;
}[];

/** Where a service is, or why that cannot be told. */
function detailsOf(
  conformsTo: readonly string[],
  links: Links,
): Pick<ServiceFacts, "label" | "endpoint" | "namespace" | "application"> | string {
  const service = hrefOf(links, "service");
  if (service === undefined || !isWeb(service)) return "it has no service link that leads anywhere";
  if (conformsTo.some((uri) => uri.endsWith("/core/ogc-api-processes"))) {
    const [, endpoint, namespace, application] = OGC_SERVICE.exec(service) ?? [];
    if (endpoint === undefined || namespace === undefined || application === undefined) {
      return `its service link is not {endpoint}/{namespace}/processes/{process}: ${service}`;
    }
    return { label: "ogc_api_process", endpoint, namespace, application };
  }
  if (!conformsTo.some((uri) => uri.endsWith("/core/openeo-udp"))) {
    return "it says neither that it is an openEO process nor an OGC API process";
  }
  const application = hrefOf(links, "application");
  if (application === undefined || !isWeb(application)) {
    return "it has no application link that leads to a process definition";
  }
  return { label: "openeo", endpoint: withoutSlashes(service), application };
}

/** An address as Dispatch wants an endpoint: it refuses one that ends in a slash. */
export function withoutSlashes(address: string): string {
  let end = address.length;
  while (end > 0 && address[end - 1] === "/") end--;
  return address.slice(0, end);
}

function hrefOf(links: Links, rel: string): string | undefined {
  return links.find((link) => link.rel === rel)?.href;
}

function isWeb(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") &&
    href.length <= 2_000;
}

function formatsOf(formats: readonly { readonly name?: string | null | undefined }[]): string[] {
  const names = formats.slice(0, MOST_WORDS).flatMap(({ name }) => name ? [name.trim()] : []);
  return [...new Set(names.map((name) => FORMATS.get(name.toLowerCase()) ?? cut(name, 40)))];
}

/** One record spells the unit `cost_units`. */
function priceOf(properties: {
  readonly cost_estimate?: number | null | undefined;
  readonly cost_unit?: string | null | undefined;
  readonly cost_units?: string | null | undefined;
}): Price | undefined {
  const amount = properties.cost_estimate ?? undefined;
  if (amount === undefined) return undefined;
  return { amount, unit: cut((properties.cost_unit ?? properties.cost_units ?? "").trim(), 200) };
}

function cut(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most - 1).toWellFormed()}…`;
}
