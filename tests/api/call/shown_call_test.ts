// What a call is before anybody awaits it: how a notebook and a console see it.
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Client, DispatchError, jupyterDisplay, type MimeBundle } from "../../../mod.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { test } from "../../support/test.ts";
import { onStage } from "./stage.ts";

/** What a kernel shows of a value, or waits for. */
async function bundleOf(value: object): Promise<MimeBundle> {
  const method: unknown = Reflect.get(value, jupyterDisplay);
  if (typeof method !== "function") throw new Error("It does not show itself");
  return await Reflect.apply(method, value, []);
}

/** What a kernel shows of a promise that was left at the end of a cell: it waits for the symbol's answer. */
async function shownUnawaited(promise: Promise<unknown>): Promise<string> {
  const bundle = await bundleOf(promise);
  assertEquals(Object.keys(bundle), ["text/plain", "text/markdown", "text/html"]);
  return bundle["text/plain"];
}

test("a call left unawaited shows what came of it, or why nothing did", () =>
  onStage(async (client, clock) => {
    const created = client.unitJobs.create(JOB_REQUEST);
    assert((await shownUnawaited(created)).startsWith("Job 1  ○ created"));
    assertEquals((await created).id, 1);
    clock.advance(60_000);
    assert((await shownUnawaited(client.unitJobs.list())).startsWith("1 job\n"));
    assert((await shownUnawaited(client.unitJobs.results(1))).startsWith("Results of job 1"));
    const failure = await shownUnawaited(client.unitJobs.get(99));
    assert(failure.startsWith("! Cannot get unit job 99: the service answered 404"), failure);
    assert(failure.includes("What to do: "));
    // Nobody else heard of it: a rejection that is not handled would end this test.
    const refused = await shownUnawaited(client.unitJobs.get(-1));
    assert(refused.includes("id: expected a positive integer"), refused);
    assertEquals(await shownUnawaited(client.unitJobs.delete(1)), "✓ done  the service says 200");
    const days = client.statistics({ from: "2026-11-02", to: "2026-11-01" });
    assert((await shownUnawaited(days)).includes('expected a day not after "to"'));
  }));

test("detailed() shows a short card, awaited or not, and prints no more than that", () =>
  onStage(async (client) => {
    await client.unitJobs.create(JOB_REQUEST);
    const whole = await client.jobsStatus.get().detailed();
    const { "text/plain": card } = await bundleOf(whole);
    assertEquals(card.split("\n").map((line) => line.split(/ {2,}/)[0]), [
      "Answer",
      "Media type",
      "Size",
      "Request id",
      "Body",
    ]);
    assert(card.includes(whole.requestId));
    assertEquals(Deno.inspect(whole), card);
    assertEquals(Object.keys(whole).includes("content"), false);
    assertEquals(Object.getOwnPropertySymbols({ ...whole }), []);
    const failed = await shownUnawaited(client.unitJobs.get(99).detailed());
    assert(failed.startsWith("Answer  ✗ 404") && failed.includes("JOB_NOT_FOUND"), failed);
    assertEquals(failed.match(/[0-9a-f]{8}-[0-9a-f]{4}/g)?.length, 1);
  }));

test("a call prints as one line, and hides how it shows itself", () =>
  onStage(async (client) => {
    const asked = client.health();
    assertEquals(Deno.inspect(asked).split("\n").length, 1);
    assertEquals(Reflect.ownKeys(asked), []);
    await asked;
  }));

test("a call leaves to its error the line of whoever awaits the call", async () => {
  const client = new Client({
    baseUrl: "https://dispatch.example.test",
    fetch: () => Promise.resolve(Response.json({}, { status: 404 })),
  });
  const line = async () => {
    await client.health();
  };
  const error = await assertRejects(line, DispatchError);
  assertMatch(error.stack ?? "", /\n {4}at async line \(\S+\/shown_call_test\.ts:\d+:\d+\)$/);
});
