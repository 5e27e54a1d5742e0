import { assert, assertEquals, assertThrows } from "@std/assert";
import { RequestInvalidError } from "../../../mod.ts";
import { addressOf, idOf, queryPairs } from "../../../src/api/call/address.ts";
import { operations } from "../../../src/api/operations.ts";
import { test } from "../../support/test.ts";

const JOB = { id: 7, title: "x", label: "openeo", status: "created" };

test("addressOf() puts the number into the path, and leaves out a query with nothing in it", () => {
  const { getUnitJob, getJobsStatus, health } = operations;
  assertEquals(addressOf(health, {}, "Cannot"), "/health");
  assertEquals(addressOf(getUnitJob, { target: { id: 7 } }, "Cannot"), "/unit_jobs/7");
  assertThrows(() => addressOf(getUnitJob, {}, "Cannot look"), RequestInvalidError, "Cannot look");
  const asked = (filter?: readonly string[]) =>
    addressOf(getJobsStatus, { query: { filter } }, "Cannot");
  assertEquals([asked(), asked(["upscaling", "processing"])], [
    "/jobs_status",
    "/jobs_status?filter=upscaling&filter=processing",
  ]);
});

test("idOf() takes the number of a job, or anything that has one, and says of what has none what to write", () => {
  assertEquals(
    [7, { id: 7 }, Object.assign([], { id: 7 })].map((job) => idOf("job", job, "Cannot")),
    [
      7,
      7,
      7,
    ],
  );
  const wrong: readonly (readonly [target: unknown, advice: string])[] = [
    [undefined, "that was to bring the job may not have run to its end"],
    [" 42 ", "write 42, without quotes"],
    [() => 1, "call it first"],
    [Promise.resolve(), "await the call first"],
    [{ parsed: JOB }, "whose `parsed` has it"],
    [{ task: JOB }, "whose `task` has it"],
    [[1], "give one job at a time"],
    [1.5, "got the number 1.5"],
    [0, "got the number 0"],
  ];
  for (const [target, advice] of wrong) {
    const error = assertThrows(
      () => Reflect.apply(idOf, undefined, ["job", target, () => "Cannot look"]),
      RequestInvalidError,
      advice,
    );
    assert(error.message.startsWith("Cannot look:\n  id: expected a positive integer"));
  }
});

test("queryPairs() repeats a parameter for each of its values, and refuses an empty list", () => {
  const { getStatistics, getJobsStatus } = operations;
  const [name = ""] = Object.keys(getJobsStatus.query ?? {});
  const pairs = queryPairs(
    getJobsStatus,
    { [name]: ["upscaling", "processing"] },
    "Cannot",
  );
  assertEquals(pairs, [[name, "upscaling"], [name, "processing"]]);
  assertEquals(queryPairs(getJobsStatus, { [name]: undefined }, "Cannot"), []);
  const refused = (query: Record<string, string[]>) =>
    assertThrows(() => queryPairs(getJobsStatus, query, "Cannot"), RequestInvalidError).message;
  assert(refused({ [name]: [] }).includes("leave it out for all"));
  assert(refused({ [name]: ["jobs"] }).includes(`${name}: `));
  assert(refused({ [name]: ["processing", "jobs"] }).includes(`${name}[1]: `));
  assertEquals(queryPairs(getStatistics, {}, "Cannot"), []);
});
