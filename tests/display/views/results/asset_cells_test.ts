import { assertEquals } from "@std/assert";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import {
  aboutOf,
  expiryOf,
  nameOf,
  sizeOf,
  typeOf,
  whereOf,
} from "../../../../src/display/views/results/asset_cells.ts";
import type { Line } from "../../../../src/display/render/document.ts";
import { test } from "../../../support/test.ts";

const href = "https://data.example.test/a.tif";
const said = (line: Line) => textOf(fitLine(line, 200));

test("aboutOf() names bands as STAC keeps them, and counts those without names", () => {
  const about = (asset: Record<string, unknown>) => said(aboutOf("a", { href, ...asset }));
  assertEquals(about({ bands: [{ name: "B04" }, { name: "B08" }] }), "bands B04, B08");
  assertEquals(
    about({ "eo:bands": [{ name: "red" }], "raster:bands": [{ data_type: "uint16" }] }),
    "band red",
  );
  assertEquals(about({ "eo:bands": [{}], "raster:bands": [{ name: "red" }] }), "band red");
  assertEquals(about({ "raster:bands": [{ nodata: 0 }, { nodata: 0 }] }), "2 bands");
  assertEquals(about({ bands: "B04" }), 'bands "B04"');
  assertEquals(about({ bands: [] }), "bands []");
});

test("aboutOf() says a title once, roles other than data, and no more than four fields of extensions", () => {
  assertEquals(
    said(aboutOf("a", { href, title: "a", description: "NDVI", roles: ["data", "overview"] })),
    "NDVI · overview",
  );
  assertEquals(
    said(aboutOf("a", { href, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 })),
    "a 1 · b 2 · c 3 · d 4 · 2 more fields",
  );
  assertEquals(said(aboutOf("a", { href })), "–");
});

test("asset cells say a file's type, size, place and end in words, and a dash where nothing is known", () => {
  assertEquals(
    said(typeOf({ href, type: "image/tiff; application=geotiff; profile=cloud-optimized" })),
    "GeoTIFF (COG)",
  );
  assertEquals(said(typeOf({ href, type: "text/x-new" })), "text/x-new");
  assertEquals(said(sizeOf({ href, "file:size": 52_428_800 })), "52 MB");
  assertEquals(said(sizeOf({ href, "file:size": -1 })), "–");
  assertEquals(said(whereOf({ href })), "data.example.test");
  assertEquals(said(expiryOf({ href })), "–");
  assertEquals(said(expiryOf({ href: `${href}?sig=x` })), "soon");
});

test("nameOf() makes a link of an address that is not signed only, unless it is asked for", () => {
  assertEquals(nameOf("a", { href }, false), { text: "a", href });
  assertEquals(nameOf("", { href: `${href}?sig=x` }, false), { text: "(no name)" });
});
