import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { preview } from "../../../src/results/preview/preview.ts";
import { paletteOf } from "../../../src/results/raster/colours.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { checkHtml } from "../../display/check_html.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { bundleOf } from "../support/bundle.ts";
import { collectionOf } from "../support/collections.ts";
import { expectedRasters, fixture, fixturePath } from "../support/fixtures.ts";
import { pngInHtml } from "../support/read_png.ts";

const VALUES = [
  "utm31n_ndvi_nan",
  "utm60s_byte",
  "laea3035_int16_scaled",
  "lonlat4326",
  "mercator3857",
  "dateline_utm1n",
  "strips_no_overviews",
  "rotated",
];

for (const name of VALUES) {
  test(`preview() of ${name} has the colour of its value at every point, in the cell's own output`, async () => {
    const expected = expectedRasters[name];
    if (expected === undefined) throw new Error("there is no such fixture");
    const shown = await preview(fixturePath(`rasters/${name}.tif`));
    const html = bundleOf(shown)["text/html"] ?? "";
    checkHtml(html);
    const pixels = await pngInHtml(html);
    const raster = shown.pictures[0]?.raster;
    if (raster?.bounds === undefined || raster.meaning.kind !== "values") {
      throw new Error("no values");
    }
    const { west, south, east, north } = raster.bounds;
    const { range: [low, high] } = raster.meaning;
    const colour = paletteOf("viridis");
    const scale = name === "laea3035_int16_scaled" ? 0.0001 : 1;
    assertEquals(expected.points.length, 24);
    for (const { lon, lat, values: [value = null] } of expected.points) {
      const longitude = lon < west ? lon + 360 : lon;
      const x = Math.floor((longitude - west) / (east - west) * pixels.width);
      const y = Math.floor((north - lat) / (north - south) * pixels.height);
      const isNothing = value === null || value === expected.noData;
      const wanted = isNothing
        ? [0, 0, 0, 0]
        : [...colour((value * scale - low) / (high - low)), 255];
      assertEquals(pixels.at(x, y), wanted, `${lon} ${lat} ${value}`);
    }
    for (const [index, corner] of expected.corners.entries()) {
      const found = raster.corners[index] ?? [];
      assert(
        corner.every((part, axis) => Math.abs(part - (found[axis] ?? NaN)) < 1e-5),
        `${corner} ${found}`,
      );
    }
    if (expected.band1 !== null) {
      const { least, most } = raster.meaning.statistics;
      assert(
        Math.abs(least - expected.band1.min * scale) < 1e-9 &&
          Math.abs(most - expected.band1.max * scale) < 1e-9,
      );
      assert(
        Math.abs(low - expected.band1.p2 * scale) < 1e-3 &&
          Math.abs(high - expected.band1.p98 * scale) < 1e-3,
      );
      assertEquals(raster.meaning.statistics.valid, expected.valid);
    }
  });
}

test("preview() of classes has the file's own colours, and no-data is seen through", async () => {
  const expected = expectedRasters.palette_classes;
  const shown = await preview(fixturePath("rasters/palette_classes.tif"));
  const raster = shown.pictures[0]?.raster;
  if (raster?.bounds === undefined || raster.meaning.kind !== "classes") {
    throw new Error("no classes");
  }
  assertEquals(raster.meaning.classes.map(({ value, colour }) => [value, [...colour]]), [
    [1, [0, 100, 0]],
    [2, [255, 187, 34]],
    [3, [250, 0, 0]],
    [4, [0, 100, 200]],
  ]);
  const pixels = await pngInHtml(bundleOf(shown)["text/html"] ?? "");
  const { west, south, east, north } = raster.bounds;
  const colours = new Map(
    raster.meaning.classes.map(({ value, colour }) => [value, [...colour, 255]]),
  );
  for (const { lon, lat, values: [value] } of expected?.points ?? []) {
    const x = Math.floor((lon - west) / (east - west) * pixels.width);
    const y = Math.floor((north - lat) / (north - south) * pixels.height);
    assertEquals(pixels.at(x, y), colours.get(value ?? 0) ?? [0, 0, 0, 0]);
  }
});

