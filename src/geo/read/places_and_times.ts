import { isObject } from "../../core/objects.ts";
import { describeValue, type Issue } from "../../models/schema/issue.ts";
import { geojsonIssues, issue, type Path, show } from "./geojson_issues.ts";
import { didYouMean } from "../../core/nearest.ts";

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
    return value.type === "Polygon" ? polygonIssues(value, path) : [
      issue(path, `expected a box or a GeoJSON Polygon, got ${nameOf(value.type)}: give its box`),
    ];
  }
  if (Array.isArray(value.bbox) && Object.keys(value).length === 1) {
    return boxIssues(value.bbox, [...path, "bbox"]);
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

/** A polygon of which Dispatch takes the least and the greatest of its corners: over 180° that is the whole world round. */
function polygonIssues(value: Readonly<Record<string, unknown>>, path: Path): Issue[] {
  const issues = geojsonIssues(value, path);
  if (issues.length > 0) return issues;
  const [ring]: readonly unknown[] = Array.isArray(value.coordinates) ? value.coordinates : [];
  const positions = Array.isArray(ring) ? ring.filter(Array.isArray) : [];
  const longitudes = positions.map(([longitude]) => Number(longitude));
  const latitudes = positions.map(([, latitude]) => Number(latitude));
  if ([longitudes, latitudes].some(([first, ...others]) => others.every((one) => one === first))) {
    return [issue(path, "expected a polygon with an area, got a line: its box is empty")];
  }
  return longitudes.every((at, index) => Math.abs(at - (longitudes[index - 1] ?? at)) <= 180)
    ? []
    : [issue(
      path,
      "expected a polygon on one side of 180°, or Dispatch makes a box of it that goes round the whole world: make " +
        "two jobs, one for each side",
    )];
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
    Number(minutes) < 60 && Number(seconds) < 61 && !Number.isNaN(instantOf(value));
  return isReal ? undefined : `expected a date that there is, got ${describeValue(value)}`;
}

/** When a time is, in milliseconds since 1970; a leap second, which no clock here knows, is the one before it. */
function instantOf(time: string): number {
  return Date.parse(time.replace(/:60(?=[.Zz+-])/, ":59"));
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
  const from = instantOf(begin), to = instantOf(end);
  if (from > to) {
    return [
      issue(path, `expected the begin first, got ${show(begin)} after ${show(end)}: swap them`),
    ];
  }
  return from < to ? [] : [issue(
    path,
    `expected an end after the begin, got ${show(begin)} ${
      begin === end ? "twice" : `and ${show(end)}, the same time`
    }: the end is no longer part of the span, so this is empty`,
  )];
}

function nameOf(type: unknown): string {
  return typeof type === "string" ? `a ${type.slice(0, 40)}` : describeValue(type);
}
