import { describeValue, formatPath, type Issue } from "../../models/schema/issue.ts";
import { didYouMean } from "../../core/nearest.ts";

/** Part of a path. */
export type Path = readonly (string | number)[];

const CORNERS = ["west", "south", "east", "north"] as const;
type Corner = (typeof CORNERS)[number];

/**
 * What is wrong with a bounding box for an openEO process behind Dispatch: exactly `{ west, south, east, north }` in
 * degrees, west of east and south of north. Dispatch hands a GeoJSON Polygon on as its box; everything else that has a
 * place fails at the platform, after the job was paid for.
 */
export function boxIssues(value: unknown, path: Path): Issue[] {
  if (Array.isArray(value)) {
    const [west, south, east, north] = value;
    const numbers = value.length === 4 && value.every((part) => typeof part === "number");
    return [issue(
      path,
      `expected a box { west, south, east, north }, got an array${
        numbers ? `: write ${show({ west, south, east, north })}` : ""
      }`,
    )];
  }
  if (!isObject(value)) {
    return [
      issue(path, `expected a box { west, south, east, north }, got ${describeValue(value)}`),
    ];
  }
  if ("type" in value) {
    return value.type === "Polygon" ? geojsonIssues(value, path) : [
      issue(path, `expected a box or a GeoJSON Polygon, got ${nameOf(value.type)}: give its box`),
    ];
  }
  const issues: Issue[] = [];
  for (const name of Object.keys(value)) {
    if (CORNERS.some((corner) => corner === name)) continue;
    const advice = name === "crs"
      ? ": the corners have to be degrees (EPSG:4326), transform them first"
      : didYouMean(name, CORNERS);
    issues.push(
      issue([...path, name], `Dispatch takes a box with its four corners alone${advice}`),
    );
  }
  const degrees = new Map<Corner, number>();
  for (const corner of CORNERS) {
    const number = value[corner];
    const limit = corner === "west" || corner === "east" ? 180 : 90;
    if (typeof number !== "number" || !Number.isFinite(number)) {
      issues.push(
        issue([...path, corner], `expected a number of degrees, got ${describeValue(number)}`),
      );
    } else if (Math.abs(number) > limit) {
      issues.push(issue(
        [...path, corner],
        `expected degrees from -${limit} to ${limit}, got ${number}${
          Math.abs(number) > 1_000 ? ": metres have to be transformed to degrees first" : ""
        }`,
      ));
    } else degrees.set(corner, number);
  }
  const { west, south, east, north } = Object.fromEntries(degrees);
  if (west !== undefined && east !== undefined && west >= east) {
    issues.push(issue(
      [...path, "west"],
      west === east
        ? `expected west below east, got ${west} twice: the box is empty`
        : `expected west below east, got ${west} and ${east}: swap them, or make two jobs where the area lies on both sides of 180°`,
    ));
  }
  if (south !== undefined && north !== undefined && south >= north) {
    issues.push(issue(
      [...path, "south"],
      south === north
        ? `expected south below north, got ${south} twice: the box is empty`
        : `expected south below north, got ${south} and ${north}: swap them`,
    ));
  }
  return issues;
}

/** RFC 3339: a day, or a day with a time and an offset. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** What is wrong with a date; `date-time` takes a time as well. */
export function dateIssues(value: unknown, path: Path, kind: "date" | "date-time"): Issue[] {
  const message = dateProblem(value, kind);
  return message === undefined ? [] : [issue(path, message)];
}

function dateProblem(value: unknown, kind: "date" | "date-time" | "either"): string | undefined {
  const wanted = kind === "date"
    ? 'a date such as "2026-06-01"'
    : kind === "date-time"
    ? 'a time such as "2026-06-01T00:00:00Z"'
    : 'a date such as "2026-06-01", or a time such as "2026-06-01T00:00:00Z"';
  if (value instanceof Date) {
    return `expected ${wanted}, got a Date object: write ${
      Number.isNaN(value.getTime())
        ? "a date that there is"
        : show(value.toISOString().slice(0, kind === "date-time" ? 24 : 10))
    }`;
  }
  if (typeof value !== "string") return `expected ${wanted}, got ${describeValue(value)}`;
  const day = kind === "date-time" ? null : DATE.exec(value);
  const match = day ?? (kind === "date" ? null : DATE_TIME.exec(value));
  if (match === null) return `expected ${wanted}, got ${describeValue(value)}`;
  const [, year = "", month = "", date = "", hours = "00", minutes = "00", seconds = "00"] = match;
  const real = new Date(`${year}-${month}-${date}T00:00:00Z`);
  const isReal = !Number.isNaN(real.getTime()) &&
    real.toISOString().startsWith(`${year}-${month}-${date}`) && Number(hours) < 24 &&
    Number(minutes) < 60 && Number(seconds) < 61;
  return isReal ? undefined : `expected a date that there is, got ${describeValue(value)}`;
}

/**
 * What is wrong with a span of time: begin and end, of which the end is no longer part of it (openEO, `temporal
 * interval`); one of them may be `null` where the process takes an open end.
 */
