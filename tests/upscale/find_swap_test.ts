import { assertEquals } from "@std/assert";
import { findSwap } from "../../src/upscale/find_swap.ts";
import { test } from "../support/test.ts";
import { square } from "./areas.ts";

const swapped = async (west: number, south: number, width = 0.2) =>
  await findSwap([{ aoi: square(west, south, width), grid: "20x20km" }]) !== undefined;

test("findSwap() finds land that became sea, and believes everything else", async () => {
  // Ghent, Oslo, La Paz and Canberra with latitude first.
  assertEquals(await Promise.all([swapped(51, 3.6), swapped(59.8, 10.6), swapped(-16.6, -68.2)]), [
    true,
    true,
    true,
  ]);
  // On land, on sea either way, too large to say.
  assertEquals(await Promise.all([swapped(3.6, 51), swapped(3, 56), swapped(40, 0, 25)]), [
    false,
    false,
    false,
  ]);
});
