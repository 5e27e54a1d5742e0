import { assertEquals, assertStringIncludes } from "@std/assert";
import { jobsTable } from "../../../../src/display/views/work/jobs.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, job, jobs } from "../../views.ts";

const many = jobs(...Array.from({ length: 137 }, (_, at) => at % 40 === 0 ? "failed" : "finished"));

test("jobsTable() prints an aligned table", () => {
  assertEquals(Deno.inspect(jobsTable([job()])).split("\n"), [
    "1 job · 1 created",
    "Job  Status     Title             Service           Parameters",
    "───  ─────────  ────────────────  ────────────────  ────────────────────────────────────────────────",
    "42   ○ created  Vegetation index  vegetation-index  bbox: [12, 41, 13, 42], resolution: 10, bands:…",
  ]);
});

test("jobsTable() shows twenty of many, and counts all", () => {
  const bundle = bundleOf(jobsTable(many));
  const caption = "137 jobs · 4 failed · 133 finished · showing 20 of 137";
  assertEquals(bundle["text/plain"].split("\n")[0], caption);
  assertStringIncludes(checkHtml(bundle["text/html"]), caption);
  assertEquals(bundle["text/html"].match(/<tr /g)?.length, 21);
  assertEquals(bundle["text/markdown"].match(/^\| \d/gm)?.length, 20);
  const ids = bundle["text/plain"].split("\n").slice(3).map((line) => parseInt(line));
  assertEquals(ids.slice(0, 6), [121, 81, 41, 1, 137, 136]);
});

test("jobsTable() shows as many rows as asked for, and a caption", () => {
  assertEquals(String(jobsTable(many, { rows: 100 })).split("\n").length, 103);
  assertStringIncludes(String(jobsTable(many, { caption: "Mine" })), "Mine · 137 jobs · 4 failed");
});

test("jobsTable() says that there are none", () => {
  assertEquals(String(jobsTable([])), "No jobs");
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
  assertStringIncludes(String(view), "10000 jobs · 10000 finished · showing 20 of 10000");
  assertEquals(read, 20);
});
