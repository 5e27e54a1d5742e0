import { clean } from "../../../core/redact.ts";
import { isObject } from "../../../core/objects.ts";
import { cornersOf } from "../../../geo/extent.ts";
import { readGeometry } from "../../../geo/read/read_geometry.ts";
import type { ProcessingJobSummary } from "../../../models/jobs.ts";
import { type Column, type Line, muted, type Piece } from "../../render/document.ts";
import { fieldPiece, fieldsPiece } from "../../render/value.ts";

/** What jobs were given, sorted into what tells them apart and what they have in common. */
export interface Traits {
  /** What is the same in all of them, such as `bands B04, B08`. */
  readonly common: readonly Piece[];
  /** A column for each of what differs most, with a cell for each job. */
  readonly columns: readonly TraitColumn[];
}

/** A column of parameters. */
export interface TraitColumn {
  readonly column: Column;
  /** Its cells, one for each job. */
  readonly cells: readonly Line[];
}

/** The most parameters that have a column of their own. */
const MOST_COLUMNS = 3;

/** The share of the jobs that must have a parameter before it has a column of its own. */
const LEAST_SHARE = 0.5;

/** The most parameters of one job that are looked at. */
const MOST_PARAMETERS = 40;

/** The most that jobs have in common that is told. */
const MOST_COMMON = 6;

const MOST_VALUE = 46;

/**
 * What parameters tell jobs apart. Where they work and of which time is found whatever a service calls it, so that jobs
 * of several services share a column.
 */
export function traitsOf(jobs: readonly ProcessingJobSummary[]): Traits {
  const traits = new Map<string, Trait>();
  for (const [row, { parameters }] of jobs.entries()) {
    const seen = new Set<string>();
    for (const [name, value] of Object.entries(parameters).slice(0, MOST_PARAMETERS)) {
      const { kind, piece } = valueOf(name, value);
      const key = kind === "other" || seen.has(kind) ? `=${name}` : kind;
      seen.add(key);
      const trait = traits.get(key) ??
        { kind, names: new Set<string>(), pieces: new Map(), values: new Map() };
      traits.set(key, trait);
      trait.names.add(name);
      trait.pieces.set(row, piece);
      trait.values.set(row, [name, value]);
    }
  }
  const all = [...traits.values()];
  // One job has nothing in common with others.
  const common = jobs.length < 2 ? [] : all.filter((trait) => isCommon(trait, jobs.length));
  const differing = all.filter((trait) => !common.includes(trait)).sort(byUse);
  const own = differing.filter(({ pieces }) => pieces.size >= jobs.length * LEAST_SHARE)
    .slice(0, MOST_COLUMNS);
  const rest = differing.filter((trait) => !own.includes(trait));
  return {
    common: common.slice(0, MOST_COMMON).map(commonPiece),
    columns: [
      ...own.map((trait, index) => ownColumn(trait, jobs.length, index)),
      ...(rest.length > 0 ? [restColumn(rest, jobs.length)] : []),
    ],
  };
}

/** A column of all parameters, for jobs that are not compared. */
export function parametersColumn(jobs: readonly ProcessingJobSummary[]): TraitColumn {
  return {
    column: { title: "Parameters", max: 64, yields: true, folds: 3 },
    cells: jobs.map(({ parameters }) => tersely(parameters)),
  };
}

/**
 * Parameters in one short line: where and when as such, whatever they are called, then the others with their names. All
 * of them as they were typed are in the tooltip.
 */
export function tersely(parameters: Readonly<Record<string, unknown>>): Piece {
  const values = Object.entries(parameters).slice(0, MOST_PARAMETERS)
    .map(([name, value]) => ({ name, ...valueOf(name, value) }));
  const rank = { place: 0, period: 1, other: 2 };
  const text = values.sort((a, b) => rank[a.kind] - rank[b.kind])
    .map(({ name, kind, piece }) => kind === "other" ? `${name} ${piece.text}` : piece.text)
    .join(" · ");
  const whole = fieldsPiece(parameters);
  return { text, whole: whole.whole ?? whole.text };
}

/** A column of one parameter. */
export function parameterColumn(jobs: readonly ProcessingJobSummary[], name: string): TraitColumn {
  const cells = jobs.map(({ parameters }): Line =>
    Object.hasOwn(parameters, name) ? valueOf(name, parameters[name]).piece : muted("–")
  );
  const numeric = jobs.every(({ parameters }) => typeof parameters[name] === "number");
  const align = numeric ? { align: "right" } as const : {};
  return { column: { title: name, max: MOST_VALUE, yields: true, ...align }, cells };
}

