import { assertEquals } from "@std/assert";
import { displayable } from "../../../../src/display/render/displayable.ts";
import { costLines } from "../../../../src/display/views/work/cost.ts";
import type { CostEstimate } from "../../../../src/models/cost.ts";
import { test } from "../../../support/test.ts";

const shown = (cost: CostEstimate) =>
  displayable(() => [{
    kind: "fields",
    caption: ["a plan"],
    fields: [{ label: "Cost", lines: costLines(cost) }],
  }]).toString();

test("costLines() says a number with what it comes from, and only the words where there is none", () => {
  assertEquals(
    shown({
      amount: 12.3456,
      unit: "platform credits",
      basis: "0.1 platform credits per km² × 123 km²",
    }),
    "a plan\nCost  about 12.3 platform credits · 0.1 platform credits per km² × 123 km²",
  );
  assertEquals(
    shown({ basis: "2 Euro, says the catalogue", measured: ["4–9 credits in 6 runs"] }),
    "a plan\nCost  2 Euro, says the catalogue\n      benchmarks: 4–9 credits in 6 runs",
  );
});
