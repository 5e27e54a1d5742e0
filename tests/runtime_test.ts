import { assertEquals } from "@std/assert";
import { tooOld } from "../src/runtime.ts";
import { test } from "./support/test.ts";

test("tooOld() has nothing to say here", () => {
  assertEquals(tooOld(), undefined);
});

test("tooOld() says in a sentence what is needed and what is there", () => {
  assertEquals(
    tooOld(null, () => ({ versions: { node: "20.20.2" } })),
    "@apex-dispatch/client needs Node.js 22.12 or newer, Deno 2.9 or newer, or Bun: this is Node.js 20.20.2",
  );
  for (const process of [null, {}, { versions: {} }]) {
    assertEquals(
      tooOld(null, () => process),
      "@apex-dispatch/client needs Node.js 22.12 or newer, Deno 2.9 or newer, or Bun: this is an older runtime",
    );
  }
});

test("tooOld() leaves the process alone where nothing is too old", () => {
  const process = () => {
    throw new Error("The look at it makes Deno load what it has of Node.js.");
  };
  assertEquals(tooOld(new Set().union, process), undefined);
});
