import type { Polygon, Position } from "./geojson.ts";
import type { SchemaIssue } from "./schema/schema_issues.ts";

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
  const crossing = findCrossing(polygon.coordinates);
  if (crossing === undefined) return [];
  // Of a hole and the ring around it, the hole is the one to look at.
  const [other, segment] = crossing.sort((a, b) => a.ring - b.ring);
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

interface Segment {
  readonly ring: number;
  readonly from: Position;
  readonly to: Position;
  readonly west: number;
  readonly east: number;
}

/** The first two segments that properly cross, found by a sweep from west to east. */
function findCrossing(rings: Polygon["coordinates"]): [Segment, Segment] | undefined {
  const segments = rings.flatMap(segmentsOf).sort((a, b) => a.west - b.west);
  let open: Segment[] = [];
  for (const segment of segments) {
    open = open.filter((other) => other.east >= segment.west);
    const other = open.find((other) => cross(segment, other));
    if (other !== undefined) return [other, segment];
    open.push(segment);
  }
  return undefined;
}

function segmentsOf(positions: readonly Position[], ring: number): Segment[] {
  const segments: Segment[] = [];
  let from = positions[0];
  for (const to of positions.slice(1)) {
    if (from !== undefined) {
      segments.push({
        ring,
        from,
        to,
        west: Math.min(from[0], to[0]),
        east: Math.max(from[0], to[0]),
      });
    }
    from = to;
  }
  return segments;
}

function cross(a: Segment, b: Segment): boolean {
  return side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0 &&
    side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0;
}

/** On which side of a line a position lies: the sign of the area between them. */
function side(from: Position, to: Position, position: Position): number {
  return Math.sign(
    (to[0] - from[0]) * (position[1] - from[1]) - (to[1] - from[1]) * (position[0] - from[0]),
  );
}

function show(position: Position): string {
  return `[${position.join(", ")}]`;
}
