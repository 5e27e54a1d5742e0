import outlines from "world-atlas/countries-110m.json" with { type: "json" };
import coarse from "world-atlas/land-110m.json" with { type: "json" };
import fine from "world-atlas/land-50m.json" with { type: "json" };
import { type Coast, coastOf, countriesOf, type FlatRing, flatten } from "./land.ts";
import type { Country } from "./place.ts";

/** The coasts of the world as they are drawn for one scale. */
export interface Coasts {
  /** On the globe. */
  readonly round: Coast;
  /** In plane degrees. */
  readonly flat: readonly FlatRing[];
}

/**
 * The coasts of the world. They take some milliseconds to read: this module is to be loaded when a map is
 * wanted.
 */
export const world: {
  /** For 1 : 110 million. */
  readonly coarse: Coasts;
  /** For 1 : 50 million. */
  readonly fine: Coasts;
  /** The countries, for 1 : 110 million. */
  readonly countries: readonly Country[];
} = {
  coarse: read(coastOf(coarse)),
  fine: read(coastOf(fine)),
  countries: countriesOf(outlines).map(([name, land]) => ({ name, rings: flatten(land) })),
};

function read(round: Coast): Coasts {
  return { round, flat: flatten(round) };
}
