import { assert, assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { test } from "../support/test.ts";

const mapSchema = z.looseObject({ imports: z.record(z.string(), z.string()) });

const canonical = await importsOf("../../deno.json");
const npm = await importsOf("../import_map.npm.json");

test("import_map.npm.json names what deno.json names", () => {
  assertEquals(Object.keys(npm).sort(), Object.keys(canonical).sort());
});

test("import_map.npm.json differs from deno.json in std alone", () => {
  assertEquals(without(npm, "@std/"), without(canonical, "@std/"));
  assert(Object.keys(without(npm, "@std/")).length > 0);
});

test("import_map.npm.json takes std from npm, deno.json from JSR", () => {
  const std = Object.keys(canonical).filter((name) => name.startsWith("@std/"));
  assert(std.length > 0);
  for (const name of std) {
    assert(canonical[name]?.startsWith(`jsr:${name.split("/", 2).join("/")}@`), name);
    assert(npm[name]?.startsWith("npm:deno-std@"), name);
  }
});

async function importsOf(path: string): Promise<Record<string, string>> {
  const json: unknown = JSON.parse(await Deno.readTextFile(new URL(path, import.meta.url)));
  return mapSchema.parse(json).imports;
}

function without(imports: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(imports).filter(([name]) => !name.startsWith(prefix)));
}
