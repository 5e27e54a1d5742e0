import { assertEquals, assertStringIncludes } from "@std/assert";
import { AuthenticatedClient, ConnectionError, type DispatchError } from "../../../mod.ts";
import { hearWork } from "../../../src/api/known/known_work.ts";
import { showWork } from "../../../src/api/show.ts";
import { ProcessingJobSummary } from "../../../src/models/jobs.ts";
import { stage } from "../../live/support.ts";
import { JOB_REQUEST, jobSummary } from "../../support/requests.ts";
import { test } from "../../support/test.ts";

const summary = (id: number, status = "running") =>
  ProcessingJobSummary.parse({ ...jobSummary(id), label: "ogc_api_process", status });

function heard() {
  return hearWork(showWork(new AuthenticatedClient({ baseUrl: "https://x.test", token: "t0k" })));
}

test("hearWork() remembers the highest number of a job, and those whose platform may fail a list", () => {
  const work = heard();
  assertEquals(work.known.newestJob(), undefined);
  work.job(summary(7));
  work.job(summary(3));
  assertEquals(work.known.newestJob(), 7);
  assertEquals(work.known.suspects(undefined).map(({ id }) => id), [7, 3]);
  work.job(summary(7, "finished"));
  assertEquals(work.known.suspects(["processing"]).map(({ id }) => id), [3]);
  assertEquals(work.known.suspects(["upscaling"]), []);
  // A list that has no such job any more says so; the part that was not asked for stays.
  work.known.hearList({ processing_jobs: [], upscaling_tasks: [] }, ["upscaling"]);
  assertEquals(work.known.suspects(undefined).map(({ id }) => id), [3]);
  work.known.hearList({ processing_jobs: [], upscaling_tasks: [] }, undefined);
  assertEquals(work.known.suspects(undefined), []);
  assertEquals(work.known.newestJob(), 7);
});

test("hearWork() keeps a bounded number of jobs, the latest ones", () => {
  const work = heard();
  for (let id = 1; id <= 1_200; id++) work.job(summary(id));
  const kept = work.known.suspects(undefined);
  assertEquals([kept.length, kept[0]?.id, kept.at(-1)?.id], [1_000, 201, 1_200]);
});

test("unitJobs.create() names the highest id known before, whichever call told of it", async () => {
  await using on = stage({ pace: { running: 1_000_000 } });
  for (let made = 0; made < 3; made++) await on.client.unitJobs.create(JOB_REQUEST);
  const lost = async (client: AuthenticatedClient): Promise<DispatchError> => {
    on.sandbox.faults.set("unitJobs.create", { kind: "drop" });
    const error: unknown = await on.drive(
      client.unitJobs.create(JOB_REQUEST).catch((thrown: unknown) => thrown),
    );
    on.sandbox.faults.clear();
    if (error instanceof ConnectionError) return error;
    throw new Error("it was not lost", { cause: error });
  };
  assertStringIncludes((await lost(on.clientWith({}))).message, "above the last one you know");
  const ways: readonly ((client: AuthenticatedClient) => Promise<unknown>)[] = [
    (client) => client.unitJobs.get(3),
    (client) => client.unitJobs.list(),
    (client) => client.jobsStatus.get(),
    (client) => client.unitJobs.watch(3)[Symbol.asyncIterator]().next(),
  ];
  for (const way of ways) {
    const client = on.clientWith({});
    await way(client);
    assertStringIncludes(
      (await lost(client)).message,
      "among the ids above 3, the highest that this client knew before",
    );
  }
  assertStringIncludes((await lost(on.client)).message, "above 3, the highest");
});