test("preview() takes red, green and blue by the names of bands", async () => {
  const shown = await preview(fixturePath("rasters/rgb_uint16_b02_b04_b03.tif"));
  const meaning = shown.pictures[0]?.raster?.meaning;
  assertEquals(meaning?.kind === "colour" ? meaning.bands : [], ["B04", "B03", "B02"]);
  const one = await preview(fixturePath("rasters/rgb_uint16_b02_b04_b03.tif"), {
    band: "B03",
    palette: "greys",
  });
  assertEquals(one.pictures[0]?.raster?.meaning.kind, "values");
});

test("preview() draws a raster around a pole about the pole", async () => {
  const shown = await preview(fixturePath("rasters/polar3995.tif"));
  const raster = shown.pictures[0]?.raster;
  assertEquals(raster?.bounds, undefined);
  for (const [index, corner] of (expectedRasters.polar3995?.corners ?? []).entries()) {
    const found = raster?.corners[index] ?? [];
    assert(corner.every((part, axis) => Math.abs(part - (found[axis] ?? NaN)) < 1e-5));
  }
  assertStringIncludes(shown.pictures[0]?.alt ?? "", "to 90°N");
});

test("preview() says that a raster is empty, and of what kind one is that it cannot read", async () => {
  const shown = await preview(fixturePath("rasters/all_nan.tif"));
  assertStringIncludes(bundleOf(shown)["text/plain"] ?? "", "no values anywhere");
  const error = await assertRejects(() => preview(fixturePath("rasters/webp.tif")), ResultsError);
  assertStringIncludes(error.message, "packed with WEBP");
  assertEquals(error.reason, "unsupported");
});

test("preview() lets the header decide before anything large is read", async () => {
  const content = fixture("rasters/strips_no_overviews.tif");
  await using server = serve(({ headers }) => {
    const [, from = "0", to = "0"] = /bytes=(\d+)-(\d+)/.exec(headers.get("range") ?? "") ?? [];
    const part = content.slice(Number(from), Number(to) + 1);
    return new Response(part, {
      status: 206,
      headers: {
        "content-range": `bytes ${from}-${Number(from) + part.length - 1}/${content.length}`,
      },
    });
  });
  const error = await assertRejects(
    () => preview(`${server.url}/a.tif`, { maxBytes: 10_000 }),
    ResultsError,
  );
  assertEquals(error.reason, "too-large");
  assertStringIncludes(error.message, "maxBytes: Infinity");
});

test("preview() of a Collection shows its first assets and names the rest, and no address", async () => {
  const files: Readonly<Record<string, string>> = {
    "/results/assets/ada/0123456789abcdef0123456789abcdef/a.geojson": "tables/parcels.geojson",
    "/results/assets/ada/0123456789abcdef0123456789abcdef/t.csv": "tables/parcels.csv",
    "/results/assets/ada/0123456789abcdef0123456789abcdef/s.json": "tables/timeseries.json",
  };
  await using server = serve(({ path, headers }) => {
    assertEquals([headers.get("authorization"), headers.get("cookie")], [null, null]);
    const found = files[path.replace(/\?.*/, "")];
    return found === undefined
      ? new Response("gone", { status: 410 })
      : new Response(fixture(found));
  });
  const at = (name: string) => ({
    href: `${server.url}/results/assets/ada/0123456789abcdef0123456789abcdef/${name}?expires=1`,
  });
  const shown = await preview(collectionOf({
    thumb: { ...at("x.png"), type: "image/png", roles: ["thumbnail"] },
    "a.geojson": at("a.geojson"),
    "t.csv": at("t.csv"),
    "s.json": at("s.json"),
    "gone.tif": at("gone.tif"),
    "model.bin": at("model.bin"),
    lost: { href: "s3://bucket/key" },
  }));
  assertEquals(shown.pictures.map(({ name }) => name), ["a.geojson"]);
  assertEquals(shown.problems.map(({ name }) => name), ["gone.tif"]);
  assertEquals(shown.others.toSorted(), ["lost", "model.bin", "thumb"]);
  const all = JSON.stringify(bundleOf(shown)) + JSON.stringify(shown.problems);
  assert(!all.includes("0123456789abcdef"), "an address is shown");
  checkHtml(bundleOf(shown)["text/html"] ?? "");
});

