import { assertEquals, assertRejects } from "@std/assert";
import { systemClock } from "../../../../src/core/clock.ts";
import { sourcesOf } from "../../../../src/results/download/plan/sources.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { collectionOf } from "../../support/collections.ts";

const options = { renew: undefined, clock: systemClock, resolve: undefined };
const { signal } = new AbortController();

test("sourcesOf() asks for the results of a job, and takes a Collection as it is", async () => {
  const asked: unknown[] = [];
  const client = {
    unitJobs: {
      results(job: unknown) {
        asked.push(job);
        return Promise.resolve(collectionOf({}));
      },
    },
  };
  assertEquals(
    (await sourcesOf(client, 7, options, signal)).sources.map(({ folders }) => folders),
    [[]],
  );
  assertEquals((await sourcesOf(client, collectionOf({}), options, signal)).sources.length, 1);
  assertEquals(asked, [7]);
  await assertRejects(
    () => sourcesOf(client, { id: 3, jobs: [] }, options, signal),
    ResultsError,
    "none of its 0 jobs is finished",
  );
});