/** One parameter, or what several parameters of the same meaning say. */
interface Trait {
  readonly kind: "place" | "period" | "other";
  readonly names: Set<string>;
  readonly pieces: Map<number, Piece>;
  readonly values: Map<number, readonly [name: string, value: unknown]>;
}

function isCommon({ pieces, names }: Trait, rows: number): boolean {
  return pieces.size === rows && names.size === 1 &&
    new Set([...pieces.values()].map(({ text, whole }) => whole ?? text)).size === 1;
}

/** Where and when come first, then what most jobs have. */
function byUse(one: Trait, other: Trait): number {
  const rank = ({ kind }: Trait) => kind === "place" ? 0 : kind === "period" ? 1 : 2;
  return rank(one) - rank(other) || other.pieces.size - one.pieces.size;
}

function commonPiece({ names, pieces }: Trait): Piece {
  const [name = ""] = names;
  const { text = "", whole } = pieces.get(0) ?? {};
  return { text: `${name} ${text}`, ...(whole === undefined ? {} : { whole: `${name} ${whole}` }) };
}

function ownColumn(trait: Trait, rows: number, index: number): TraitColumn {
  const { kind, names, pieces } = trait;
  const [name = ""] = names;
  const title = names.size === 1 ? name : kind === "place" ? "Where" : "When";
  const numeric = [...trait.values.values()].every(([, value]) => typeof value === "number");
  return {
    column: {
      title,
      max: MOST_VALUE,
      yields: kind === "other",
      folds: 2 + index,
      ...(numeric ? { align: "right" } : {}),
    },
    cells: Array.from({ length: rows }, (_, row) => pieces.get(row) ?? muted("–")),
  };
}

function restColumn(rest: readonly Trait[], rows: number): TraitColumn {
  return {
    column: { title: "Other parameters", max: MOST_VALUE, yields: true, folds: 9 },
    cells: Array.from({ length: rows }, (_, row): Line => {
      const entries = rest.flatMap(({ values }) => {
        const entry = values.get(row);
        return entry === undefined ? [] : [entry];
      });
      return entries.length === 0
        ? muted("–")
        : { ...fieldsPiece(Object.fromEntries(entries)), style: "muted" };
    }),
  };
}

function valueOf(name: string, value: unknown): Pick<Trait, "kind"> & { readonly piece: Piece } {
  const place = placeOf(name, value);
  if (place !== undefined) {
    return {
      kind: "place",
      piece: { text: place, whole: fieldPiece(name, value).whole ?? fieldPiece(name, value).text },
    };
  }
  const period = periodOf(value);
  if (period !== undefined) return { kind: "period", piece: { text: period } };
  if (typeof value === "string") return { kind: "other", piece: textPiece(name, value) };
  if (isPlainList(value)) return { kind: "other", piece: { text: value.map(String).join(", ") } };
  return { kind: "other", piece: fieldPiece(name, value) };
}

/** A text without quotes, unless it is one that must not be shown. */
function textPiece(name: string, value: string): Piece {
  const shown = fieldPiece(name, value).text;
  const quoted = shown.startsWith('"') && clean(value) !== "";
  return { text: quoted ? value : shown };
}

/** The names under which four numbers can only be a bounding box. */
const BOX_NAME = /bbox|bounding|extent|area|aoi/i;

/** A place by its corners, from west and south to east and north. */
function placeOf(name: string, value: unknown): string | undefined {
  if (Array.isArray(value) ? !BOX_NAME.test(name) : !isObject(value)) return undefined;
  const geometry = readGeometry(value);
  const corners = geometry === undefined ? undefined : cornersOf(geometry);
  return corners?.replace(/^Polygon /, "");
}

const DATE = /^\d{4}-\d\d(?:-\d\d)?(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** A stretch of time: two dates, of which one may be open. */
function periodOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 2 || value.every((date) => date === null)) {
    return undefined;
  }
  const dates = value.map((date) =>
    date === null
      ? "open"
      : typeof date === "string" && DATE.test(date)
      ? date.replace(/T00:00(?::00)?(?:\.0+)?Z?$/, "")
      : undefined
  );
  return dates.includes(undefined) ? undefined : dates.join(" → ");
}

function isPlainList(value: unknown): value is readonly (string | number)[] {
  return Array.isArray(value) && value.length > 0 && value.length <= 12 &&
    value.every((item) => typeof item === "number" || typeof item === "string");
}
