import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bboxToPolygon } from "../../../../src/geo/box.ts";
import type { FootprintSource } from "../../../../src/geo/geometries_of.ts";
import { inTurns } from "../../../../src/core/waiting.ts";
import {
  mapBlock,
  mapBlockInTurns,
  type MapBlockOptions,
} from "../../../../src/display/views/results/map_block.ts";
import { loadAtlas } from "../../../../src/map/coast/atlas.ts";
import { STATUS_ORDER } from "../../../../src/map/status.ts";
import { test } from "../../../support/test.ts";
import { checkSvg, svgOf } from "../../check_svg.ts";
import { type Grid, gridTiles, jobsOver, taskOver } from "../../../map/map_tiles.ts";

const LATIUM: Grid = { corner: [11.5, 41.2], columns: 4, rows: 3, size: 20_000 };

function draw(
  source: FootprintSource,
  options?: MapBlockOptions,
): { alt: string; svg: string; texts: string[] } {
  const block = mapBlock(source, options);
  if (block.kind !== "picture") throw new Error(`Not a picture: ${Deno.inspect(block)}`);
  const svg = svgOf(block.src);
  return { alt: block.alt, svg, texts: checkSvg(svg) };
}

test("mapBlock() counts what has no place", () => {
  const { alt, texts } = draw(jobsOver([[12, 41, 13, 42], "nowhere", {}], () => "queued"));
  assertEquals(alt, "3 jobs: 3 queued, 2 without a place; 12°E to 13°E, 41°N to 42°N");
  assert(texts.includes("2 without a place"), String(texts));
});

test("mapBlock() has a row of the legend for each status", () => {
  const statuses = [...STATUS_ORDER, "paused", "lost", "paused", "stuck", "odd", "new"];
  const { texts } = draw(
    taskOver(gridTiles({ ...LATIUM, rows: 4 }), (index) => statuses[index] ?? "new"),
  );
  const rows = ["1 failed", "1 running", "1 queued", "1 created", "1 finished"];
  rows.push("1 canceled", "1 unknown", "4 new", "2 paused", "1 lost", "2 other");
  assertStringIncludes(texts.join(" "), `16 tiles ${rows.join(" ")}`);
});

test("mapBlock() gives each status a colour and a mark, or a pattern where marks have no room", () => {
  for (const status of [...STATUS_ORDER, "paused"]) {
    const name = status === "paused" ? "other" : status;
    const few = draw(taskOver(gridTiles(LATIUM), () => status)).svg;
    assertEquals(few.match(new RegExp(`<use href="#mark-${name}"`, "g"))?.length, 13);
    assert(!few.includes("url(#pattern"));
    const many = draw(taskOver(gridTiles({ ...LATIUM, columns: 30, rows: 20 }), () => status)).svg;
    assert(!many.includes("<use"));
    assertEquals(many.includes(`url(#pattern-${name})`), status !== "finished");
  }
});

/** The statuses of the marks on the map, in the order of painting. */
function marksOf(svg: string): (string | undefined)[] {
  const [map = ""] = svg.split('<rect class="edge"');
  return [...map.matchAll(/<use href="#mark-(\w+)"/g)].map(([, name]) => name);
}

test("mapBlock() cuts one spot into a strip for each of several jobs", () => {
  const area = [12, 41, 13, 42];
  const statuses = ["finished", "failed", "running"];
  const { svg, texts } = draw(jobsOver([area, area, area], (index) => statuses[index] ?? ""));
  assertEquals(marksOf(svg), ["finished", "running", "failed"]);
  for (const number of ["1", "2", "3"]) assert(texts.includes(number), String(texts));
  assert(!texts.some((text) => text.includes("under others")), String(texts));
});

test("mapBlock() shows the one to act on where there are too many for that", () => {
  const areas = Array(20).fill([12, 41, 13, 42]);
  const { svg, texts } = draw(jobsOver(areas, (index) => index === 7 ? "failed" : "finished"));
  assertEquals(marksOf(svg), ["failed"]);
  assert(texts.includes("19 under others"), String(texts));
});

test("mapBlock() shows each of those that lie over each other: small ones on large ones, with edges", () => {
  const { svg } = draw(jobsOver(
    [[12, 41, 13, 42], [12.2, 41.2, 12.4, 41.4], [12.5, 41.5, 13.5, 42.5]],
    (index) => index === 0 ? "failed" : "finished",
  ));
  assertEquals(marksOf(svg).length, 3);
  const [small = ""] = [...svg.matchAll(/<path class="tiles"[^>]* d="([^"]*)"/g)].map(([, path]) =>
    path
  ).slice(-1);
  assertMatch(small, /^M\d+ \d+l\d{3} 0 0-\d{3}/, "The small one lies on top");
  // Areas of one path would take away from each other.
  assertEquals(svg.match(/<path class="tiles"/g)?.length, 3);
  assertEquals(svg.match(/<path class="edges" d="([^"]*)"/)?.[1]?.split("M").length, 4);
});

