import type { Line } from "../../../../src/display/render/document.ts";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { jobCard, nextStep, remarksOn } from "../../../../src/display/views/work/job.ts";
import { ProcessingJobSummary } from "../../../../src/models/jobs.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf, job } from "../../views.ts";

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
