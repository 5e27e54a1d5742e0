import * as z from "zod/mini";
import { isObject } from "../../core/objects.ts";
import type { Price, ServiceFacts } from "../facts.ts";
import { shapeReader } from "./definition.ts";

/** Where a record points to: a process definition, a platform, a notebook. */
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

// Of what is only shown, a part that cannot be read costs that part and no more.
const recordSchema = z.object({
  id: z.string(),
  conformsTo: z.union([z.string(), z.array(z.unknown())]),
  properties: z.record(z.string(), z.unknown()),
  links: z.array(z.unknown()),
});

const readShape = shapeReader(recordSchema);

/** The one spelling of a format, by how records write it. */
const FORMATS: ReadonlyMap<string, string> = new Map(
  ["GeoTIFF", "netCDF", "GeoJSON", "JSON", "CSV", "PNG", "JPEG", "Parquet", "ESRI Shapefile"].map((
    name,
  ) => [name.toLowerCase(), name]),
);

const OGC_SERVICE = /^(https?:\/\/[^/]+)\/(.+)\/processes\/([^/]+)\/?$/;

/**
 * Reads a record by the rules that Dispatch sets: for openEO the `service` link without slashes at its end is the
 * endpoint and the `application` link the process definition; for an OGC API the `service` link is taken apart into
 * endpoint, namespace and process. Formats lose their spellings, links that lead nowhere on the web are left out.
 *
 * @param path where the record lies, such as `algorithm_catalog/vito/max_ndvi/records/max_ndvi.json`.
 */
export function readRecord(value: unknown, path: string): RecordReading {
  const reading = readShape(value);
  if (!reading.ok) return reading;
  const { id, properties } = reading.value;
  const conformsTo = textsIn(reading.value.conformsTo).map(withoutSlashes);
  const links = reading.value.links.flatMap(linkOf);
  if (!/^[\w.-]{1,120}$/.test(id)) return { ok: false, reason: "its id is no name" };
  const details = detailsOf(conformsTo, links);
  if (typeof details === "string") return { ok: false, reason: details };
  const title = cut(textOf(properties.title) ?? "", MOST_TITLE) || id;
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
        formats: formatsOf(properties.formats),
        keywords: textsIn(properties.keywords).slice(0, MOST_WORDS)
          .map((word) => cut(word, MOST_TITLE)),
        ...(price === undefined ? {} : { price }),
      },
      description: cut(textOf(properties.description) ?? "", MOST_DESCRIPTION),
      license: textOf(properties.license),
      updated: textOf(properties.updated),
      links: links.filter(({ href }) => isWeb(href)),
      hidden: textOf(properties.visibility)?.trim().toLowerCase() === "private",
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list, or the one text that stands in its place. */
function textsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

function linkOf(value: unknown): readonly RecordLink[] {
  if (!isObject(value)) return [];
  const { rel, href, title } = value;
  if (typeof rel !== "string" || typeof href !== "string") return [];
  const called = typeof title === "string" ? { title: cut(title, MOST_TITLE) } : {};
  return [{ rel, href: href.trim(), ...called }];
}

type Details = Pick<
  ServiceFacts,
  "label" | "endpoint" | "namespace" | "application" | "obstacle"
>;

/** Where a service is, or why that cannot be told. */
function detailsOf(
  conformsTo: readonly string[],
  links: readonly RecordLink[],
): Details | string {
  const service = hrefOf(links, "service")?.replace(/[?#].*$/s, "");
  if (service === undefined || !isWeb(service)) return "it has no service link that leads anywhere";
  if (conformsTo.some((uri) => uri.endsWith("/core/ogc-api-processes"))) {
    const [, endpoint, path = "", application] = OGC_SERVICE.exec(service) ?? [];
    const namespace = withoutSlashes(path).replace(/^\/+/, "");
    if (endpoint === undefined || namespace === "" || application === undefined) {
      return `its service link is not {endpoint}/{namespace}/processes/{process}: ${service}`;
    }
    const obstacle = namespace.includes(":")
      ? { obstacle: `Dispatch could never read its jobs: its namespace ${namespace} holds a colon` }
      : {};
    return { label: "ogc_api_process", endpoint, namespace, application, ...obstacle };
  }
  if (!conformsTo.some((uri) => uri.endsWith("/core/openeo-udp"))) {
    return "it says neither that it is an openEO process nor an OGC API process";
  }
  const application = hrefOf(links, "application");
  if (application === undefined || !isWeb(application)) {
    const relative = application !== undefined && URL.canParse(application, service);
    return `it has no application link that leads to a process definition${
      relative ? `: ${cut(application, 80)} is no address on the web` : ""
    }`;
  }
  return { label: "openeo", endpoint: withoutSlashes(service), application };
}

/** An address as Dispatch wants an endpoint: it refuses one that ends in a slash. */
export function withoutSlashes(address: string): string {
  let end = address.length;
  while (end > 0 && address[end - 1] === "/") end--;
  return address.slice(0, end);
}

function hrefOf(links: readonly RecordLink[], rel: string): string | undefined {
  return links.find((link) => link.rel === rel)?.href;
}

function isWeb(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" && url.password === "" && href.length <= 2_000;
}

function formatsOf(formats: unknown): string[] {
  const names = (Array.isArray(formats) ? formats : []).slice(0, MOST_WORDS)
    .flatMap((format: unknown) => textOf(isObject(format) ? format.name : format)?.trim() || []);
  return [...new Set(names.map((name) => FORMATS.get(name.toLowerCase()) ?? cut(name, 40)))];
}

/** A price is a number that is none below nothing. One record spells the unit `cost_units`. */
function priceOf(
  { cost_estimate: amount, cost_unit, cost_units }: Readonly<Record<string, unknown>>,
): Price | undefined {
  if (typeof amount !== "number" || !Number.isFinite(amount) || amount < 0) return undefined;
  return { amount, unit: cut((textOf(cost_unit) ?? textOf(cost_units) ?? "").trim(), 200) };
}

function cut(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most - 1).toWellFormed()}…`;
}
