import type { Position } from "../../models/geojson/geojson.ts";

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
