import type { Polygon, Position } from "./geojson.ts";
import { findCrossing } from "./crossing.ts";
import type { SchemaIssue } from "../schema/schema_issues.ts";

/** Where EPSG:3857 ends, in degrees of latitude, rounded up. */
export const MAX_LATITUDE = 85.06;

/**
 * What would make a polygon take the service down or be cut the long way round: latitudes at which
 * EPSG:3857 has no end, an antimeridian crossed, rings that are open or cross one another.
 *
 * @example
 * ```ts
 * import { polygonIssues } from "./polygon_issues.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [issue] = polygonIssues({
 *   type: "Polygon",
 *   coordinates: [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
 * });
 * assertEquals(issue?.message.includes("crosses"), true);
 * ```
 */
export function polygonIssues(polygon: Polygon): SchemaIssue[] {
  const work = findPolygonIssues(polygon);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, between which other work can have its turn. */
export function* findPolygonIssues(polygon: Polygon): Generator<void, SchemaIssue[]> {
  if (polygon.coordinates.length === 0) {
    return [{ path: ["coordinates"], message: "expected at least one ring, got none" }];
  }
  const issues = polygon.coordinates.flatMap((ring, index) =>
    ringIssues(ring).map(({ path, message }) => ({
      path: ["coordinates", index, ...path],
      message,
    }))
  );
  if (issues.length > 0) return issues;
  const crossing = yield* findCrossing(polygon.coordinates);
  if (crossing === undefined) return [];
  // Of a hole and the ring around it, the hole is the one to look at.
  const [other, segment] = crossing.toSorted((a, b) => a.ring - b.ring);
  if (other === undefined || segment === undefined) return [];
  return [{
    path: ["coordinates", segment.ring],
    message: `expected rings that do not cross, got a segment from ${show(segment.from)} to ${
      show(segment.to)
    } that crosses the one from ${show(other.from)} to ${show(other.to)}`,
  }];
}

function ringIssues(ring: readonly Position[]): SchemaIssue[] {
  const first = ring[0], last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length < 4) {
    return [{
      path: [],
      message: `expected at least 4 positions, the last like the first, got ${ring.length}`,
    }];
  }
  const issues: SchemaIssue[] = [];
  if (first.length !== last.length || first.some((part, index) => part !== last[index])) {
    issues.push({
      path: [],
      message: `expected a closed ring, its last position like its first, got ${show(first)} and ${
        show(last)
      }`,
    });
  }
  let before = first;
  for (const [index, position] of ring.entries()) {
    const [longitude, latitude] = position;
    if (Math.abs(latitude) > MAX_LATITUDE) {
      issues.push({
        path: [index],
        message:
          `expected a latitude within ±${MAX_LATITUDE}°, where the tiling grid (EPSG:3857) ends, got ${latitude}: clip the area there`,
      });
    }
    if (Math.abs(longitude) > 180) {
      issues.push({
        path: [index],
        message:
          `expected a longitude within ±180°, got ${longitude}: split an area that crosses the antimeridian in two`,
      });
    } else if (Math.abs(longitude - before[0]) > 180) {
      issues.push({
        path: [index],
        message: `expected less than 180° between two positions, got ${
          before[0]
        } and ${longitude}, which crosses the antimeridian (±180°): split the area there in two`,
      });
    }
    before = position;
  }
  return issues;
}

function show(position: Position): string {
  return `[${position.join(", ")}]`;
}
