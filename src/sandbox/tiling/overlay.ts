import type { Geometry, Polygon, Position } from "../../models/geojson.ts";

/** A position on a plane; the third number, if any, is its height. */
export type PlanePosition = readonly [x: number, y: number, z?: number];

/** A polygon that cannot be cut, in the words of the geometry library that the service uses. */
export class TopologyError extends Error {
  override name = "TopologyError";
}

/** What cuts squares out of one polygon. */
export interface Cutter {
  /**
   * The intersection with a square, each position handed through `project`; none where it is empty.
   *
   * @throws {TopologyError} if the polygon crosses itself.
   */
  cut(square: Square, project: (position: PlanePosition) => Position): Geometry | undefined;
}

/** A square by its south-west corner and the length of its side. */
export interface Square {
  /** West. */
  readonly x: number;
  /** South. */
  readonly y: number;
  /** The length of a side. */
  readonly size: number;
}

/** The little of JTS that is used here; its JavaScript port comes without usable types. */
interface JtsCoordinate {
  readonly x: number;
  readonly y: number;
  getZ(): number;
}
interface JtsGeometry {
  isEmpty(): boolean;
  getGeometryType(): string;
  getCoordinates(): readonly JtsCoordinate[];
  getNumGeometries(): number;
  getGeometryN(index: number): JtsGeometry;
  getExteriorRing(): JtsGeometry;
  getNumInteriorRing(): number;
  getInteriorRingN(index: number): JtsGeometry;
  getDimension(): number;
}
interface JtsFactory {
  createLinearRing(coordinates: readonly JtsCoordinate[]): JtsGeometry;
  createPolygon(shell: JtsGeometry, holes: readonly JtsGeometry[]): JtsGeometry;
}
interface Jts {
  readonly GeometryFactory: new () => JtsFactory;
  readonly Coordinate: new (x: number, y: number, z: number) => JtsCoordinate;
  readonly OverlayOp: { intersection(a: JtsGeometry, b: JtsGeometry): JtsGeometry };
  readonly IsValidOp: new (geometry: JtsGeometry) => {
    getValidationError(): { getErrorType(): number; getCoordinate(): JtsCoordinate } | null;
  };
}

/** JTS's number for rings that cross. */
const SELF_INTERSECTION = 5;

/**
 * Prepares a polygon for being cut. The cutting is done by JSTS, a port of the library that the
 * service's own (GEOS, by way of shapely) is a port of, so that areas which only touch come out as
 * lines and collections too. It is loaded at the first call.
 */
export async function cutter(rings: readonly (readonly PlanePosition[])[]): Promise<Cutter> {
  const jts = await loadJts();
  const factory = new jts.GeometryFactory();
  const ringOf = (ring: readonly PlanePosition[]) =>
    factory.createLinearRing(ring.map(([x, y, z]) => new jts.Coordinate(x, y, z ?? NaN)));
  const [shell = [], ...holes] = rings;
  const polygon = factory.createPolygon(ringOf(shell), holes.map(ringOf));
  const height = meanHeight(rings);
  let crossing: JtsCoordinate | undefined | null = null;
  return {
    cut({ x, y, size }, project) {
      if (crossing === null) crossing = findCrossing(jts, polygon);
      if (crossing !== undefined) throw topologyError(crossing);
      const [east, north] = [x + size, y + size];
      const ring = ringOf([[east, y], [east, north], [x, north], [x, y], [east, y]]);
      const result = jts.OverlayOp.intersection(polygon, factory.createPolygon(ring, []));
      if (result.isEmpty()) return undefined;
      return toGeoJson(result, (coordinate) => {
        const z = coordinate.getZ();
        return height === undefined
          ? project([coordinate.x, coordinate.y])
          : project([coordinate.x, coordinate.y, Number.isNaN(z) ? height : z]);
      });
    },
  };
}

async function loadJts(): Promise<Jts> {
  const [factory, coordinate, overlay, valid] = await Promise.all([
    import("jsts/org/locationtech/jts/geom/GeometryFactory.js"),
    import("jsts/org/locationtech/jts/geom/Coordinate.js"),
    import("jsts/org/locationtech/jts/operation/overlay/OverlayOp.js"),
    import("jsts/org/locationtech/jts/operation/valid/IsValidOp.js"),
  ]);
  return {
    GeometryFactory: factory.default,
    Coordinate: coordinate.default,
    OverlayOp: overlay.default,
    IsValidOp: valid.default,
  };
}

function findCrossing(jts: Jts, polygon: JtsGeometry): JtsCoordinate | undefined {
  const error = new jts.IsValidOp(polygon).getValidationError();
  return error?.getErrorType() === SELF_INTERSECTION ? error.getCoordinate() : undefined;
}

function topologyError({ x, y }: JtsCoordinate): TopologyError {
  return new TopologyError(
    `TopologyException: side location conflict at ${x} ${y}. This can occur if the input geometry is invalid.`,
  );
}

/** The height of corners that the polygon does not have itself: the mean of those that it has. */
function meanHeight(rings: readonly (readonly PlanePosition[])[]): number | undefined {
  const heights = rings.flatMap((ring) => ring.flatMap(([, , z]) => z === undefined ? [] : [z]));
  return heights.length === 0
    ? undefined
    : heights.reduce((sum, height) => sum + height, 0) / heights.length;
}

type Convert = (coordinate: JtsCoordinate) => Position;

function toGeoJson(geometry: JtsGeometry, convert: Convert): Geometry {
  const type = geometry.getGeometryType();
  switch (type) {
    case "Polygon":
      return polygonOf(geometry, convert);
    case "Point":
      return { type, coordinates: positionsOf(geometry, convert)[0] ?? [0, 0] };
    case "LineString":
      return { type, coordinates: positionsOf(geometry, convert) };
    case "MultiPoint":
      return { type, coordinates: positionsOf(geometry, convert) };
    case "MultiLineString":
      return {
        type,
        coordinates: partsOf(geometry).map((part) => positionsOf(part, convert)),
      };
    case "MultiPolygon":
      return {
        type,
        coordinates: partsOf(geometry).map((part) => polygonOf(part, convert).coordinates),
      };
    default:
      // GEOS names areas before lines before points; JTS the other way round.
      return {
        type: "GeometryCollection",
        geometries: partsOf(geometry)
          .sort((a, b) => b.getDimension() - a.getDimension())
          .map((part) => toGeoJson(part, convert)),
      };
  }
}

function partsOf(geometry: JtsGeometry): JtsGeometry[] {
  return Array.from(
    { length: geometry.getNumGeometries() },
    (_, index) => geometry.getGeometryN(index),
  );
}

function polygonOf(geometry: JtsGeometry, convert: Convert): Polygon {
  const holes = Array.from(
    { length: geometry.getNumInteriorRing() },
    (_, index) => geometry.getInteriorRingN(index),
  );
  return {
    type: "Polygon",
    coordinates: [geometry.getExteriorRing(), ...holes].map((ring) =>
      // GEOS begins a ring one position later than JTS does.
      rotate(positionsOf(ring, convert))
    ),
  };
}

function rotate(ring: readonly Position[]): readonly Position[] {
  const [, second] = ring;
  return second === undefined ? ring : [...ring.slice(1), second];
}

function positionsOf(geometry: JtsGeometry, convert: Convert): Position[] {
  return geometry.getCoordinates().map(convert);
}
