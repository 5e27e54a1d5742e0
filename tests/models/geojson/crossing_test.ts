import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { findCrossing, type Segment } from "../../../src/models/geojson/crossing.ts";
import type { Position } from "../../../src/models/geojson/geojson.ts";
import { test } from "../../support/test.ts";

/** Runs the search to its end, and says in how many steps. */
function search(rings: readonly (readonly Position[])[]) {
  const work = findCrossing(rings);
  for (let steps = 0;; steps++) {
    const { done, value } = work.next();
    if (done) return { found: value, steps };
  }
}

/** The same by looking at every pair. */
function anyCrosses(rings: readonly (readonly Position[])[]): boolean {
  const segments = rings.flatMap((ring, index) =>
    ring.slice(1).map((to, at): Segment => ({ ring: index, from: ring[at] ?? to, to }))
  );
  return segments.some((a, at) => segments.slice(at + 1).some((b) => properlyCross(a, b)));
}

function properlyCross(a: Segment, b: Segment): boolean {
  const side = (s: Segment, p: Position) =>
    Math.sign(
      (s.to[0] - s.from[0]) * (p[1] - s.from[1]) - (s.to[1] - s.from[1]) * (p[0] - s.from[0]),
    );
  return side(a, b.from) * side(a, b.to) < 0 && side(b, a.from) * side(b, a.to) < 0;
}

/** Positions on a small grid: rings of them touch, overlap and double back in every way. */
const ring = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
  minLength: 3,
  maxLength: 9,
}).map((open): Position[] => [...open, open[0] ?? [0, 0]]);

test("findCrossing() agrees with looking at every pair", () => {
  let crossed = 0, clear = 0;
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 2 }), (rings) => {
      const { found } = search(rings);
      assertEquals(found !== undefined, anyCrosses(rings));
      if (found === undefined) clear++;
      else {
        assert(properlyCross(...found));
        crossed++;
      }
    }),
    { numRuns: 4000 },
  );
  assert(crossed > 500 && clear > 50, `${crossed} crossed, ${clear} did not`);
});

test("findCrossing() agrees with looking at every pair of a smooth outline", () => {
  const around = fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), {
    minLength: 5,
    maxLength: 40,
  });
  fc.assert(fc.property(around, fc.integer({ min: -1, max: 12 }), (radii, twist) => {
    const positions = radii.map((radius, index): Position => {
      const angle = (2 * Math.PI * index) / radii.length;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
    if (twist > 0 && twist < positions.length) {
      positions.splice(twist - 1, 2, ...positions.slice(twist - 1, twist + 1).reverse());
    }
    const closed = [...positions, positions[0] ?? [0, 0]] as Position[];
    assertEquals(search([closed]).found !== undefined, anyCrosses([closed]));
  }));
});

test("findCrossing() lets other work have its turn", () => {
  const positions = Array.from({ length: 20_000 }, (_, index): Position => {
    const angle = (2 * Math.PI * index) / 20_000;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const { found, steps } = search([[...positions, positions[0] ?? [0, 0]]]);
  assertEquals(found, undefined);
  assert(steps >= 8, String(steps));
});
