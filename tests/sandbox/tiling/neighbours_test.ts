import { assertEquals } from "@std/assert";
import { neighbours } from "../../../src/sandbox/tiling/neighbours.ts";
import type { Edge, PlanePosition } from "../../../src/sandbox/tiling/noding.ts";
import { test } from "../../support/test.ts";

function edge(from: PlanePosition, to: PlanePosition, order: number): Edge {
  return { from, to, order, forward: true };
}

test("neighbours() finds every two edges that could meet", () => {
  const edges = Array.from({ length: 60 }, (_, order) => {
    const at = (factor: number) => (order * factor) % 17;
    return edge([at(5), at(7)], [at(11) + 0.5, at(3) + 0.25], order);
  });
  const found = new Set<string>();
  neighbours(edges, (a, b) => found.add([a.order, b.order].sort((x, y) => x - y).join()));
  const meets = (a: Edge, b: Edge) => {
    const side = ({ from, to }: Edge, [x, y]: PlanePosition) =>
      (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
    return side(a, b.from) * side(a, b.to) <= 0 && side(b, a.from) * side(b, a.to) <= 0;
  };
  let met = 0;
  for (const a of edges) {
    for (const b of edges.slice(0, a.order)) {
      if (!meets(a, b)) continue;
      met++;
      assertEquals(found.has(`${b.order},${a.order}`), true, `${b.order} and ${a.order}`);
    }
  }
  assertEquals(met > 100, true);
});

test("neighbours() does not look at edges that are far from each other", () => {
  let pairs = 0;
  const far = Array.from({ length: 400 }, (_, x) => edge([x, x], [x + 0.4, x + 0.4], x));
  neighbours(far, () => pairs++);
  assertEquals(pairs, 0);
});
