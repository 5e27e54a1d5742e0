import { assertEquals } from "@std/assert";
import { kernelAtHand } from "../../../src/display/follow/kernel.ts";
import { test } from "../../support/test.ts";

test("kernelAtHand() finds none outside a notebook, and does not fail for that", () => {
  assertEquals(kernelAtHand(), undefined);
});
