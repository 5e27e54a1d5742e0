import { assertEquals, assertStrictEquals } from "@std/assert";
import { JobsFilter, JobsStatusResponse } from "../../src/models/jobs_status.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

test("JobsStatusResponse.parse() hands the very lists back", () => {
  const given = Object(WIRE.JobsStatusResponse);
  const read = JobsStatusResponse.parse(given);
  assertStrictEquals(read, given);
  assertEquals(read.processing_jobs.map(({ id }) => id), [42]);
});

test("JobsStatusResponse.parse() names a job that is not what it should be", () => {
  const [job] = Object(WIRE.JobsStatusResponse).processing_jobs;
  assertEquals(
    problems(JobsStatusResponse, {
      upscaling_tasks: null,
      processing_jobs: [job, { ...job, id: "1", service: null }],
    }),
    [
      "upscaling_tasks: expected an array, got null",
      'processing_jobs[1].id: expected an integer, got the string "1"',
      "processing_jobs[1].service: expected an object, got null",
    ],
  );
});

test("JobsFilter holds the words, and parses them alone", () => {
  assertEquals(Object.values(JobsFilter), ["upscaling", "processing"]);
  assertEquals(JobsFilter.parse("processing"), JobsFilter.PROCESSING);
  assertEquals(problems(JobsFilter, "processing,upscaling"), [
    'expected one of "upscaling", "processing", got the string "processing,upscaling"; did you mean "upscaling"?',
  ]);
});
