import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Line } from "../../../../src/display/render/document.ts";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import {
  hasDates,
  jobCard,
  namedColumn,
  nextStep,
  platformLine,
  remarksOn,
  serviceLine,
  serviceName,
} from "../../../../src/display/views/work/job.ts";
import { ProcessingJobSummary } from "../../../../src/models/jobs.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, job } from "../../views.ts";

const ogc = {
  endpoint: "https://processes.example.test",
  namespace: "apex",
  application: "/processes/vegetation-index",
};
const openeo = {
  endpoint: "https://openeo.example.test",
  namespace: null,
  application: "https://catalogue.example.test/udp/max_ndvi.json?ref=main",
};

test("serviceName() is the last part of what runs, and keeps the rest for the tooltip", () => {
  assertEquals(serviceName(ogc), {
    text: "vegetation-index",
    whole: "/processes/vegetation-index · apex · https://processes.example.test",
  });
  assertEquals(serviceName(openeo).text, "max_ndvi");
  assertEquals(serviceName({ endpoint: "e", application: "/" }).text, "/");
});

test("serviceLine() links a description that is on the web", () => {
  assertEquals(serviceLine(ogc), [{ text: "/processes/vegetation-index", style: "code" }]);
  const [name] = serviceLine(openeo);
  assertEquals(name?.href, openeo.application);
  const { pieces, whole } = fitLine(serviceLine(openeo), 100);
  assertEquals(textOf({ pieces, whole }), "max_ndvi, described at catalogue.example.test");
  assertEquals(whole, "https://catalogue.example.test/udp/max_ndvi.json");
});

test("platformLine() leaves out a namespace that is not there", () => {
  const text = (...args: Parameters<typeof platformLine>) =>
    textOf(fitLine(platformLine(...args), 100));
  assertEquals(
    text(ogc, "ogc_api_process"),
    "https://processes.example.test namespace apex · ogc_api_process",
  );
  assertEquals(text(openeo, "openeo"), "https://openeo.example.test · openeo");
});

test("jobCard() tells all of a job, and what to do next", () => {
  assertEquals(String(jobCard(job({ status: "finished" }))).split("\n"), [
    "Job 42  ✓ finished  Vegetation index",
    "Service     /processes/vegetation-index",
    "Platform    https://processes.example.test namespace apex · ogc_api_process",
    "Parameters  bbox: [12, 41, 13, 42]",
    "            resolution: 10",
    '            bands: ["B04", "B08"]',
    "Created     2026-11-23 15:38:21 UTC",
    "Updated     2026-11-23 15:40:02 UTC",
    "Next        await client.unitJobs.results(42) gets its files",
  ]);
});

test("jobCard() tells of a summary what there is", () => {
  const { created: _created, updated: _updated, ...summary } = job();
  const text = String(jobCard(ProcessingJobSummary.parse(summary)));
  assertEquals(/Created|Updated/.test(text), false);
  assertStringIncludes(
    text,
    "Next        await follow(client.unitJobs.watch(42)) shows it until it ends",
  );
});

test("jobCard() says of a failed job what is known and what to look at", () => {
  const html = checkHtml(bundleOf(jobCard(job({ status: "failed" })))["text/html"]);
  assertStringIncludes(html, "The service passes on no reason.");
  assertStringIncludes(html, "client.unitJobs.parameters({ label, service })");
  assertStringIncludes(html, "whether your account is linked to the platform");
});

test("jobCard() links the description of an openEO process", () => {
  const service = {
    endpoint: "https://openeo.example.test",
    application: "https://c.test/ndvi.json",
  };
  const html = bundleOf(jobCard(job({ service })))["text/html"];
  assertStringIncludes(
    html,
    '<a href="https://c.test/ndvi.json" target="_blank" rel="noopener noreferrer">',
  );
});

test("jobCard() shows twenty parameters of many, and says when there are none", () => {
  const parameters = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`p${at}`, at]));
  const text = String(jobCard(job({ parameters })));
  assertStringIncludes(text, "p19: 19\n            and 5 more\n");
  assertStringIncludes(String(jobCard(job({ parameters: {} }))), "Parameters  none");
});

test("jobCard() shows no secret among the parameters", () => {
  const parameters = { token: "s3cret", source: "https://x.test/a.tif?token=s3cret" };
  for (const form of Object.values(bundleOf(jobCard(job({ parameters }))))) {
    assertEquals(form.includes("s3cret"), false, form);
  }
});

const textOfStep = (line: Line | undefined) => line && textOf(fitLine(line, 100));

test("nextStep() fits the status", () => {
  const step = (status: string, id = 42) => textOfStep(nextStep(job({ status, id })));
  assertEquals(step("finished"), "await client.unitJobs.results(42) gets its files");
  assertEquals(step("failed"), undefined);
  assertEquals(step("canceled")?.startsWith("create it again"), true);
  assertEquals(
    step("unknown")?.endsWith("may well be running; await client.unitJobs.get(42) asks again"),
    true,
  );
  for (const status of ["created", "queued", "running", "paused"]) {
    assertEquals(step(status), "await follow(client.unitJobs.watch(42)) shows it until it ends");
  }
  assertEquals(
    step("running", NaN),
    "await follow(client.unitJobs.watch(job)) shows it until it ends",
  );
});

test("remarksOn() speaks up where a status does not tell all", () => {
  const tones = (status: string, label = "openeo") =>
    remarksOn(job({ status, label })).map((block) => block.kind === "note" && block.tone);
  assertEquals(tones("failed"), ["error"]);
  assertEquals(tones("unknown"), ["plain"]);
  assertEquals(tones("unknown", "ogc_api_process"), []);
  assertEquals(tones("finished"), []);
});

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
