import type { Asset, Collection } from "../../../models/stac/stac.ts";
import { checkOptions } from "../../../models/schema/options.ts";
import { extentFields } from "./extent.ts";
import { type Displayable, displayable, withData } from "../../render/displayable.ts";
import {
  type Block,
  code,
  type Column,
  command,
  type Line,
  MAX_ROWS,
  muted,
  type Piece,
  strong,
} from "../../render/document.ts";
import { fitLine, textOf } from "../../render/fit.ts";
import { locate } from "../../render/link.ts";
import { isObject } from "../../../core/objects.ts";
import { count, formatBytes, formatInstant } from "../../../core/units.ts";
import { formatField, formatValue } from "../../render/value.ts";

/** How a table of results is made. */
export interface AssetsTableOptions {
  /**
   * The most files to show.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
  /**
   * What to call the results.
   *
   * @default the title that the platform gave them
   */
  readonly title?: string | undefined;
  /**
   * Whether signed addresses become links as well. Whoever gets the notebook gets the files then, until the links end;
   * the table says so.
   *
   * @default {false}
   */
  readonly links?: boolean | undefined;
}

/** Fields of an asset that have a column of their own. */
const SHOWN = new Set(["href", "type", "title", "description", "roles", "file:size", "proj:epsg"]);

/** Where STAC keeps bands: 1.1 in one list, the extensions of 1.0 in two of the same order. */
const BANDS = ["bands", "eo:bands", "raster:bands"];

/** The most fields of extensions that are named. */
const MAX_EXTRAS = 4;

/**
 * A table of the files among a job's results, with where and when the data is. Addresses that are
 * `http:` or `https:` are links; one that carries a signature is none, because whoever gets the notebook would get
 * the files: the table says its host and when it ends, and the address stays in the data.
 *
 * @example
 * ```ts
 * import { assetsTable, Collection } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const results = Collection.parse({
 *   id: "c1",
 *   type: "Collection",
 *   description: "Results",
 *   license: "proprietary",
 *   links: [],
 *   extent: { spatial: { bbox: [[12, 41, 13, 42]] }, temporal: { interval: [[null, null]] } },
 *   assets: { "index.tif": { href: "s3://results/index.tif", "file:size": 1234 } },
 * });
 * assertStringIncludes(String(assetsTable(results)), "index.tif  1.2 kB");
 * ```
 */
export function assetsTable(
  results: Collection | null,
  options: AssetsTableOptions = {},
): Displayable {
  checkOptions<AssetsTableOptions>("Cannot make the table of files", options, {
    rows: "number",
    title: "string",
    links: "boolean",
  });
  return withData(
    displayable(() => assetsBlocks(results, options)),
    () => Object.entries(results?.assets ?? {}).map(([file, asset]) => ({ file, ...asset })),
  );
}

/** The blocks of a table of results. */
export function assetsBlocks(
  results: Collection | null,
  { rows = MAX_ROWS, title: name, links = false }: AssetsTableOptions = {},
): readonly Block[] {
  if (results === null) {
    return [{
      kind: "note",
      tone: "warning",
      lines: [name === undefined ? "The service has no results for this job" : `${name}: none`],
    }];
  }
  const title = name ?? results.title ?? results.id;
  const about: Block = {
    kind: "fields",
    caption: /^results\b/i.test(title) ? strong(title) : [strong("Results"), "  ", title],
    fields: [
      ...(results.description === results.title || results.description === "Results"
        ? []
        : [{ label: "About", lines: [results.description] }]),
      ...extentFields(results.extent),
      { label: "Licence", lines: [results.license] },
    ],
  };
  const assets = Object.entries(results.assets ?? {});
  if (assets.length === 0) {
    const reason = results.assets
      ? "There are no files among the results."
      : "There are no files among the results. A finished OGC job whose platform sent no STAC document gets an invented one: the world as its extent and nothing in it.";
    return [about, { kind: "note", tone: "warning", lines: [reason] }];
  }
  return [about, ...filesBlocks(assets, { rows, links })];
}

type NamedAsset = readonly [name: string, asset: Asset];

/** A column of the table of files: what it is called, its cells, and how it is said once where all are alike. */
interface FileColumn {
  readonly column: Column;
  readonly cells: readonly Line[];
  readonly once: (text: string) => string;
}

function filesBlocks(
  assets: readonly NamedAsset[],
  { rows, links }: { readonly rows: number; readonly links: boolean },
): readonly Block[] {
  const shown = assets.slice(0, rows);
  const locations = shown.map(([, { href }]) => locate(href));
  const signed = locations.some((location) => location.signed);
  const facts = shown.length < assets.length ? [`${shown.length} of ${assets.length} shown`] : [];
  if (locations.some(({ secret }) => secret)) {
    facts.push("an address that holds a secret is not shown in full");
  }
  const column = (
    title: string,
    cell: (asset: Asset, name: string) => Line,
    options: Omit<Column, "title">,
    once: FileColumn["once"] = (text) => text,
  ): FileColumn => ({
    column: { title, ...options },
    cells: shown.map(([name, asset]) => cell(asset, name)),
    once,
  });
  const file = column("File", (asset, name) => nameOf(name, asset, links), {
    max: 44,
    yields: true,
  });
  const size = column("Size", sizeOf, { max: 12, align: "right" });
  const others = [
    column("Type", typeOf, { max: 30, folds: 2 }),
    column("About", (asset, name) => aboutOf(name, asset), { max: 30, yields: true, folds: 4 }),
    ...(signed
      ? [column("Link ends", expiryOf, { max: 24, folds: 3 }, (text) => `links end ${text}`)]
      : []),
    column("Stored at", whereOf, { max: 80, wraps: true, folds: 1 }, (text) => `at ${text}`),
  ];
  const alike = shown.length > 1 ? others.filter(({ cells }) => isUniform(cells)) : [];
  const common = alike.map(({ cells: [cell = ""], once }) => once(textOf(fitLine(cell, 80))))
    .filter((text) => text !== "–");
  const [first, ...rest] = [file, size, ...others.filter((other) => !alike.includes(other))];
  const columns = [first, ...rest].filter((found) => found !== undefined);
  return [
    {
      kind: "table",
      caption: [
        strong(count(assets.length, "file")),
        ...(facts.length > 0 ? [muted(` · ${facts.join(" · ")}`)] : []),
      ],
      about: common.length > 0 ? [`Alike: ${common.join(" · ")}`] : [],
      columns: columns.map(({ column }) => column),
      rows: shown.map((_, row) => columns.map(({ cells }) => cells[row] ?? "")),
    },
    ...(signed ? [signedNote(links)] : []),
    PICTURES,
  ];
}

