import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { attachDisplay } from "../../src/display/render/attach.ts";
import { jupyterDisplay } from "../../src/display/render/displayable.ts";
import { toCsv, toGeoJson, toHtml } from "../../src/display/files.ts";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { assetsTable } from "../../src/display/views/results/assets.ts";
import { footprints } from "../../src/display/views/results/footprints.ts";
import { healthCard } from "../../src/display/views/service/cards.ts";
import { parametersTable } from "../../src/display/views/service/request.ts";
import { jobCard } from "../../src/display/views/work/job.ts";
import { jobsTable } from "../../src/display/views/work/jobs.ts";
import { taskTable } from "../../src/display/views/work/tasks.ts";
import { test } from "../support/test.ts";
import { checkHtml } from "./check_html.ts";
import { thousandJobs } from "./realistic.ts";
import { job, jobs, results, task } from "./views.ts";

const linesOf = (csv: string) => csv.split("\r\n").slice(0, -1);

test("toCsv() writes every row and every value whole, in the table's order", () => {
  const csv = toCsv(jobsTable(thousandJobs(), { where: { status: "failed" }, sort: "oldest" }));
  const [head = "", first = "", ...rest] = linesOf(csv);
  assertEquals(rest.length, 61);
  assertEquals(head.split(",").slice(0, 5), ["id", "title", "label", "status", "service.endpoint"]);
  assertStringIncludes(head, "parameters.spatial_extent");
  assert(first.startsWith("3001,"));
  assertStringIncludes(first, '"{""west"":');
});

test("toCsv() quotes as RFC 4180 wants, and lets no spreadsheet compute", () => {
  const strange = ['a "quoted" one', "two\nlines", "a, b", '=HYPERLINK("https://x.test")', "-1+1"];
  const titles = strange.map((title, index) => ({ id: index, title }));
  assertEquals(toCsv(titles).split("\r\n"), [
    "id,title",
    '0,"a ""quoted"" one"',
    '1,"two\nlines"',
    '2,"a, b"',
    `3,"'=HYPERLINK(""https://x.test"")"`,
    "4,'-1+1",
    "",
  ]);
  assertEquals(
    toCsv([{ value: -5, at: new Date("2026-11-23T15:38:21Z"), none: null }]),
    "value,at,none\r\n-5,2026-11-23T15:38:21.000Z,\r\n",
  );
});

test("toCsv() writes no secret, and no signed address unless it is asked for", () => {
  const href = "https://data.example.test/a.tif?X-Amz-Signature=abcdef0123456789";
  const files = results({ "a.tif": { href, "file:size": 12 } });
  for (const source of [files, assetsTable(files)]) {
    const csv = toCsv(source);
    assertEquals(linesOf(csv), ["file,href,file:size", "a.tif,https://data.example.test/a.tif,12"]);
    assertStringIncludes(toCsv(source, { links: true }), href);
  }
  const secret = job({ parameters: { token: "s3cret", resolution: 10 } });
  assert(!toCsv([secret]).includes("s3cret"));
});

test("toCsv() takes lists and tables, and says what else it takes", () => {
  assertEquals(linesOf(toCsv(jobs("failed", "running"))).length, 3);
  assertEquals(linesOf(toCsv(taskTable(jobs("failed")))).length, 2);
  const parameter = { name: "a", type: "string", optional: true, description: "d" };
  assertEquals(linesOf(toCsv(parametersTable([parameter]))), [
    "name,type,optional,description",
    "a,string,true,d",
  ]);
  assertEquals(toCsv([]), "");
  for (const other of [jobCard(job()), Object(5), results(null)]) {
    assertThrows(() => toCsv(other), DispatchError, "it has no rows\n  What to do: ");
  }
});

test("toGeoJson() is the text of a file", () => {
  const list = [job({ parameters: { bbox: [12, 41, 13, 42] } })];
  const collection = JSON.parse(toGeoJson(list));
  assertEquals(collection.features[0].properties, {
    id: 42,
    title: "Vegetation index",
    status: "created",
  });
  assertEquals(JSON.parse(toGeoJson(task("running", "running"))).features.length, 1);
  assert(toGeoJson(list).endsWith("}\n"));
});

test("toHtml() is one page that loads nothing and runs nothing", async () => {
  const map = await footprints(jobs("failed", "running"));
  for (const value of [healthCard({ status: "ok", database: { status: "ok" } }), map]) {
    const page = toHtml(value, { title: "My <work> & more" });
    assert(page.startsWith("<!doctype html>\n"));
    assertStringIncludes(page, "<title>My &#60;work&#62; &#38; more</title>");
    assertStringIncludes(page, "default-src 'none'");
    assert(!/<script|src="(?!data:)|<link/i.test(page));
    const [, body = ""] = /<body[^>]*>\n([^]*)\n<\/body>/.exec(page) ?? [];
    checkHtml(body);
  }
  assertStringIncludes(toHtml(map), 'src="data:image/svg+xml;base64,');
});

test("toHtml() takes what shows itself, and says why it does not take others", () => {
  const shown = attachDisplay(job(), jobCard);
  assertStringIncludes(toHtml(shown), "Job 42");
  assertThrows(() => toHtml(job()), DispatchError, "it does not show itself");
  const asked = { [jupyterDisplay]: () => Promise.resolve({}) };
  assertThrows(() => toHtml(asked), DispatchError, "await it first");
  assertThrows(() => toHtml({ [jupyterDisplay]: () => ({}) }), DispatchError, "no HTML");
});
