import { assertEquals } from "@std/assert";
import type { Line } from "../../../src/display/render/document.ts";
import { fitLine, textOf } from "../../../src/display/render/fit.ts";
import { nextStep, remarksOn } from "../../../src/display/views/next_step.ts";
import { test } from "../../support/test.ts";
import { job } from "../views.ts";

const textOfStep = (line: Line | undefined) => line && textOf(fitLine(line, 100));

test("nextStep() fits the status", () => {
  const step = (status: string, id = 42) => textOfStep(nextStep(job({ status, id })));
  assertEquals(step("finished"), "await client.unitJobs.results(42) tells its files");
  assertEquals(step("failed"), undefined);
  assertEquals(step("canceled")?.startsWith("create it again"), true);
  assertEquals(
    step("unknown")?.startsWith("await client.unitJobs.get(42) later: the platform"),
    true,
  );
  for (const status of ["created", "queued", "running", "paused"]) {
    assertEquals(step(status), "await client.unitJobs.get(42) tells how far it is");
  }
  assertEquals(step("running", NaN), "await client.unitJobs.get(job) tells how far it is");
});

test("remarksOn() speaks up where a status does not tell all", () => {
  const tones = (status: string, label = "openeo") =>
    remarksOn(job({ status, label })).map((block) => block.kind === "note" && block.tone);
  assertEquals(tones("failed"), ["error"]);
  assertEquals(tones("unknown"), ["plain"]);
  assertEquals(tones("unknown", "ogc_api_process"), []);
  assertEquals(tones("finished"), []);
});
