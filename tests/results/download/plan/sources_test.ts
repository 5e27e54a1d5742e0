import { assertEquals, assertRejects } from "@std/assert";
import { systemClock } from "../../../../src/core/waiting.ts";
import { createAddresses, sourcesOf } from "../../../../src/results/download/plan/sources.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { manualClock } from "../../../support/clock.ts";
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

const file = {
  key: "a",
  address: "https://a.test/1",
  name: "a.tif",
  folders: [],
  type: undefined,
  size: undefined,
  checksum: undefined,
};

test("createAddresses() asks again for an address that has ended, once in ten minutes", async () => {
  const clock = manualClock(1_000);
  let asked = 1;
  const ask = () => Promise.resolve(collectionOf({ a: { href: `https://a.test/${++asked}` } }));
  const addressOf = createAddresses({ ask, clock, resolve: undefined });
  assertEquals(await addressOf(file), "https://a.test/1");
  const both = await Promise.all([
    addressOf(file, "https://a.test/1"),
    addressOf(file, "https://a.test/1"),
  ]);
  assertEquals(both, ["https://a.test/2", "https://a.test/2"]);
  const error = await assertRejects(() => addressOf(file, "https://a.test/2"), ResultsError);
  assertEquals(error.reason, "expired");
  clock.advance(600_000);
  assertEquals(await addressOf(file, "https://a.test/2"), "https://a.test/3");
});

test("createAddresses() without anybody to ask says what to do", async () => {
  const addressOf = createAddresses({ ask: undefined, clock: manualClock(), resolve: undefined });
  await assertRejects(
    () => addressOf(file, file.address),
    ResultsError,
    "ask for the results again",
  );
});