test("preview() reads what a synchronous job brought as it is", async () => {
  const raster = await preview({
    kind: "bytes",
    mediaType: "image/tiff",
    data: fixture("rasters/lonlat4326.tif"),
  });
  assertEquals(raster.pictures.length, 1);
  const series = await preview({
    kind: "json",
    mediaType: null,
    data: { "2026-06-01": [[1]], "2026-06-02": [[2]] },
  });
  assertStringIncludes(bundleOf(series)["text/plain"] ?? "", "2 dates");
});

test("preview() says what is wrong", async () => {
  const fail = async (...given: Parameters<typeof preview>) =>
    (await assertRejects(() => preview(...given), Error)).message;
  const text = (words: string) => new TextEncoder().encode(words);
  assertStringIncludes(await fail(null), "the service gives none");
  assertStringIncludes(await fail(collectionOf({})), "they name no files");
  assertStringIncludes(await fail(text("<html><title>Sign in</title>")), "it is a web page");
  assertStringIncludes(await fail(text("{")), "malformed, not JSON");
  assertStringIncludes(await fail(new Uint8Array([0, 1, 2])), "of a kind that is not known");
  assertStringIncludes(await fail("nowhere.tif"), "there is no such file");
  assertStringIncludes(
    await fail(fixturePath("rasters/lonlat4326.tif"), { band: "B04" }),
    'Cannot show band "B04"',
  );
  assertStringIncludes(
    await fail(fixturePath("rasters/lonlat4326.tif"), { bands: [1, 2] }),
    "bands are three",
  );
  assertStringIncludes(
    await fail(fixturePath("tables/parcels.geojson"), { by: "yield" }),
    "there are parcel, ndvi",
  );
  assertStringIncludes(await fail("x", JSON.parse('{"pallette":"x"}')), 'did you mean "palette"?');
});

test("preview() ends with the signal's reason", async () => {
  const reason = new Error("enough");
  const error = await assertRejects(() =>
    preview("https://a.example.test/a.tif", { signal: AbortSignal.abort(reason) })
  );
  assert(error === reason);
});

test("preview() of results without files of their own shows those of their first items, and names the others", async () => {
  const raster = fixture("rasters/lonlat4326.tif");
  const asked: string[] = [];
  await using server = serve(({ path, headers }) => {
    asked.push(path);
    if (path.endsWith(".json")) {
      const id = path.replace(/\D/g, "");
      return Response.json({
        type: "Feature",
        id: `tile ${id}`,
        assets: { "a.tif": { href: "./a.tif", roles: ["data"] } },
        links: [],
      });
    }
    const [, from = "0", to = "0"] = /bytes=(\d+)-(\d+)/.exec(headers.get("range") ?? "") ?? [];
    return new Response(raster.slice(Number(from), Number(to) + 1), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${to}/${raster.length}` },
    });
  });
  const links = Array.from({ length: 6 }, (_, at) => ({
    rel: "item",
    href: `${server.url}/items/${at}.json`,
    title: `tile ${at}`,
  }));
  const { pictures, others } = await preview(collectionOf(null, links));
  assertEquals(pictures.map(({ name }) => name), [0, 1, 2, 3].map((at) => `tile ${at}/a.tif`));
  assertEquals(others, ["tile 4", "tile 5"]);
  assertEquals([...new Set(asked)].filter((path) => path.endsWith(".json")).length, 4);
});
