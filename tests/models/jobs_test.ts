import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  BaseJobRequest,
  countCharacters,
  MAX_TITLE_LENGTH,
  OutputFormatEnum,
  ProcessingJob,
  ProcessingJobSummary,
  ProcessingStatusEnum,
} from "../../src/models/jobs.ts";
import { ModelInvalidError } from "../../src/models/schema/issue.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

const job = Object(WIRE.BaseJobRequest);
const summary = Object(WIRE.ProcessingJobSummary);
const wrong = (changes: object) => problems(BaseJobRequest, { ...job, ...changes });

test("BaseJobRequest.parse() hands the request back as it is", () => {
  assertStrictEquals(BaseJobRequest.parse(job), job);
  const extra = { ...job, priority: 1, service: { ...job.service, region: null } };
  const known = { extra: ["priority", "service.region"] };
  assertStrictEquals(BaseJobRequest.parse(extra, known), extra);
  assertEquals([job].map(BaseJobRequest.parse), [job]);
});

test("BaseJobRequest.parse() refuses names that nobody knows, with the nearest", () => {
  const { label, ...rest } = job;
  const { namespace, ...service } = job.service;
  assertEquals(
    problems(BaseJobRequest, {
      ...rest,
      lable: label,
      service: { ...service, namespase: namespace },
      parameters: { ...job.parameters, anything: { at: ["all"] } },
      priority: 1,
      note: undefined,
    }),
    [
      'label: expected one of "openeo", "ogc_api_process", got nothing',
      'service.namespase: no such field; did you mean "namespace"?',
      'lable: no such field; did you mean "label"?',
      'priority: no such field; if the service has learnt it, let it through with extra: ["priority"]',
    ],
  );
  assertThrows(
    () => BaseJobRequest.parse(job, Object.assign({ extra: [] }, { extras: [] })),
    ModelInvalidError,
    'extras: no such option; did you mean "extra"?',
  );
});

test("BaseJobRequest.parse() counts a title in characters, not in UTF-16 units", () => {
  for (const letter of ["x", "é", "😀", "\u{1F468}"]) {
    assertEquals(wrong({ title: letter.repeat(MAX_TITLE_LENGTH) }), []);
    assertEquals(wrong({ title: letter.repeat(MAX_TITLE_LENGTH + 1) }), [
      "title: expected at most 255 characters, got 256",
    ]);
  }
  assertEquals(wrong({ title: "x".repeat(10_000) }), [
    "title: expected at most 255 characters, got 10000",
  ]);
});

test("BaseJobRequest.parse() refuses a title that says nothing", () => {
  assertEquals(wrong({ title: "" }), ["title: expected a title, got an empty string"]);
  assertEquals(wrong({ title: " \t" }), ['title: expected a title, got the string " \\t"']);
  assertEquals(wrong({ title: undefined }), ["title: expected a string, got nothing"]);
  assertEquals(wrong({ title: null }), ["title: expected a string, got null"]);
});

test("BaseJobRequest.parse() refuses words that the service does not know", () => {
  assertEquals(wrong({ label: "OGC_API_PROCESS", format: "GeoTIFF" }), [
    'label: expected one of "openeo", "ogc_api_process", got the string "OGC_API_PROCESS"; did you mean "ogc_api_process"?',
    'format: expected one of "geojson", "gtiff", "netcdf", "json", got the string "GeoTIFF"; did you mean "gtiff"?',
  ]);
});

test("BaseJobRequest.parse() refuses parameters that are no JSON object", () => {
  class Box {}
  const kinds: readonly (readonly [unknown, string])[] = [
    [[], "an empty array"],
    [null, "null"],
    [undefined, "nothing"],
    ["{}", 'the string "{}"'],
    [5, "the number 5"],
    [new Map(), "a Map object: use Object.fromEntries()"],
    [Promise.resolve({}), "a Promise object: await it first"],
    [new Box(), "a Box object"],
    [() => ({}), "a function"],
  ];
  for (const [parameters, kind] of kinds) {
    assertEquals(wrong({ parameters }), [`parameters: expected an object, got ${kind}`]);
  }
});

