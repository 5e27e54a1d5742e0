import { DispatchError } from "../core/dispatch_error.ts";
import { escapeHtml } from "../core/text.ts";
import { isObject } from "../core/objects.ts";
import { isSecretName } from "../core/secrets.ts";
import { clean, HIDDEN, redact, redactJson } from "../core/redact.ts";
import {
  toFeatureCollection,
  type ToFeatureCollectionOptions,
} from "../geo/to_feature_collection.ts";
import type { ProcessingJobSummary } from "../models/jobs.ts";
import type { Collection } from "../models/stac/stac.ts";
import type { UpscalingTask } from "../models/upscaling.ts";
import { type Displayable, jupyterDisplay, tableData } from "./render/displayable.ts";
import { locate } from "./render/link.ts";

/**
 * What can become a table in a file: a table, a list of jobs, tasks or parameters, the results of a job, or a table or
 * series that was read from a file.
 */
export type CsvSource =
  | Displayable
  | Collection
  | readonly object[]
  | { readonly rows: readonly object[] }
  | { readonly dates: readonly Date[]; readonly values: readonly unknown[] };

/** How a table becomes a file. */
export interface ToCsvOptions {
  /**
   * Whether signed addresses are written. Whoever gets the file gets what they lead to, until they end.
   *
   * @default {false}
   */
  readonly links?: boolean | undefined;
}

/**
 * A table as CSV ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)), with every row that belongs to it and every
 * value whole: of jobs each parameter has a column of its own. Times are in UTC. What a spreadsheet would take for a
 * formula begins with `'`.
 *
 * @throws {DispatchError} if there are no rows in it, such as in a card.
 *
 * @example
 * ```ts
 * import { jobsTable, toCsv, type ProcessingJobSummary } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const job: ProcessingJobSummary = {
 *   id: 42,
 *   title: "Vegetation index, Latium",
 *   label: "openeo",
 *   status: "running",
 *   service: { endpoint: "https://openeo.example.test", application: "ndvi" },
 *   parameters: { resolution: 10 },
 * };
 * assertEquals(toCsv(jobsTable([job])).split("\r\n").slice(0, 2), [
 *   "id,title,label,status,service.endpoint,service.application,parameters.resolution",
 *   '42,"Vegetation index, Latium",openeo,running,https://openeo.example.test,ndvi,10',
 * ]);
 * ```
 */
export function toCsv(source: CsvSource, { links = false }: ToCsvOptions = {}): string {
  const rows = recordsOf(source).map((record) => flat(record, links));
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  if (names.size === 0) return "";
  const lines = [[...names], ...rows.map((row) => [...names].map((name) => row.get(name) ?? ""))];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function recordsOf(source: CsvSource): readonly object[] {
  const data = Array.isArray(source) ? source : tableData(source);
  if (data !== undefined) return data;
  if ("rows" in source && Array.isArray(source.rows) && source.rows.every(isObject)) {
    return source.rows;
  }
  if ("assets" in source && isObject(source.assets)) {
    return Object.entries(source.assets).map(([file, asset]) => ({ file, ...Object(asset) }));
  }
  throw new DispatchError(
    "Cannot make a CSV file of this: it has no rows\n  What to do: give it a table, a list of jobs, or the results of a job",
  );
}

/** The fields whose fields have columns of their own. */
const NESTED: ReadonlySet<string> = new Set(["service", "parameters"]);

function flat(record: object, links: boolean): Map<string, string> {
  const row = new Map<string, string>();
  for (const [name, value] of Object.entries(record)) {
    if (NESTED.has(name) && isObject(value)) {
      for (const [inner, one] of Object.entries(value)) {
        row.set(`${name}.${inner}`, textOf(inner, one, links));
      }
    } else row.set(name, textOf(name, value, links));
  }
  return row;
}

function textOf(name: string, value: unknown, links: boolean): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" && isSecretName(name)) return HIDDEN;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  if (typeof value === "string") {
    return safeText(name === "href" ? addressOf(value, links) : redact(value));
  }
  return typeof value === "object" ? JSON.stringify(redactJson(value, [])) : String(value);
}

function addressOf(address: string, links: boolean): string {
  const { shown, signed, secret } = locate(address);
  return secret || (signed && !links) ? shown : address;
}

/** A spreadsheet would compute what begins like a formula. */
function safeText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Jobs as the text of a GeoJSON file ([RFC 7946](https://www.rfc-editor.org/rfc/rfc7946)), for a geographic information
 * system: what {@linkcode toFeatureCollection} makes of them.
 *
 * @example
 * ```ts
 * import { toGeoJson } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(JSON.parse(toGeoJson([])), { type: "FeatureCollection", features: [] });
 * ```
 */
export function toGeoJson(
  work: Pick<UpscalingTask, "jobs"> | readonly ProcessingJobSummary[],
  options?: ToFeatureCollectionOptions,
): string {
  return `${JSON.stringify(toFeatureCollection(work, options))}\n`;
}

/** How a page is made. */
export interface ToHtmlOptions {
  /**
   * What the page is called.
   *
   * @default {"Dispatch"}
   */
  readonly title?: string | undefined;
}

/**
 * Whatever shows itself as one HTML file that needs nothing else: no script, no request, its pictures inside. It follows
 * the reader's light or dark theme.
 *
 * @throws {DispatchError} if the value does not show itself, or is a call that was not awaited.
 *
 * @example
 * ```ts
 * import { healthCard, toHtml } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const page = toHtml(healthCard({ status: "ok", database: { status: "ok" } }));
 * assertStringIncludes(page, "<!doctype html>");
 * ```
 */
export function toHtml(value: object, { title = "Dispatch" }: ToHtmlOptions = {}): string {
  const method: unknown = Reflect.get(value, jupyterDisplay);
  if (typeof method !== "function") {
    throw new DispatchError(
      "Cannot make a page of this: it does not show itself\n  What to do: give it a job, a task, a list of them, results, or a table",
    );
  }
  const bundle: unknown = Reflect.apply(method, value, []);
  const html = isObject(bundle) ? bundle["text/html"] : undefined;
  if (typeof html !== "string") {
    throw new DispatchError(
      bundle instanceof Promise
        ? "Cannot make a page of a call that was not awaited\n  What to do: await it first"
        : "Cannot make a page of this: it has no HTML to show",
    );
  }
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(clean(title))}</title>`,
    "</head>",
    '<body style="font-family:system-ui,sans-serif;margin:24px">',
    html,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Nothing is loaded and nothing runs, whatever stands in the page. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
