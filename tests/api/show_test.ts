// Whatever the client returns shows itself in a notebook, and is plain data to everyone else.
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  AuthenticatedClient,
  Client,
  type Displayable,
  jupyterDisplay,
  type MimeBundle,
} from "../../mod.ts";
import { type ManualClock, manualClock, startSandbox } from "../../src/sandbox/mod.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";
import { AREA, JOB, square } from "../upscale/areas.ts";

/** What a kernel would show of a value. */
function bundleOf(value: object): MimeBundle {
  if (!isDisplayable(value)) throw new Error(`${Deno.inspect(value)} does not show itself`);
  return value[jupyterDisplay]();
}

function isDisplayable(value: object): value is Displayable {
  return jupyterDisplay in value && typeof value[jupyterDisplay] === "function";
}

/** Holds a value that shows itself: what it shows says this, and nothing else sees that it does. */
function assertShows(value: object | null, ...parts: readonly string[]): void {
  if (value === null) throw new Error("Nothing to show");
  const bundle = bundleOf(value);
  assertEquals(Object.keys(bundle), ["text/plain", "text/markdown", "text/html"]);
  for (const text of Object.values(bundle)) {
    for (const part of parts) assert(text.includes(part), `${part} is not in:\n${text}`);
    assert(!text.includes("cannot be shown"), text);
  }
  assert(bundle["text/html"].startsWith('<div class="tex2jax_ignore mathjax_ignore"'));

  const symbols = Object.getOwnPropertySymbols(value);
  assertEquals(symbols, [Symbol.for("Jupyter.display")]);
  assertEquals(Object.getOwnPropertyDescriptor(value, jupyterDisplay)?.enumerable, false);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  assertEquals(Object.getOwnPropertySymbols(copy), []);
  assertEquals(value, copy);
  assertEquals(JSON.stringify(value), JSON.stringify(copy));
  assertEquals(Object.getOwnPropertySymbols(structuredClone(value)), []);
  assert(!Deno.inspect(value, { depth: 9 }).includes("Jupyter"));
}

/** A sandbox whose jobs end when the clock is moved on, and a client of it. */
async function onStage(
  run: (client: AuthenticatedClient, clock: ManualClock) => Promise<void>,
): Promise<void> {
  const clock = manualClock("2026-11-23T15:15:00Z");
  await using sandbox = startSandbox({ clock });
  await run(new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token }), clock);
}

test("health() shows itself", () =>
  onStage(async (client) => assertShows(await client.health(), "Dispatch service", "ok")));

test("unitJobs.create() and get() show themselves", () =>
  onStage(async (client, clock) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    assertShows(job, "Vegetation index", "created");
    clock.advance(60_000);
    assertShows(await client.unitJobs.get(job), "Vegetation index", "finished");
    assertShows((await client.unitJobs.get(job).detailed()).parsed, "finished");
  }));

test("unitJobs.results() shows itself", () =>
  onStage(async (client, clock) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    clock.advance(60_000);
    assertShows(await client.unitJobs.results(job), ".geojson", ".tif");
  }));

test("unitJobs.parameters() shows itself, though it is an array", () =>
  onStage(async (client) => {
    const { label, service } = JOB_REQUEST;
    const parameters = await client.unitJobs.parameters({ label, service });
    assert(Array.isArray(parameters));
    assertShows(parameters, "bbox", "resolution", "bands");
  }));

test("unitJobs.delete() has nothing to show, and createSync() shows what the platform sent", () =>
  onStage(async (client) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    assertEquals(await client.unitJobs.delete(job), null);
    const result = await client.unitJobs.createSync({
      ...JOB,
      parameters: { spatial_extent: AREA },
    });
    assertEquals(result.kind, "json");
    assertShows(result, "application/json", "a time series of");
  }));

/** What a kernel shows of a promise that was left at the end of a cell: it waits for the symbol's answer. */
async function shownUnawaited(promise: Promise<unknown>): Promise<string> {
  const method: unknown = Reflect.get(promise, jupyterDisplay);
  if (typeof method !== "function") throw new Error("It does not show itself");
  const bundle: MimeBundle = await Reflect.apply(method, promise, []);
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
    const { "text/plain": card } = bundleOf(whole);
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
    assertEquals(Object.keys(asked), []);
    await asked;
  }));

