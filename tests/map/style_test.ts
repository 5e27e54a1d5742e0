import { assert, assertEquals } from "@std/assert";
import { MAP_STYLE } from "../../src/map/style.ts";
import { test } from "../support/test.ts";

test("MAP_STYLE asks nothing of the page or the network, and closes what it opens", () => {
  assertEquals(/url\(|@import|@font-face|<|javascript/i.test(MAP_STYLE), false);
  assertEquals(MAP_STYLE.split("{").length, MAP_STYLE.split("}").length);
});

test("MAP_STYLE says for a dark desktop all that it says of colours for a light one", () => {
  const [light = "", dimmed = ""] = MAP_STYLE.split("@media(prefers-color-scheme:dark){");
  const rules = (text: string) =>
    [...text.matchAll(/([^{}]+)\{[^{}]*#[0-9a-f]{6}/g)].map(([, of]) => of);
  assert(rules(dimmed).length >= 12);
  for (const selector of rules(dimmed)) assert(rules(light).includes(selector), selector);
});
