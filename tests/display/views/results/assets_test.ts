import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assetsTable } from "../../../../src/display/views/results/assets.ts";
import type { Asset } from "../../../../src/models/stac/stac.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, results } from "../../views.ts";

const files: Record<string, Asset> = {
  "openEO.tif": {
    href:
      "https://data.example.test/openEO.tif?X-Amz-Date=20261123T150000Z&X-Amz-Expires=86400&X-Amz-Signature=ab",
    type: "image/tiff; application=geotiff; profile=cloud-optimized",
    title: "openEO.tif",
    description: null,
    roles: ["data"],
    "file:size": 52_428_800,
    "proj:epsg": 32633,
    bands: [{ name: "B04" }],
  },
  "out.json": { href: "https://data.example.test/out.json", type: "application/geo+json" },
  "raw.nc": { href: "s3://results/raw.nc", type: null, roles: null, "file:size": 1234 },
};

test("assetsTable() shows files, and where and when the data is", () => {
  assertEquals(String(assetsTable(results(files))).split("\n"), [
    "Results of c1",
    "Where    12, 41, 13, 42 (west, south, east, north)",
    "When     2025-05-01 → open",
    "Licence  proprietary",
    "",
    "3 files",
    "File          Size  Type           About                  Link ends             Stored at",
    "──────────  ──────  ─────────────  ─────────────────────  ────────────────────  ───────────────────",
    "openEO.tif   52 MB  GeoTIFF (COG)  EPSG:32633 · band B04  2026-11-24 15:00 UTC  data.example.test",
    "out.json         –  GeoJSON        –                      –                     data.example.test",
    "raw.nc      1.2 kB  –              –                      –                     s3://results/raw.nc",
    "",
    "Signed addresses are not shown; assetsTable(results, { links: true }) makes links of them.",
    "",
    "await preview(results) shows them: @apex-dispatch/client/results",
  ]);
});

test("assetsTable() links files that are not signed, opened without a way back, and shows other addresses as code", () => {
  const html = bundleOf(assetsTable(results(files)))["text/html"];
  checkHtml(html);
  const links = [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)];
  assertEquals(links.map(([, , name]) => name), ["out.json"]);
  assertStringIncludes(html, ">s3://results/raw.nc</code>");
  assertStringIncludes(html, 'title="52428800 bytes"');
});

test("assetsTable() has no column for expiry where nothing is signed", () => {
  const text = String(assetsTable(results({ a: { href: "https://data.example.test/a" } })));
  assertEquals(text.includes("expires"), false);
});

test("assetsTable() says of a signed link without a date that it expires soon", () => {
  const text = String(assetsTable(results({ a: { href: "https://data.example.test/a?sig=x" } })));
  assertStringIncludes(text, "soon");
});

test("assetsTable() shows no token: neither in a link nor in an extra field", () => {
  const href = "https://data.example.test/a?token=s3cret";
  const asset: Asset = { href, alternate: { s3: { href, token: "s3cret" } }, token: "s3cret" };
  const bundle = bundleOf(assetsTable(results({ a: asset })));
  for (const form of Object.values(bundle)) assert(!form.includes("s3cret"), form);
  assertStringIncludes(bundle["text/plain"], "holds a secret");
});

test("assetsTable() ignores sizes that are none", () => {
  const asset = (size: unknown): Asset => ({ href: "s3://b/a", "file:size": size });
  for (const size of ["big", -1, NaN, null, {}]) {
    const [, , , , , , , , row = ""] = String(assetsTable(results({ a: asset(size) }))).split("\n");
    assertEquals(row.split(/ {2,}/), ["a", "–", "–", "–", "s3://b/a"]);
  }
});

test("assetsTable() says when there are no files, and why that can be", () => {
  const world = {
    spatial: { bbox: [[-180, -90, 180, 90]] as const },
    temporal: { interval: [[null, null]] },
  };
  const text = String(assetsTable(results(null, { title: null, extent: world })));
  assertEquals(text.split("\n").slice(0, 3), [
    "Results  c1",
    "Where    the whole world",
    "When     not told",
  ]);
  assertStringIncludes(text, "an invented one");
  assertEquals(String(assetsTable(results({}))).includes("invented"), false);
  assertStringIncludes(String(assetsTable(null)), "no results");
});

test("assetsTable() shows twenty of many files, or as many as asked for", () => {
  const many = Object.fromEntries(
    Array.from({ length: 25 }, (_, at) => [`f${at}.tif`, { href: `s3://b/f${at}.tif` }]),
  );
  assertStringIncludes(String(assetsTable(results(many))), "25 files · 20 of 25 shown");
  assertStringIncludes(String(assetsTable(results(many), { rows: 25 })), "f24.tif");
});
