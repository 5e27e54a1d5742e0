import { nearLongitude } from "../../geo/extent.ts";
import type { Position } from "../../models/geojson/geojson.ts";
import type { Pen } from "../pen.ts";
import type { Point } from "../projection.ts";
import { toPixels, toPlace, type View } from "../view.ts";

/** What is read of a TopoJSON file of the world: lines that are shared, and the shapes made of them. */
export interface Topology {
  /** The lines, each position as the difference to the one before. */
  readonly arcs: readonly (readonly (readonly number[])[])[];
  /** What makes degrees of the numbers. */
  readonly transform: {
    readonly scale: readonly number[];
    readonly translate: readonly number[];
  };
  /** The shapes: for each the rings as the numbers of their lines. */
  readonly objects: {
    /** The continents and islands. */
    readonly land: { readonly geometries: readonly { readonly arcs: readonly unknown[] }[] };
  };
}

/** What is read of a TopoJSON file of countries. */
export interface CountryTopology extends Pick<Topology, "arcs" | "transform"> {
  /** The shapes: for each the rings as the numbers of their lines, and what it is called. */
  readonly objects: {
    readonly countries: {
      readonly geometries: readonly {
        readonly type: string;
        readonly arcs: readonly unknown[];
        readonly properties: { readonly name: string };
      }[];
    };
  };
}

/** A geometry as d3-geo takes it. */
export interface Coast {
  /** Always `"MultiPolygon"`. */
  readonly type: "MultiPolygon";
  /** The rings of each continent and island. */
  readonly coordinates: readonly (readonly (readonly Position[])[])[];
}

/** The continents and islands of a TopoJSON file. */
export function coastOf(topology: Topology): Coast {
  const ringOf = ringReader(topology);
  return {
    type: "MultiPolygon",
    coordinates: topology.objects.land.geometries
      .flatMap(({ arcs }) => polygonsOf(arcs)).map((rings) => rings.map(ringOf)),
  };
}

/** The countries of a TopoJSON file: what they are called, and where they are. */
export function countriesOf(
  topology: CountryTopology,
): readonly (readonly [name: string, land: Coast])[] {
  const ringOf = ringReader(topology);
  return topology.objects.countries.geometries.map(({ type, arcs, properties }) => {
    const polygons = polygonsOf(type === "Polygon" ? [arcs] : arcs);
    const coordinates = polygons.map((rings) => rings.map(ringOf));
    return [properties.name, { type: "MultiPolygon", coordinates }];
  });
}

/** What makes a ring of the numbers of its lines. */
function ringReader(
  { arcs, transform }: Pick<Topology, "arcs" | "transform">,
): (numbers: readonly number[]) => Position[] {
  const [scaleX = 1, scaleY = 1] = transform.scale;
  const [moveX = 0, moveY = 0] = transform.translate;
  const lines = arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx = 0, dy = 0]): Position => {
      x += dx;
      y += dy;
      return [x * scaleX + moveX, y * scaleY + moveY];
    });
  });
  return (numbers) =>
    numbers.flatMap((number, index) => {
      // A number below zero means the same line backwards; neighbours share a position.
      const line = number < 0 ? lines[~number]?.toReversed() : lines[number];
      return (line ?? []).slice(index === 0 ? 0 : 1);
    });
}

function polygonsOf(arcs: readonly unknown[]): number[][][] {
  return arcs.filter(isList).map((rings) =>
    rings.filter(isList).map((ring) => ring.filter((number) => typeof number === "number"))
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The ring of a coast in plane degrees, run on over the antimeridian and closed along a pole. */
export interface FlatRing {
  readonly places: readonly Point[];
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
}

/** How far beyond the edges of a view land is drawn, in pixels: its own edges there are not to be seen. */
const BEYOND = 12;

/** The rings of a coast in plane degrees. */
export function flatten({ coordinates }: Coast): FlatRing[] {
  return coordinates.flat().map((ring) => {
    let before = ring[0]?.[0] ?? 0;
    const places = ring.map(([longitude, latitude]): Point => {
      before = nearLongitude(longitude, before);
      return [before, latitude];
    });
    const first = places[0], last = places.at(-1);
    // Antarctica runs once round the world.
    if (first !== undefined && last !== undefined && Math.abs(last[0] - first[0]) > 359) {
      const pole = first[1] < 0 ? -90 : 90;
      places.push([last[0], pole], [first[0], pole], first);
    }
    const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [longitude, latitude] of places) {
      bounds[0] = Math.min(bounds[0], longitude);
      bounds[1] = Math.min(bounds[1], latitude);
      bounds[2] = Math.max(bounds[2], longitude);
      bounds[3] = Math.max(bounds[3], latitude);
    }
    return { places, bounds };
  });
}

/**
 * Draws the land within a view whose meridians and parallels are straight. Cutting it off in degrees spares the
 * turning of the whole globe, point by point, for a map of one country.
 */
export function drawFlat(rings: readonly FlatRing[], view: View, pen: Pen): void {
  const [west, north] = toPlace(view, -BEYOND, -BEYOND);
  const [east, south] = toPlace(view, view.width + BEYOND, view.height + BEYOND);
  for (const { places, bounds } of rings) {
    if (bounds[3] < south || bounds[1] > north) continue;
    const least = Math.ceil((west - bounds[2]) / 360);
    for (let turn = least; bounds[0] + 360 * turn <= east; turn++) {
      const shift = 360 * turn;
      let kept = places;
      kept = cut(kept, 0, 1, west - shift);
      kept = cut(kept, 0, -1, east - shift);
      kept = cut(kept, 1, 1, south);
      kept = cut(kept, 1, -1, north);
      for (const [index, [longitude, latitude]] of kept.entries()) {
        const [x, y] = toPixels(view, longitude + shift, latitude);
        if (index === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      }
      if (kept.length > 0) pen.closePath();
    }
  }
}

/** What of a ring lies on one side of a line (Sutherland and Hodgman). */
function cut(ring: readonly Point[], axis: 0 | 1, side: 1 | -1, edge: number): readonly Point[] {
  if (ring.every((place) => (place[axis] - edge) * side >= 0)) return ring;
  const kept: Point[] = [];
  let before = ring.at(-1);
  for (const place of ring) {
    if (before === undefined) break;
    const [was, is] = [(before[axis] - edge) * side, (place[axis] - edge) * side];
    if ((was >= 0) !== (is >= 0)) {
      const part = was / (was - is);
      kept.push([
        before[0] + part * (place[0] - before[0]),
        before[1] + part * (place[1] - before[1]),
      ]);
    }
    if (is >= 0) kept.push(place);
    before = place;
  }
  return kept;
}
