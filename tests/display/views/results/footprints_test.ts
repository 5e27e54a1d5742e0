import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Block } from "../../../../src/display/render/document.ts";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import {
  boxLine,
  createPainter,
  extentFields,
  footprints,
  geometriesTable,
} from "../../../../src/display/views/results/footprints.ts";
import { bboxToPolygon } from "../../../../src/geo/box.ts";
import { cornersOf, polygonToBbox } from "../../../../src/geo/extent.ts";
import type { FootprintSource } from "../../../../src/geo/geometries_of.ts";
import type { Geometry } from "../../../../src/models/geojson/geojson.ts";
import { type Grid, gridTiles, jobsOver, taskOver } from "../../../map/map_tiles.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { checkText } from "../../check_text.ts";
import { bundleOf, job, task } from "../../views.ts";

const LATIUM: Grid = { corner: [11.5, 41.2], columns: 4, rows: 3, size: 20_000 };

test("footprints() says in every form how many of each status there are, and where", async () => {
  const map = await footprints(
    taskOver(gridTiles(LATIUM), (index) => index < 3 ? "failed" : "finished"),
  );
  const words =
    "Vegetation index: 12 tiles: 3 failed, 9 finished; 11.5°E to 12.219°E, 41.2°N to 41.604°N";
  const { "text/plain": text, "text/markdown": markdown, "text/html": html } = bundleOf(map);
  assertEquals(text, words);
  checkText(text);
  assertEquals(markdown, `> ${words}`, "A picture stands in the HTML alone");
  checkHtml(html);
  assertStringIncludes(html, `<img alt="${words}" src="data:image/svg+xml;base64,`);
  assert(!/<script|<style|<svg/.test(html));
});

test("footprints() of nothing, and of what has no place, says so", async () => {
  assertEquals(String(await footprints([])), "no areas");
  assertEquals(String(await footprints(taskOver([]))), "Vegetation index: no tiles");
  const jobs = jobsOver(["nowhere", null], () => "failed");
  assertEquals(String(await footprints(jobs)), "2 jobs: 2 failed; no place that can be shown");
});

test("footprints() cannot throw, whatever it is given", async () => {
  const trap = new Proxy({}, {
    get() {
      throw new Error("Not for you");
    },
    has() {
      throw new Error("Not for you");
    },
  });
  const values: readonly unknown[] = [undefined, null, 5, "x", {}, [null], [{}], {
    jobs: [1, null],
  }, trap];
  for (const value of values) {
    const source: FootprintSource = Object.assign([], { 0: value, length: 1 });
    assertStringIncludes(String(await footprints(source)), "no place that can be shown");
  }
  const unfit: FootprintSource = JSON.parse('{"type":"Polygon","coordinates":[[["a","b"]]]}');
  assertEquals(String(await footprints(unfit)), "1 area; no place that can be shown");
});

const altOf = (block: Block | undefined) => block?.kind === "picture" ? block.alt : undefined;

test("createPainter() draws what has a place, each time anew", async () => {
  const paint = createPainter();
  for (const status of ["running", "finished"]) {
    assertEquals(
      altOf(await paint(task(status, status, status))),
      `2 tiles: 2 ${status}; 12°E to 13°E, 41°N to 42°N`,
    );
  }
});

test("createPainter() takes the dimension that says where", async () => {
  const paint = createPainter();
  const parameters = { bbox: [12, 41, 13, 42], where: [2, 50, 3, 51] };
  const block = await paint([job({ parameters })], { dimension: "where" });
  assertEquals(
    altOf(block),
    "1 job: 1 created; 2°E to 3°E, 50°N to 51°N",
  );
});

test("createPainter() draws nothing of what has no place", async () => {
  const paint = createPainter();
  assertEquals(await paint(job({ parameters: {} })), undefined);
  assertEquals(await paint([]), undefined);
});

test("createPainter() draws nothing of what cannot be read", async () => {
  const { proxy, revoke } = Proxy.revocable(job(), {});
  revoke();
  assertEquals(await createPainter()(proxy), undefined);
});

const lines = (...geometries: readonly Geometry[]) =>
  String(geometriesTable({ type: "GeometryCollection", geometries })).split("\n");

test("geometriesTable() counts by type and tells the extent", () => {
  assertEquals(
    lines(
      { type: "Polygon", coordinates: [[[12, 41], [13, 41], [13, 42], [12, 41]]] },
      { type: "Polygon", coordinates: [[[10, 41, 5], [13, 41, 5], [13, 42, 5], [10, 41, 5]]] },
      {
        type: "GeometryCollection",
        geometries: [
          { type: "LineString", coordinates: [[14, 40], [14, 41]] },
          { type: "Point", coordinates: [-0.1234567, 40] },
        ],
      },
    ),
    [
      "3 geometries",
      "Types   2 Polygon · 1 GeometryCollection",
      "Extent  -0.12346, 40, 14, 42 (west, south, east, north)",
    ],
  );
});

test("geometriesTable() says when there is nothing", () => {
  assertEquals(lines(), ["No geometries"]);
  assertEquals(lines({ type: "MultiPolygon", coordinates: [] }), [
    "1 geometry",
    "Types   1 MultiPolygon",
    "Extent  no positions",
  ]);
});

test("geometriesTable() goes over the antimeridian as polygonToBbox() does", () => {
  const west = bboxToPolygon([179, 0, 180, 1]), east = bboxToPolygon([-180, 0, -179, 1]);
  assertEquals(lines(west, east).at(-1), "Extent  179, 0, -179, 1 (west, south, east, north)");
  const geometries = [west, east];
  assertEquals(polygonToBbox({ type: "GeometryCollection", geometries }), [179, 0, -179, 1]);
  assertEquals(
    cornersOf({ type: "GeometryCollection", geometries }),
    "GeometryCollection 179, 0 to -179, 1",
  );
});

test("boxLine() reads boxes of two and three dimensions", () => {
  const text = (box: readonly number[]) => textOf(fitLine(boxLine(box), 100));
  assertEquals(text([5, 51.2, 5.1, 51.3000001]), "5, 51.2, 5.1, 51.3 (west, south, east, north)");
  assertEquals(text([5, 51, -10, 6, 52, 900]), "5, 51, 6, 52 (west, south, east, north)");
  assertEquals(text([-180, -90, 180, 90]), "the whole world");
});

test("extentFields() tells the extent around all others, as far as there is one", () => {
  const text = (...args: Parameters<typeof extentFields>) =>
    extentFields(...args).map(({ label, lines }) =>
      `${label}: ${lines.map((line) => textOf(fitLine(line, 100)))}`
    );
  const begin = new Date("2025-05-01T00:00:00Z");
  const end = new Date("2025-06-01T12:00:00Z");
  assertEquals(
    text({ spatial: { bbox: [] }, temporal: { interval: [[begin, end], [null, null]] } }),
    [
      "When: 2025-05-01 → 2025-06-01 12:00:00 UTC",
    ],
  );
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [[null, end]] } }), [
    "When: open → 2025-06-01 12:00:00 UTC",
  ]);
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [[]] } }), ["When: not told"]);
  assertEquals(text({ spatial: { bbox: [] }, temporal: { interval: [] } }), []);
});
