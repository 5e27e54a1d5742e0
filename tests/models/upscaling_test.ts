import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  everyJobFailed,
  openJobs,
  ParameterDimension,
  taskHasEnded,
  UpscalingTask,
  UpscalingTaskRequest,
  UpscalingTaskSummary,
} from "../../src/models/upscaling.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

const request = Object(WIRE.UpscalingTaskRequest);
const wrong = (title: string, count: number) =>
  problems(UpscalingTaskRequest, {
    ...request,
    title,
    dimension: { name: "year", values: Array(count).fill(1) },
  });

test("UpscalingTaskRequest.parse() hands the request back as it is", () => {
  assertStrictEquals(UpscalingTaskRequest.parse(request), request);
});

test("UpscalingTaskRequest.parse() leaves room in the title for the jobs' numbers", () => {
  // " - Processing Job 9" has 19 characters, each further digit one more.
  for (const [count, room] of [[1, 236], [9, 236], [10, 235], [99, 235], [100, 234]] as const) {
    for (const letter of ["x", "😀"]) {
      assertEquals(wrong(letter.repeat(room), count), []);
      assertEquals(wrong(letter.repeat(room + 1), count), [
        `title: expected at most ${room} characters, because each job is called ` +
        `"{title} - Processing Job ${count}" and a longer one never appears, got ${room + 1}`,
      ]);
    }
  }
});

test("UpscalingTaskRequest.parse() asks for at least one value of a named parameter", () => {
  assertEquals(
    problems(UpscalingTaskRequest, { ...request, dimension: { name: " ", values: [] } }),
    [
      'dimension.name: expected the name of a parameter, got the string " "',
      "dimension.values: expected at least 1 item, got an empty array",
    ],
  );
  assertEquals(problems(UpscalingTaskRequest, { ...request, dimension: undefined }), [
    "dimension: expected an object, got nothing",
  ]);
});

test("UpscalingTaskRequest.parse() has the rules of a job request", () => {
  assertEquals(problems(UpscalingTaskRequest, { ...request, title: "", label: "wps", format: 1 }), [
    "title: expected a title, got an empty string",
    'label: expected one of "openeo", "ogc_api_process", got the string "wps"',
    'format: expected one of "geojson", "gtiff", "netcdf", "json", got the number 1',
  ]);
});

test("ParameterDimension.parse() takes any JSON value, and no other", () => {
  const values = [null, 1, "a", [1], { west: 12 }];
  assertEquals(ParameterDimension.parse({ name: "a", values }).values, values);
  assertEquals(problems(ParameterDimension, { name: "a", values: [undefined, NaN, new Set()] }), [
    "values[0]: expected a JSON value, got nothing: write null where a value is missing",
    "values[1]: expected a number that JSON can hold, got NaN",
    "values[2]: expected a JSON value, got a Set object: use Array.from()",
  ]);
  assertEquals(problems(ParameterDimension, { name: "a", values: { 0: 1 } }), [
    "values: expected an array, got an object",
  ]);
});

test("UpscalingTask.parse() reads the task with its jobs", () => {
  const task = UpscalingTask.parse(WIRE.UpscalingTask);
  assertEquals(task.created, new Date("2026-11-23T15:38:21Z"));
  assertEquals(task.jobs.map(({ id, status }) => [id, status]), [[42, "running"]]);
  assertEquals(
    problems(UpscalingTask, { ...Object(WIRE.UpscalingTask), jobs: [{}, 1] }).slice(-2),
    [
      "jobs[0].parameters: expected an object, got nothing",
      "jobs[1]: expected an object, got the number 1",
    ],
  );
});

test("UpscalingTaskSummary.parse() passes unknown words through", () => {
  const given = { id: 1, title: "", label: "wps", status: "paused" };
  assertStrictEquals(UpscalingTaskSummary.parse(given), given);
});

const [JOB] = UpscalingTask.parse(WIRE.UpscalingTask).jobs;
const taskOf = (...statuses: string[]) => ({
  jobs: statuses.map((status, id) => ({ ...Object(JOB), status, id })),
});

test("openJobs() counts what has not ended; unknown has not", () => {
  assertEquals(openJobs(taskOf("finished", "failed", "canceled", "running", "unknown")), 2);
});

test("taskHasEnded() wants every job ended, and as many as were asked for", () => {
  assertEquals(taskHasEnded(taskOf("finished", "canceled"), 2), true);
  assertEquals(taskHasEnded(taskOf("finished", "canceled"), 3), false);
  assertEquals(taskHasEnded(taskOf("finished", "running"), 2), false);
  assertEquals(taskHasEnded(taskOf("finished"), 3, 3), true);
  assertEquals(taskHasEnded(taskOf(), 0), false);
});

test("everyJobFailed() needs a job, and no other end", () => {
  assertEquals(
    [["failed"], ["failed", "failed"], ["failed", "canceled"], []].map((statuses) =>
      everyJobFailed(taskOf(...statuses))
    ),
    [true, true, false, false],
  );
});
