import { assertEquals } from "@std/assert";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import { hasDates, namedColumn } from "../../../../src/display/views/work/job_columns.ts";
import { test } from "../../../support/test.ts";
import { job } from "../../views.ts";

const { created: _, updated: __, ...summary } = job();

/** The one cell of a column. */
function cell(name: string, one = job()): string {
  const [line = ""] = namedColumn(name, [one]).cells;
  return textOf(fitLine(line, 200));
}

test("namedColumn() knows the fields of jobs, and takes any other name for a parameter", () => {
  const names = ["id", "status", "title", "service", "host", "label", "created", "updated"];
  assertEquals(names.map((name) => cell(name)), [
    "42",
    "○ created",
    "Vegetation index",
    "vegetation-index",
    "processes.example.test",
    "ogc_api_process",
    "2026-11-23 15:38",
    "2026-11-23 15:40",
  ]);
  assertEquals(cell("resolution"), "10");
  assertEquals(["nothing", "constructor", "__proto__"].map((name) => cell(name)), ["–", "–", "–"]);
  assertEquals(
    cell("parameters"),
    "12, 41 to 13, 42 · resolution 10 · bands B04, B08",
  );
});

test("namedColumn() shows an address that is none, and a time that is not known", () => {
  assertEquals(cell("host", job({ service: { endpoint: "none", application: "a" } })), "none");
  assertEquals(cell("created", job({ created: new Date(NaN) })), "–");
  assertEquals(namedColumn("created", [summary]).cells.map((line) => textOf(fitLine(line, 9))), [
    "–",
  ]);
});

test("hasDates() tells a job from its summary", () => {
  assertEquals([hasDates(job()), hasDates(summary)], [true, false]);
});