/** The table is of names: what is in the files is seen elsewhere. */
const PICTURES: Block = {
  kind: "note",
  tone: "plain",
  lines: [[
    command("await preview(results)"),
    muted(" shows them: @apex-dispatch/client/results"),
  ]],
};

function isUniform(cells: readonly Line[]): boolean {
  return new Set(cells.map((cell) => textOf(fitLine(cell, 200)))).size === 1;
}

/** A signed link opens its file for everyone, which is why it has to be asked for. */
function signedNote(links: boolean): Block {
  return links
    ? {
      kind: "note",
      tone: "warning",
      lines: ["Whoever gets this notebook gets these files, until the links end."],
    }
    : {
      kind: "note",
      tone: "plain",
      lines: [[
        muted("Signed addresses are not shown; "),
        command("assetsTable(results, { links: true })"),
        muted(" makes links of them."),
      ]],
    };
}

function nameOf(name: string, { href: address }: Asset, links: boolean): Piece {
  const { href } = locate(address, { links });
  const text = name === "" ? "(no name)" : name;
  return href === undefined ? { text } : { text, href, ...(links ? { signed: true } : {}) };
}

function typeOf({ type }: Asset): Piece {
  if (type === null || type === undefined || type === "") return muted("–");
  const [media = "", ...parameters] = type.split(";").map((part) => part.trim());
  const known = MEDIA.get(media) ?? media;
  const cloud = parameters.some((parameter) => parameter === "profile=cloud-optimized");
  return { text: cloud && known === "GeoTIFF" ? "GeoTIFF (COG)" : known, whole: type };
}

const MEDIA: ReadonlyMap<string, string> = new Map([
  ["image/tiff", "GeoTIFF"],
  ["application/geo+json", "GeoJSON"],
  ["application/x-netcdf", "netCDF"],
  ["application/netcdf", "netCDF"],
  ["application/json", "JSON"],
  ["image/png", "PNG"],
  ["image/jpeg", "JPEG"],
  ["text/csv", "CSV"],
]);

function sizeOf(asset: Asset): Piece {
  const size = asset["file:size"];
  return typeof size === "number" && Number.isFinite(size) && size >= 0
    ? { text: formatBytes(size), whole: `${size} bytes` }
    : muted("–");
}

function aboutOf(name: string, asset: Asset): Line {
  const facts: string[] = [];
  for (const text of [asset.title, asset.description]) {
    if (text && text !== name && !facts.includes(text)) facts.push(text);
  }
  // That a file is data goes without saying.
  const roles = (asset.roles ?? []).filter((role) => role !== "data");
  if (roles.length > 0) facts.push(roles.join(", "));
  const epsg = asset["proj:epsg"];
  if (epsg !== undefined && epsg !== null) facts.push(`EPSG:${formatValue(epsg)}`);
  const bands = bandsOf(asset);
  if (bands !== undefined) facts.push(bands);
  const extras = Object.keys(asset).filter((key) =>
    !SHOWN.has(key) && !(bands !== undefined && BANDS.includes(key))
  );
  for (const key of extras.slice(0, MAX_EXTRAS)) {
    facts.push(`${key} ${formatField(key, asset[key])}`);
  }
  if (extras.length > MAX_EXTRAS) facts.push(`${extras.length - MAX_EXTRAS} more fields`);
  return muted(facts.length > 0 ? facts.join(" · ") : "–");
}

/** `bands B04, B08`, or how many there are where they have no names; nothing where the lists are of another shape. */
function bandsOf(asset: Asset): string | undefined {
  const lists: unknown[][] = [];
  for (const key of BANDS) {
    const list = asset[key];
    if (list === undefined) continue;
    if (!Array.isArray(list) || !list.every(isObject)) return undefined;
    lists.push(list);
  }
  const [first = []] = lists;
  if (first.length === 0) return undefined;
  const names = first.map((_, index) =>
    lists.map((list) => list[index]).filter(isObject).map(({ name }) => name).find(isName)
  );
  if (!names.every(isName)) return count(first.length, "band");
  return `${first.length === 1 ? "band" : "bands"} ${names.join(", ")}`;
}

function isName(name: unknown): name is string {
  return typeof name === "string" && name !== "";
}

function expiryOf({ href }: Asset): Line {
  const { signed, expires } = locate(href);
  if (!signed) return muted("–");
  return expires === undefined ? "soon" : formatInstant(expires).replace(/:\d\d UTC$/, " UTC");
}

/** A name that is a link, or could be one, needs only its host told; any other address is there to be copied. */
function whereOf({ href: address }: Asset): Line {
  const { href, host, shown, signed, secret } = locate(address);
  if (secret) return [muted("address holds a secret  "), code(shown)];
  if (host === undefined || (href === undefined && !signed)) return code(shown);
  return { text: host, style: "muted", whole: shown };
}