test("a client and its parts show where they lead, who is signed in, and what they can do", () => {
  const token = `e30.${btoa('{"preferred_username":"ada","exp":1795448301}')}.c2ln`;
  const baseUrl = "https://dispatch.example.test";
  const client = new AuthenticatedClient({ baseUrl, token });
  const { "text/plain": card } = bundleOf(client);
  assertEquals(card.split("\n").slice(0, 2), [
    "Dispatch client  https://dispatch.example.test",
    "Signed in               ada until 2026-11-23 15:38:21 UTC",
  ]);
  assert(!JSON.stringify(bundleOf(client)).includes(token));
  const asked = new AuthenticatedClient({ baseUrl, token: () => "t0ken" });
  assert(bundleOf(asked)["text/plain"].includes("by a function"));
  assert(bundleOf(new Client({ baseUrl }))["text/plain"].includes("these calls need no account"));
  for (const [name, part] of Object.entries(client)) {
    if (typeof part === "function") continue;
    const { "text/plain": text } = bundleOf(part);
    assert(text.startsWith(`client.${name}`), text);
    for (const call of Object.keys(part)) assert(text.includes(`${call}(`), `${call} in ${text}`);
    assertEquals(Deno.inspect(part), text);
    assert(text.split("\n").length < 24);
  }
  for (const call of Object.keys(client.unitJobs)) assert(card.includes(call));
});

test("lists of lists show themselves, in the reader's order", () =>
  onStage(async (client) => {
    for (let index = 0; index < 3; index++) await client.unitJobs.create(JOB_REQUEST);
    const jobs = await client.unitJobs.list();
    assertEquals(jobs.map(({ id }) => id), [3, 2, 1]);
    assertShows(jobs.filter(({ id }) => id > 1), "2 jobs");
    const oldest = bundleOf(jobs.toSorted((a, b) => a.id - b.id))["text/plain"];
    assertEquals([...oldest.matchAll(/^ +(\d)$/gm)].map(([, id]) => id), ["1", "2", "3"]);
    assertEquals(bundleOf(jobs.filter(() => false))["text/plain"], "No jobs");
    assertEquals(Reflect.has(jobs.map(({ id }) => id), jupyterDisplay), false);
  }));

test("upscaleTasks.create() and get() show themselves, their list of jobs, and each job", () =>
  onStage(async (client, clock) => {
    const values = [square(4, 51, 1), square(5, 51, 1)];
    const task = await client.upscaleTasks.create({
      ...JOB,
      title: "Polders",
      dimension: { name: "spatial_extent", values },
    });
    assertShows(task, "Polders", "created");
    clock.advance(60_000);
    const { jobs, ...rest } = await client.upscaleTasks.get(task);
    assertEquals([rest.status, jobs.length], ["finished", 2]);
    assertShows(await client.upscaleTasks.get(task), "Polders", "finished");
    assertShows(jobs, "Polders - Processing Job 1", "Polders - Processing Job 2");
    jobs.forEach((job, index) => assertShows(job, `Polders - Processing Job ${index + 1}`));
  }));

test("jobsStatus.get() shows itself, its lists, and each job and task", () =>
  onStage(async (client) => {
    await client.unitJobs.create(JOB_REQUEST);
    await client.upscaleTasks.create({
      ...JOB,
      title: "Polders",
      dimension: { name: "spatial_extent", values: [square(4, 51, 1)] },
    });
    const list = await client.jobsStatus.get();
    assertShows(list, "Vegetation index", "Polders");
    assertShows(list.processing_jobs, "Vegetation index");
    assertShows(list.upscaling_tasks, "Polders");
    for (const job of list.processing_jobs) assertShows(job, "Vegetation index");
    for (const task of list.upscaling_tasks) assertShows(task, "Polders");
    const nothing = await client.jobsStatus.get({ filter: "upscaling" });
    assertEquals(nothing.processing_jobs, []);
    assertShows(nothing.processing_jobs, "No jobs");
  }));

test("tiles.split() shows itself", () =>
  onStage(async (client) => {
    const aoi = square(4, 51, 0.3);
    assertShows(await client.tiles.split({ aoi, grid: "20x20km" }), "Polygon");
  }));

test("snapshots of a watch show themselves like what get() returns", () =>
  onStage(async (client, clock) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    const task = await client.upscaleTasks.create({
      ...JOB,
      title: "Polders",
      dimension: { name: "spatial_extent", values: [square(4, 51, 1)] },
    });
    clock.advance(60_000);
    for await (const { value } of client.unitJobs.watch(job)) {
      assertShows(value, "Vegetation index", "finished");
    }
    for (const socket of [true, false]) {
      for await (
        const { value, via } of client.upscaleTasks.watch(task, { socket, expectedJobs: 1 })
      ) {
        assertEquals(via, socket ? "socket" : "polling");
        assertShows(value, "Polders", "finished");
        assertShows(value.jobs, "Polders - Processing Job 1");
      }
      for await (const { value } of client.jobsStatus.watch({ socket })) {
        assertShows(value, "Vegetation index", "Polders");
      }
    }
  }));

test("a value shows what it holds when somebody looks, and its own view stays with it", () =>
  onStage(async (client) => {
    const job = await client.unitJobs.create(JOB_REQUEST);
    const call = client.unitJobs.get(job);
    assertStrictEquals(await call, (await call.detailed()).parsed);
    Reflect.set(job, "title", "Changed since");
    assertShows(job, "Changed since");
  }));
