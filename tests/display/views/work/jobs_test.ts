import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { jobsTable, type JobsTableOptions } from "../../../../src/display/views/work/jobs.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { ModelInvalidError } from "../../../../src/models/schema/issue.ts";
import type { ProcessingJobSummary } from "../../../../src/models/jobs.ts";
import { oneService, realisticJob, thousandJobs } from "../../realistic.ts";
import { bundleOf, job, jobs } from "../../views.ts";

const many = jobs(...Array.from({ length: 137 }, (_, at) => at % 40 === 0 ? "failed" : "finished"));

test("jobsTable() prints an aligned table", () => {
  assertEquals(Deno.inspect(jobsTable([job()])).split("\n"), [
    "1 job",
    "Job  Status     Title             Service           bbox              resolution  bands",
    "───  ─────────  ────────────────  ────────────────  ────────────────  ──────────  ────────",
    " 42  ○ created  Vegetation index  vegetation-index  12, 41 to 13, 42          10  B04, B08",
  ]);
});

test("jobsTable() shows twenty of many, and counts all", () => {
  const bundle = bundleOf(jobsTable(many));
  const caption = "137 jobs · 4 failed · 133 finished · 20 of 137 shown";
  assertEquals(bundle["text/plain"].split("\n")[0], caption);
  assertStringIncludes(checkHtml(bundle["text/html"]), caption);
  assertEquals(bundle["text/html"].match(/<tr /g)?.length, 21);
  assertEquals(bundle["text/markdown"].match(/^\| \d/gm)?.length, 20);
  const ids = bundle["text/plain"].split("\n").map((line) => parseInt(line)).filter((id) => id > 0)
    .slice(1);
  assertEquals(ids.slice(0, 6), [121, 81, 41, 1, 137, 136]);
});

test("jobsTable() shows as many rows as asked for, and a caption", () => {
  const text = String(jobsTable(many, { rows: 100 }));
  assertEquals(text.match(/^ *\d+ {2}[✗✓]/gm)?.length, 100);
  assertEquals(text.split("\n").at(-1), "jobsTable(jobs, { page: 2 }) shows more");
  assertStringIncludes(String(jobsTable(many, { caption: "Mine" })), "Mine · 137 jobs · 4 failed");
});

test("jobsTable() says of an empty list what to do next", () => {
  assertEquals(
    String(jobsTable([])),
    "No jobs yet: await client.unitJobs.create(request) makes one.",
  );
  assertEquals(
    String(jobsTable(many, { where: { status: "running" } })),
    "Nothing like that among 137 jobs",
  );
  assertEquals(
    String(jobsTable(many, { page: 8 })),
    "There are no more rows: 137 jobs end on an earlier page",
  );
  assertEquals(String(jobsTable([], { caption: "Mine" })), "Mine: no jobs");
});

test("jobsTable() keeps the whole of a long title for the tooltip", () => {
  const title = `A title ${"that goes on and on ".repeat(5)}to its end`;
  const html = bundleOf(jobsTable([job({ title })]))["text/html"];
  assertStringIncludes(html, `title="${title}"`);
  assertStringIncludes(checkHtml(html), "…");
});

test("jobsTable() shows statuses that it does not know", () => {
  const text = String(jobsTable(jobs("paused", "running")));
  assertStringIncludes(text, "2 jobs · 1 running · 1 paused");
  assertStringIncludes(text, "• paused");
});

test("jobsTable() lays out ten thousand jobs without touching most of them", () => {
  let read = 0;
  const counted = Array.from({ length: 10_000 }, (_, at) => {
    const one = { ...job({ id: at + 1, status: "finished" }) };
    return Object.defineProperty(one, "title", {
      get() {
        read++;
        return "Vegetation index";
      },
    });
  });
  const view = jobsTable(counted);
  assertEquals(read, 0);
  assertStringIncludes(String(view), "10000 jobs  ✓ finished · 20 of 10000 shown");
  assertEquals(read, 20);
});

/** The heading and the rows of a table of jobs. */
function linesOf(list: readonly ProcessingJobSummary[], options: JobsTableOptions = {}): string[] {
  return String(jobsTable(list, options)).split("\n");
}

test("jobsTable() says once what is the same in every row, and gives what differs a column", () => {
  const list = [1, 2].map((id) =>
    job({ id, parameters: { resolution: 10 * id, bands: ["B04", "B08"], token: "s3cret" } })
  );
  const lines = linesOf(list);
  assertEquals(lines.slice(0, 3), [
    "2 jobs  ○ created",
    "Alike: Vegetation index · vegetation-index on processes.example.test · bands B04, B08 · token",
    "(hidden)",
  ]);
  assertEquals(lines[3]?.split(/ {2,}/), ["Job", "resolution", "Created (UTC)"]);
  assertEquals(lines[5]?.trim().split(/ {2,}/), ["2", "20", "2026-11-23 15:38"]);
});

test("jobsTable() finds where and when, whatever a service calls them", () => {
  const list = [
    realisticJob(1, "finished", 0),
    realisticJob(2, "finished", 2),
    realisticJob(3, "finished", 0),
  ];
  const [head = ""] = linesOf(list).filter((line) => line.includes("Job "));
  assert(head.includes("Where") && head.includes("Service"), head);
  const [same = ""] = linesOf(oneService(3)).filter((line) => line.includes("Job "));
  assertEquals(same.trim().split(/ {2,}/).slice(2), ["Title", "spatial_extent", "temporal_extent"]);
});

test("jobsTable() tells long titles apart", () => {
  const name = "Sentinel-2 maximum NDVI composite of the parcels of the Yser valley, second run";
  const list = ["A", "B", "C"].map((end, index) =>
    job({ id: index + 1, title: `${name}, part ${end}${" of the winter".repeat(4)}` })
  );
  const rows = linesOf(list).slice(-3).map((line) => line.trim().split(/ {2,}/)[1] ?? "");
  assertEquals(new Set(rows.map((row) => row.slice(0, 1))), new Set(["A", "B", "C"]));
});

test("jobsTable() shows the columns that are asked for, sorted and sifted", () => {
  const lines = linesOf(jobs("failed", "running", "finished"), {
    columns: ["title", "id", "label", "resolution", "nothing"],
    where: ({ id }) => id !== 2,
    sort: "oldest",
  });
  assertEquals(lines, [
    "2 jobs · 1 failed · 1 finished",
    "Title             Job  Label            resolution  nothing",
    "────────────────  ───  ───────────────  ──────────  ───────",
    "Vegetation index    1  ogc_api_process          10  –",
    "Vegetation index    3  ogc_api_process          10  –",
  ]);
});

test("jobsTable() shows of a thousand jobs some of each status", () => {
  const text = String(jobsTable(thousandJobs()));
  assert(text.startsWith("1000 jobs · 62 failed · 143 running"));
  for (const [glyph, least] of [["✗ failed", 3], ["◐ running", 3], ["◔ queued", 3]] as const) {
    assert((text.match(new RegExp(glyph, "g"))?.length ?? 0) >= least, text);
  }
});

test("jobsTable() refuses an option that nobody knows", () => {
  assertThrows(
    () => jobsTable([], Object({ row: 5 })),
    ModelInvalidError,
    'row: no such option; did you mean "rows"?',
  );
  assertThrows(() => jobsTable([], Object({ rows: "5" })), ModelInvalidError, "rows: expected");
});