test("BaseJobRequest.parse() looks into parameters, however deep", () => {
  assertEquals(wrong({ parameters: { bbox: [12, NaN], when: { from: 1n } } }), [
    "parameters.bbox[1]: expected a number that JSON can hold, got NaN",
    "parameters.when.from: expected a JSON value, got a BigInt: use Number() or a string",
  ]);
  assertEquals(wrong({ parameters: JSON.parse('{"__proto__":{"a":1}}') }), [
    "parameters.__proto__: expected another name: this one is reserved",
  ]);
  assertEquals(Reflect.get({}, "a"), undefined);
});

test("BaseJobRequest.parse() finds lone surrogates in every text", () => {
  const lone = "a\ud83d";
  assertEquals(
    wrong({
      title: lone,
      service: { endpoint: lone, application: lone, namespace: lone },
      parameters: { [lone]: 1, b: [lone] },
    }).sort(),
    [
      'parameters["a\\ud83d"]: expected a well-formed name, got a lone surrogate',
      "parameters.b[0]: expected well-formed text, got a lone surrogate",
      "service.application: expected well-formed text, got a lone surrogate",
      "service.endpoint: expected well-formed text, got a lone surrogate",
      "service.namespace: expected well-formed text, got a lone surrogate",
      "title: expected well-formed text, got a lone surrogate",
    ].sort(),
  );
});

test("BaseJobRequest.parse() names all problems at once", () => {
  assertEquals(
    wrong({
      title: "",
      label: "wps",
      service: { endpoint: 5, namespace: "a:b" },
      parameters: { n: Infinity },
      format: null,
    }).map((line) => line.split(":")[0]),
    [
      "title",
      "label",
      "service.endpoint",
      "service.namespace",
      "service.application",
      "format",
      "parameters.n",
    ],
  );
});

test("ProcessingJobSummary.parse() passes unknown words through", () => {
  const given = { ...summary, label: "wps", status: "paused" };
  const read = ProcessingJobSummary.parse(given);
  assertStrictEquals(read, given);
  assertEquals([read.label, read.status], ["wps", "paused"]);
});

test("ProcessingJobSummary.parse() takes whole numbers for ids and nothing else", () => {
  for (const id of [1.5, NaN, 2 ** 53, "42", null, true]) {
    const [problem, ...more] = problems(ProcessingJobSummary, { ...summary, id });
    assert(problem?.startsWith("id: expected an integer, got "), problem);
    assertEquals(more, []);
  }
  assertEquals(ProcessingJobSummary.parse({ ...summary, id: 2 ** 53 - 1 }).id, 2 ** 53 - 1);
});

test("ProcessingJob.parse() names what a summary lacks", () => {
  const expected = "expected a timestamp (ISO 8601, such as 2026-11-23T15:38:21), got nothing";
  assertEquals(problems(ProcessingJob, summary), [`created: ${expected}`, `updated: ${expected}`]);
});

test("parse() of a job refuses what is none", () => {
  assertEquals(problems(ProcessingJob, "<html>"), ['expected an object, got the string "<html>"']);
  assertEquals(problems(ProcessingJob, [WIRE.ProcessingJob]), [
    "expected an object, got an array of 1",
  ]);
});

test("enums of jobs hold the service's words", () => {
  assertEquals(Object.values(OutputFormatEnum), ["geojson", "gtiff", "netcdf", "json"]);
  assertEquals(Object.keys(ProcessingStatusEnum), [
    "CREATED",
    "QUEUED",
    "RUNNING",
    "FINISHED",
    "CANCELED",
    "FAILED",
    "UNKNOWN",
  ]);
  for (const [name, word] of Object.entries(ProcessingStatusEnum)) {
    assertEquals(word, name.toLowerCase());
    assertEquals(ProcessingStatusEnum.parse(word), ProcessingStatusEnum.parse(word));
  }
});

test("countCharacters() counts code points", () => {
  assertEquals(["", "abc", "😀", "👩‍🚀", "e\u0301", "\ud800"].map(countCharacters), [
    0,
    3,
    1,
    3,
    2,
    1,
  ]);
});
