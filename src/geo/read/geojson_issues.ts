import { didYouMean } from "../../core/nearest.ts";
import { isObject } from "../../core/objects.ts";
import { isCollection, isSimpleType, MEMBERS, SHAPES } from "../walk.ts";
import { describeValue, formatPath, type Issue } from "../../models/schema/issue.ts";

/** Part of a path. */
export type Path = readonly (string | number)[];

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
  const members = isCollection(type) ? MEMBERS[type] : undefined;
  if (members === "geometry") {
    collectGeojson(value.geometry, [...path, members], issues, depth + 1);
    return;
  }
  if (members !== undefined) {
    const list = value[members];
    if (!Array.isArray(list) || list.length === 0) {
      issues.push(
        issue([...path, members], `expected at least one, got ${describeValue(list)}`),
      );
      return;
    }
    for (const [index, one] of list.entries()) {
      const within = [...path, members, index];
      const misplaced = isObject(one) ? misplacedIn(members, one.type) : undefined;
      if (misplaced === undefined) collectGeojson(one, within, issues, depth + 1);
      else issues.push(issue(within, misplaced));
    }
    return;
  }
  if (!isSimpleType(type)) {
    const known = [...Object.keys(SHAPES), ...Object.keys(MEMBERS)];
    issues.push(
      issue(
        [...path, "type"],
        `expected a kind of GeoJSON, got ${show(type)}${didYouMean(type, known)}`,
      ),
    );
    return;
  }
  collectPositions(value.coordinates, [...path, "coordinates"], issues, {
    levels: SHAPES[type].depth,
    rings: SHAPES[type].kind === "ring",
  });
}

/** Features hold features alone, and geometries none (RFC 7946, sections 3.3 and 3.1.8). */
function misplacedIn(members: string, type: unknown): string | undefined {
  if (typeof type !== "string") return undefined;
  if (members === "features") {
    return type === "Feature" || !isKind(type)
      ? undefined
      : `expected a Feature, got a ${type}: write { type: "Feature", properties: {}, geometry }`;
  }
  return type.startsWith("Feature") ? `expected a geometry, got a ${type}` : undefined;
}

function isKind(type: string): boolean {
  return isSimpleType(type) || type === "FeatureCollection" ||
    type === "GeometryCollection";
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

/** A value as JSON, no longer than a line can hold. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