export function intervalIssues(
  value: unknown,
  path: Path,
  { open }: { readonly open: boolean },
): Issue[] {
  if (!Array.isArray(value) || value.length !== 2) {
    return [issue(
      path,
      `expected begin and end such as ["2026-06-01", "2026-07-01"], got ${describeValue(value)}`,
    )];
  }
  const issues: Issue[] = [];
  for (const [index, part] of value.entries()) {
    if (part === null) {
      if (!open) issues.push(issue([...path, index], "expected a date, got null"));
      continue;
    }
    const message = dateProblem(part, "either");
    if (message !== undefined) issues.push(issue([...path, index], message));
  }
  if (issues.length > 0) return issues;
  const [begin, end] = value;
  if (begin === null && end === null) {
    return [issue(path, "expected at least one end, got null twice: that is all of time")];
  }
  if (begin === null || end === null) return [];
  const from = Date.parse(begin), to = Date.parse(end);
  if (from > to) {
    return [
      issue(path, `expected the begin first, got ${show(begin)} after ${show(end)}: swap them`),
    ];
  }
  return from < to ? [] : [issue(
    path,
    `expected an end after the begin, got ${
      show(begin)
    } twice: the end is no longer part of the span, so this is empty`,
  )];
}

const POSITIONS: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

const MOST_ISSUES = 5;

/** What is wrong with GeoJSON (RFC 7946): its kind, its positions in degrees, rings that are closed. */
export function geojsonIssues(value: unknown, path: Path): Issue[] {
  const issues: Issue[] = [];
  collectGeojson(value, path, issues, 0);
  return issues.slice(0, MOST_ISSUES);
}

function collectGeojson(value: unknown, path: Path, issues: Issue[], depth: number): void {
  if (issues.length >= MOST_ISSUES) return;
  if (!isObject(value) || typeof value.type !== "string" || depth > 16) {
    issues.push(issue(path, `expected GeoJSON with a type, got ${describeValue(value)}`));
    return;
  }
  const { type } = value;
  const members = type === "FeatureCollection"
    ? "features"
    : type === "GeometryCollection"
    ? "geometries"
    : undefined;
  if (members !== undefined) {
    const list = value[members];
    if (!Array.isArray(list) || list.length === 0) {
      issues.push(
        issue([...path, members], `expected at least one, got ${describeValue(list)}`),
      );
      return;
    }
    for (const [index, one] of list.entries()) {
      collectGeojson(one, [...path, members, index], issues, depth + 1);
    }
    return;
  }
  if (type === "Feature") {
    collectGeojson(value.geometry, [...path, "geometry"], issues, depth + 1);
    return;
  }
  const levels = POSITIONS[type];
  if (levels === undefined) {
    const known = [...Object.keys(POSITIONS), "Feature", "FeatureCollection", "GeometryCollection"];
    issues.push(
      issue(
        [...path, "type"],
        `expected a kind of GeoJSON, got ${show(type)}${didYouMean(type, known)}`,
      ),
    );
    return;
  }
  collectPositions(value.coordinates, [...path, "coordinates"], issues, {
    levels,
    rings: type === "Polygon" || type === "MultiPolygon",
  });
}

function collectPositions(
  value: unknown,
  path: Path,
  issues: Issue[],
  { levels, rings }: { readonly levels: number; readonly rings: boolean },
): void {
  if (issues.length >= MOST_ISSUES) return;
  if (!Array.isArray(value) || (value.length === 0 && levels > 0)) {
    issues.push(issue(path, `expected coordinates, got ${describeValue(value)}`));
    return;
  }
  if (levels === 0) {
    const message = positionProblem(value);
    if (message !== undefined) issues.push(issue(path, message));
    return;
  }
  for (const [index, part] of value.entries()) {
    collectPositions(part, [...path, index], issues, { levels: levels - 1, rings });
  }
  if (levels !== 1 || !rings || issues.length > 0) return;
  const first: unknown = value[0], last: unknown = value.at(-1);
  if (value.length < 4 || JSON.stringify(first) !== JSON.stringify(last)) {
    issues.push(issue(
      path,
      value.length < 4
        ? `expected at least 4 positions, the last like the first, got ${value.length}`
        : `expected a closed ring, its last position like its first, got ${show(first)} and ${
          show(last)
        }`,
    ));
  }
}

function positionProblem(position: readonly unknown[]): string | undefined {
  const [longitude, latitude] = position;
  if (
    typeof longitude !== "number" || typeof latitude !== "number" ||
    !position.every((part) => Number.isFinite(part)) || position.length > 3
  ) {
    return `expected a position [longitude, latitude], got ${show(position)}`;
  }
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
    const swapped = Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90;
    return `expected degrees [longitude, latitude], got ${show(position)}${
      swapped ? ": they look swapped" : ""
    }`;
  }
  return undefined;
}

/** One problem at a path. */
export function issue(path: Path, message: string): Issue {
  return { path: formatPath(path), message };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(type: unknown): string {
  return typeof type === "string" ? `a ${type.slice(0, 40)}` : describeValue(type);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
