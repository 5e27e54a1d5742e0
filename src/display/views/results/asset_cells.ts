import type { Asset } from "../../../models/stac/stac.ts";
import { isObject } from "../../../core/objects.ts";
import { count, formatBytes, formatInstant } from "../../../core/units.ts";
import { code, type Line, muted, type Piece } from "../../render/document.ts";
import { locate } from "../../render/link.ts";
import { formatField, formatValue } from "../../render/value.ts";

/** Fields of an asset that have a column of their own. */
const SHOWN = new Set(["href", "type", "title", "description", "roles", "file:size", "proj:epsg"]);

/** Where STAC keeps bands: 1.1 in one list, the extensions of 1.0 in two of the same order. */
const BANDS = ["bands", "eo:bands", "raster:bands"];

/** The most fields of extensions that are named. */
const MAX_EXTRAS = 4;

/** The name of a file, a link where its address may be one. */
export function nameOf(name: string, { href: address }: Asset, links: boolean): Piece {
  const { href } = locate(address, { links });
  const text = name === "" ? "(no name)" : name;
  return href === undefined ? { text } : { text, href, ...(links ? { signed: true } : {}) };
}

/** The media type by the name that people give it. */
export function typeOf({ type }: Asset): Piece {
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

/** How large a file says that it is. */
export function sizeOf(asset: Asset): Piece {
  const size = asset["file:size"];
  return typeof size === "number" && Number.isFinite(size) && size >= 0
    ? { text: formatBytes(size), whole: `${size} bytes` }
    : muted("–");
}

/** What else is said of a file: titles, roles, its system of coordinates, its bands, fields of extensions. */
export function aboutOf(name: string, asset: Asset): Line {
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

/** When a signed address ends. */
export function expiryOf({ href }: Asset): Line {
  const { signed, expires } = locate(href);
  if (!signed) return muted("–");
  return expires === undefined ? "soon" : formatInstant(expires).replace(/:\d\d UTC$/, " UTC");
}

/** A name that is a link, or could be one, needs only its host told; any other address is there to be copied. */
export function whereOf({ href: address }: Asset): Line {
  const { href, host, shown, signed, secret } = locate(address);
  if (secret) return [muted("address holds a secret  "), code(shown)];
  if (host === undefined || (href === undefined && !signed)) return code(shown);
  return { text: host, style: "muted", whole: shown };
}
