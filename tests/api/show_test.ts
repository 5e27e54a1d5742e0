// Whatever the client returns shows itself in a notebook, and is plain data to everyone else.
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  AuthenticatedClient,
  Client,
  type Displayable,
  jupyterDisplay,
  type MimeBundle,
} from "../../mod.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import { test } from "../support/test.ts";
import { AREA, JOB, square } from "../upscale/areas.ts";
import { onStage } from "./call/stage.ts";

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
