import type { Block } from "../../../../src/display/render/document.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createPainter, footprints } from "../../../../src/display/views/results/footprints.ts";
import type { FootprintSource } from "../../../../src/geo/geometries_of.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { checkText } from "../../check_text.ts";
import { type Grid, gridTiles, jobsOver, taskOver } from "../../../map/map_tiles.ts";
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
