import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AuthenticatedClient,
  jupyterDisplay,
  RequestInvalidError,
  ServerError,
} from "../../mod.ts";
import { serve } from "../support/server.ts";
import { jobSummary, wholeJob } from "../support/requests.ts";
import { test } from "../support/test.ts";

const TASK = { id: 7, title: "Polders", label: "openeo", status: "running" };

/** A service with three jobs of one's own, and a task of two jobs; the platform of job 2 is down. */
function service() {
  return serve(({ path }) => {
    if (path.startsWith("/jobs_status")) {
      return Response.json({
        processing_jobs: [jobSummary(2), jobSummary(9), jobSummary(4)],
        upscaling_tasks: path.includes("upscaling") ? [{ ...TASK, id: 3 }, TASK] : [],
      });
    }
    if (path.startsWith("/upscale_tasks/")) {
      const id = Number(path.split("/").at(-1));
      const { created, updated, service } = wholeJob();
      const jobs = [jobSummary(id * 10), jobSummary(id * 10 + 1)];
      return Response.json({ ...TASK, id, created, updated, service, jobs });
    }
    const id = Number(path.split("/").at(-1));
    if (id === 2) return Response.json({ detail: "INTERNAL" }, { status: 500 });
    if (id === 31) return Response.json({ detail: "no" }, { status: 403 });
    return Response.json(wholeJob(id));
  });
}

/** Lists with a client of that service, and what it was asked. */
async function onStage(
  run: (client: AuthenticatedClient, asked: () => string[]) => Promise<void>,
): Promise<void> {
  await using server = service();
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
  await run(client, () => server.seen.map(({ path }) => path));
}

function textOf(list: object): string {
  const method: unknown = Reflect.get(list, jupyterDisplay);
  if (typeof method !== "function") throw new Error("It does not show itself");
  return Reflect.apply(method, list, [])["text/plain"];
}

test("unitJobs.list() lists one's own jobs in one call, the newest first", () =>
  onStage(async (client, asked) => {
    const jobs = await client.unitJobs.list();
    assertEquals(jobs.map(({ id }) => id), [9, 4, 2]);
    assertEquals(jobs.map(({ created }) => created), [undefined, undefined, undefined]);
    assertEquals(asked(), ["/jobs_status?filter=processing"]);
    assert(textOf(jobs).startsWith("3 jobs"));
    assert(!textOf(jobs).includes("Asked"));
  }));

test("unitJobs.list() lists the jobs of tasks too, a call for each task", () =>
  onStage(async (client, asked) => {
    const jobs = await client.unitJobs.list({ children: true });
    assertEquals(jobs.map(({ id }) => id), [71, 70, 31, 30, 9, 4, 2]);
    assertEquals(asked(), [
      "/jobs_status?filter=processing&filter=upscaling",
      "/upscale_tasks/3",
      "/upscale_tasks/7",
    ]);
    assert(textOf(jobs).includes("Asked for in 3 calls"));
    // What is made of it was not asked for in so many calls.
    assert(!textOf(jobs.filter(({ id }) => id > 30)).includes("Asked"));
  }));

test("unitJobs.list() asks for dates one after the other, and says how many calls that took", () =>
  onStage(async (client, asked) => {
    const jobs = await client.unitJobs.list({ dates: true });
    assertEquals(asked().slice(1), ["/unit_jobs/9", "/unit_jobs/4", "/unit_jobs/2"]);
    assertEquals(jobs.map(({ created }) => created instanceof Date), [true, true, false]);
    const text = textOf(jobs);
    assert(text.includes("Asked for in 4 calls; the platforms of 1 job could not be asked"), text);
    assert(text.includes("Created (UTC)"));
    await client.unitJobs.list({ dates: 1 });
    assertEquals(asked().slice(4), ["/jobs_status?filter=processing", "/unit_jobs/9"]);
  }));

test("unitJobs.list() passes on what goes wrong", () =>
  onStage(async (client) => {
    await assertRejects(
      () => client.unitJobs.list({ dates: -1 }),
      RequestInvalidError,
      "dates: expected true, false, or how many jobs to ask about",
    );
    await assertRejects(
      () => client.unitJobs.list(Object({ childern: true })),
      RequestInvalidError,
      'did you mean "children"',
    );
    await assertRejects(() => client.unitJobs.list({ children: true, dates: 4 }), Error, "403");
    const { ok, status } = await new AuthenticatedClient({
      baseUrl: "https://x.test",
      token: "t0ken",
      retry: false,
      fetch: () => Promise.resolve(Response.json({ detail: "no" }, { status: 500 })),
    }).unitJobs.list().detailed();
    assertEquals([ok, status], [false, 500]);
    const stopped = AbortSignal.abort(new Error("enough"));
    await assertRejects(() => client.unitJobs.list({ signal: stopped }), Error, "enough");
  }));

test("upscaleTasks.list() lists one's own tasks, the newest first", () =>
  onStage(async (client, asked) => {
    const tasks = await client.upscaleTasks.list();
    assertEquals(tasks.map(({ id }) => id), [7, 3]);
    assertEquals(asked(), ["/jobs_status?filter=upscaling"]);
    assert(textOf(tasks).startsWith("2 upscaling tasks  ◐ running"));
    const { parsed, ok, content } = await client.upscaleTasks.list().detailed();
    assertEquals([ok, parsed, content.length > 0], [true, tasks, true]);
  }));

test("upscaleTasks.list() passes on a failure", async () => {
  const client = new AuthenticatedClient({
    baseUrl: "https://x.test",
    token: "t0ken",
    retry: false,
    fetch: () => Promise.resolve(Response.json({ detail: "no" }, { status: 500 })),
  });
  await assertRejects(() => client.upscaleTasks.list(), ServerError);
});