test("mapBlock() draws no edges where tiles only touch", () => {
  assert(!draw(taskOver(gridTiles(LATIUM))).svg.includes('class="edges"'));
});

test("mapBlock() writes numbers of jobs where they fit", () => {
  assert(draw(taskOver(gridTiles(LATIUM))).texts.includes("12"));
  const many = draw(taskOver(gridTiles({ ...LATIUM, columns: 20, rows: 20 }))).texts;
  assert(!many.includes("12"), "400 numbers are noise");
});

test("mapBlock() keeps a compact map to 240 pixels, without figures that stand beside it", async () => {
  const atlas = await loadAtlas();
  // A coast in a corner is in view: how far it is need not be said.
  const places = [[1, "Open sea,50 km off Italy"], [3, "At sea"], [12, "Italy"]] as const;
  for (const [rows, place] of places) {
    const { svg, texts } = draw(
      taskOver(gridTiles({ ...LATIUM, rows }), (index) => STATUS_ORDER[index % 7] ?? ""),
      { atlas, compact: true },
    );
    const [, height] = svg.match(/^<svg [^>]*height="(\d+)"/) ?? [];
    assert(Number(height) <= 240, `${height} pixels`);
    assert(texts.includes("failed") && texts.join().endsWith(`,${place}`), String(texts));
    assert(!texts.some((text) => /\d+ (?:tiles|failed)/.test(text)), String(texts));
  }
});

test("mapBlock() says where it is, and how far the coast is when none is in view", async () => {
  const atlas = await loadAtlas();
  const polders = { corner: [3.2, 50.9], columns: 3, rows: 3, size: 10_000 } as const;
  const { texts } = draw(taskOver(gridTiles(polders)), { atlas });
  assert(texts.includes("Belgium"), String(texts));
  assert(texts.some((text) => /^coast \d+ km north(?:-west)?$/.test(text)), String(texts));
});

test("mapBlock() says how far the coast is where it is not drawn for want of detail", async () => {
  const atlas = await loadAtlas();
  const polders = { corner: [3.2, 50.9], columns: 4, rows: 3, size: 20_000 } as const;
  const { svg, texts } = draw(taskOver(gridTiles(polders)), { atlas, compact: true });
  assert(!svg.includes('id="land"'));
  assert(texts.some((text) => /^coast \d+ km north(?:-west)?$/.test(text)), String(texts));
});

test("mapBlockInTurns() leaves others their turns while it maps a million points", async () => {
  const coordinates = Array.from({ length: 1_000_000 }, (_, index): [number, number] => [
    3 + Math.sin(index),
    50 + Math.cos(index * 1.3),
  ]);
  const features = coordinates.map((place) => ({
    type: "Feature" as const,
    properties: {},
    geometry: { type: "Point" as const, coordinates: place },
  }));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const block = await inTurns(mapBlockInTurns({ type: "FeatureCollection", features }));
  clearInterval(timer);
  assert(turns > 20, `${turns} turns`);
  if (block.kind !== "picture") throw new Error("Not a picture");
  assert(block.src.length < 40_000);
  assertEquals(block.alt, "1000000 areas; 2°E to 4°E, 49°N to 51°N");
});

test("mapBlock() draws points, lines, holes and collections", () => {
  const hole = bboxToPolygon([12.4, 41.4, 12.6, 41.6]).coordinates;
  const { svg, alt } = draw({
    type: "GeometryCollection",
    geometries: [
      { type: "Polygon", coordinates: [...bboxToPolygon([12, 41, 13, 42]).coordinates, ...hole] },
      { type: "Point", coordinates: [13.5, 41.5] },
      { type: "MultiLineString", coordinates: [[[13, 41], [14, 42]], [[13, 42], [14, 41]]] },
      {
        type: "GeometryCollection",
        geometries: [{ type: "MultiPoint", coordinates: [[12, 40.5]] }],
      },
    ],
  });
  assertEquals(alt, "4 tiles; 12°E to 14°E, 40.5°N to 42°N");
  assertEquals(svg.match(/class="lines"/g)?.length, 1);
});

const places: readonly (readonly [string, Grid, string, readonly string[]])[] = [
  ["a field of 100 m", { corner: [4.7001, 50.8601], columns: 2, rows: 2, size: 80 }, "50.8601°N", [
    "10 m",
    "4.7010°E",
    "50.8604°N",
  ]],
  ["a country", { corner: [2.6, 49.5], columns: 12, rows: 9, size: 25_000 }, "49.5°N", [
    "20 km",
    "4°E",
    "50.5°N",
  ]],
  ["a continent", { corner: [-18, -35], columns: 20, rows: 20, size: 380_000 }, "35°S", [
    "0°",
    "30°E",
    "20°S",
  ]],
  ["Fiji", { corner: [176.5, -19.5], columns: 12, rows: 9, size: 40_000 }, "176.5°E to 179.19°W", [
    "179°E",
    "180°",
    "179°W",
  ]],
  ["Svalbard", { corner: [10, 76.3], columns: 8, rows: 9, size: 200_000 }, "76.3°N", [
    "79.0°N",
    "20°E",
  ]],
  ["Greenland", { corner: [-73, 60], columns: 20, rows: 20, size: 450_000 }, "60°N to 82.52°N", [
    "80°N",
    "30°W",
  ]],
];
for (const [name, grid, words, labels] of places) {
  test(`mapBlock() maps ${name}`, async () => {
    const { alt, texts, svg } = draw(taskOver(gridTiles(grid)), { atlas: await loadAtlas() });
    assertStringIncludes(alt, words);
    for (const label of labels) assert(texts.includes(label), `${label}: ${texts}`);
    assert(svg.length < 100_000, `${svg.length} characters`);
  });
}

test("mapBlock() maps a pole, the whole world, and a single point", async () => {
  const atlas = await loadAtlas();
  const sectors = Array.from({ length: 24 }, (_, index) => ({
    west: index * 15 - 180,
    south: 82,
    east: index * 15 - 165,
    north: 90,
  }));
  const pole = draw(jobsOver(sectors), { atlas });
  assertStringIncludes(pole.alt, "all longitudes, 82°N to 90°N");
  for (const label of ["0°", "90°E", "180°", "90°W"]) {
    assert(pole.texts.includes(label), String(pole.texts));
  }
  const world = draw([-180, -90, 180, 90], { atlas });
  assertStringIncludes(world.alt, "all longitudes, 90°S to 90°N");
  assert(world.texts.includes("90°N"), String(world.texts));
  assertEquals(
    draw({ type: "Point", coordinates: [180, -90] }, { atlas }).alt,
    "1 area; 180°, 90°S",
  );
});

test("mapBlock() splits at the antimeridian: both sides lie next to each other", () => {
  const [left, right] = [[179, 0, 180, 1], [-180, 0, -179, 1]].map((box) =>
    draw(jobsOver([box])).svg
  );
  const both = draw(jobsOver([[179, 0, 180, 1], [-180, 0, -179, 1]])).svg;
  const whole = draw(jobsOver([[179, 0, -179, 1]])).svg;
  const viewOf = (svg: string | undefined) => svg?.match(/viewBox="[^"]*"/)?.[0];
  assertEquals(viewOf(both), viewOf(whole));
  assertEquals(viewOf(left), viewOf(right));
});

test("mapBlock() of 10,000 tiles is small, quick and the same every time", async () => {
  const atlas = await loadAtlas();
  const task = taskOver(gridTiles({ corner: [-10, 36], columns: 100, rows: 100, size: 35_000 }));
  const first = draw(task, { atlas });
  assertMatch(first.alt, /^10000 tiles: /);
  assert(first.svg.length < 300_000, `${first.svg.length} characters`);
  const second = mapBlock(task, { atlas: await loadAtlas() });
  assertEquals(second.kind === "picture" && svgOf(second.src), first.svg);
});

test("mapBlock() stays small whatever the statuses and the shapes", () => {
  const tiles = gridTiles({ corner: [-10, 36], columns: 100, rows: 100, size: 35_000 });
  const mixed = draw(taskOver(tiles, (index) => STATUS_ORDER[(index * 7919) % 11 % 7] ?? "x"));
  assert(mixed.svg.length < 300_000, `${mixed.svg.length} characters`);
  const jagged = Array.from({ length: 400 }, (_, tile) => {
    const ring = Array.from({ length: 500 }, (_, step): [number, number] => {
      const angle = step / 250 * Math.PI;
      const radius = step % 2 === 0 ? 4 : 3;
      return [
        tile % 20 + radius * Math.cos(angle),
        Math.floor(tile / 20) + radius * Math.sin(angle),
      ];
    });
    return { type: "Polygon", coordinates: [[...ring, ring[0]]] };
  });
  const stars = draw(jobsOver(jagged));
  assert(stars.svg.length < 300_000, `${stars.svg.length} characters`);
});

const hostile = [
  "<script>alert(1)</script>",
  `"/><image href="https://evil.example.test/x.png" onload="alert(1)"/>`,
  "]]></style><style>*{background:url(https://evil.example.test)}",
  "&lt; &amp; &#60; &undefined;",
  "\u0000\u0008\ufffe\uffff\ud800 \u202eabc",
  "農業".repeat(3_000),
  "__proto__",
];
for (const text of hostile) {
  test(`mapBlock() shows ${JSON.stringify(text.slice(0, 30).toWellFormed())} as text`, () => {
    const task = { ...taskOver(gridTiles(LATIUM), () => text), title: text };
    for (const options of [{}, { title: text }]) {
      const { svg } = draw(task, options);
      assert(!svg.replaceAll(/<text[^<]*<\/text>/g, "").includes("evil"), svg);
    }
    const large = taskOver(gridTiles({ ...LATIUM, columns: 50, rows: 50 }), () => text);
    draw(large, { title: text });
  });
}
