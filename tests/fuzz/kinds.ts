import { assert } from "@std/assert";
import {
  AuthenticatedClient,
  BaseJobRequest,
  bboxToPolygon,
  DispatchError,
  footprints,
  polygonToBbox,
  TileRequest,
  toFeatureCollection,
  UpscalingTask,
  UpscalingTaskRequest,
} from "../../mod.ts";
import { operations } from "../../src/api/operations.ts";
import { streamOf } from "../../src/api/watching.ts";
import { judgeList } from "../../src/live/judge/judge.ts";
import { judgeTask } from "../../src/live/judge/judge_task.ts";
import { dataOf, wordsOf } from "../../src/live/stream/connection.ts";
import { checkHtml } from "../display/check_html.ts";
import { checkMarkdown } from "../display/check_markdown.ts";
import { checkText } from "../display/check_text.ts";
import { bundleOf, everyView } from "../display/views.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../support/requests.ts";
import { anything, garbled, mutated } from "./mutate.ts";
import type { Random } from "./random.ts";
import * as samples from "./samples.ts";

/** One input of a kind: it throws where the package does what it must not. */
export type Kind = (random: Random) => void | Promise<void>;

const TOKEN = "s3cret-t0ken-of-ada";
const CONTROL = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Fails unless an error is one of ours, fit to be shown. */
function checkError(error: unknown): void {
  if (!(error instanceof DispatchError)) throw error;
  assert(error.message.length < 20_000, "a message without an end");
  assert(!CONTROL.test(error.message.replaceAll("\n", "")), `control: ${error.message}`);
  assert(!error.message.includes(TOKEN), "a token in a message");
}

type Client = AuthenticatedClient;

const CALLS: readonly (readonly [answer: unknown, make: (client: Client) => Promise<unknown>])[] = [
  [wholeJob(1), ({ unitJobs }) => unitJobs.get(1)],
  [jobSummary(1), ({ unitJobs }) => unitJobs.create(JOB_REQUEST)],
  [samples.RESULTS, ({ unitJobs }) => unitJobs.results(1)],
  [null, ({ unitJobs }) => unitJobs.delete(1)],
  [samples.PARAMETERS, ({ unitJobs }) => unitJobs.parameters(JOB_REQUEST)],
  [samples.TASK, ({ upscaleTasks }) => upscaleTasks.get(7)],
  [samples.LIST, ({ jobsStatus }) => jobsStatus.get()],
  [samples.HEALTH, (client) => client.health()],
];

const STATUSES = [200, 201, 204, 301, 400, 401, 403, 404, 408, 422, 429, 500, 502, 503, 504];

async function answers(random: Random): Promise<void> {
  const [sample, make] = random.pick(CALLS);
  const well = random.chance(0.5);
  const status = well ? 200 : random.pick(STATUSES);
  const value = mutated(random, well ? sample : samples.FAILURE);
  const text = JSON.stringify(value) ?? "";
  const body = random.chance(0.2) ? garbled(random, text) : text;
  const client = new AuthenticatedClient({
    baseUrl: "https://dispatch.example.test",
    token: TOKEN,
    retry: false,
    timeout: null,
    fetch: () =>
      Promise.resolve(
        new Response(status === 204 ? null : body, {
          status,
          headers: { "content-type": random.pick(["application/json", "text/html", "x"]) },
        }),
      ),
  });
  await make(client).catch(checkError);
}

const readTask = streamOf(operations.getUpscaleTask)({ id: 7, show: (value) => value }).read;
const readList = streamOf(operations.getJobsStatus)({ show: (value) => value }).read;
const RULES = { maxUnknown: 0, alarmAfter: 0, longestGap: 60_000 };

function frames(random: Random): void {
  const isTask = random.chance(0.5);
  const data = mutated(random, isTask ? samples.TASK : samples.LIST);
  const envelope = mutated(random, { type: "status", data, message: null }, 0.02);
  const text = JSON.stringify(envelope) ?? "";
  const frame = random.chance(0.2) ? garbled(random, text) : text;
  assert(!CONTROL.test(wordsOf(frame, TOKEN)));
  const found = dataOf(frame);
  if (typeof found === "string") return;
  const judge = (name: "task" | "list") => {
    const now = random.below(1e9);
    if (name === "list") {
      const reading = readList(found.value);
      return reading.ok ? judgeList(RULES)(reading.value, now) : undefined;
    }
    const reading = readTask(found.value);
    return reading.ok ? judgeTask({ ...RULES, expectedJobs: 9 })(reading.value, now) : undefined;
  };
  const verdict = judge(isTask ? "task" : "list");
  if (verdict?.problem !== undefined) assert(verdict.problem.length < 10_000);
}

function displays(random: Random): void {
  const text = garbled(random, String(anything(random, 0))) +
    garbled(random, String(anything(random, 0)));
  const views = [...everyView(text)];
  const [, view] = random.pick(views);
  const bundle = bundleOf(view);
  checkHtml(bundle["text/html"]);
  checkMarkdown(bundle["text/markdown"]);
  checkText(bundle["text/plain"]);
}

function requests(random: Random): void {
  const [model, sample] = random.pick([
    [BaseJobRequest, JOB_REQUEST],
    [UpscalingTaskRequest, samples.TASK_REQUEST],
    [TileRequest, samples.TILE_REQUEST],
  ]);
  const value = mutated(random, sample);
  const result = model["~standard"].validate(value);
  assert(!("then" in result), "a request is checked at once");
  if (result.issues !== undefined) assert(result.issues.length > 0);
  try {
    model.parse(value);
    assert(result.issues === undefined, "parse() takes what validate() refuses");
  } catch (error) {
    checkError(error);
  }
}

function geometries(random: Random): void {
  const geometry = mutated(
    random,
    random.pick([samples.POLYGON, samples.TILES, {
      type: "MultiPolygon",
      coordinates: [samples.POLYGON.coordinates],
    }]),
  );
  const box = mutated(random, { west: 12, south: 41, east: 13, north: 42 });
  const task = UpscalingTask["~standard"].validate(
    { ...samples.TASK, jobs: [{ ...jobSummary(1), parameters: { bbox: geometry, box } }] },
  );
  for (
    const act of [
      () => Reflect.apply(polygonToBbox, undefined, [geometry]),
      () => Reflect.apply(bboxToPolygon, undefined, [box]),
      () => Reflect.apply(footprints, undefined, [geometry]),
      () => "value" in task && toFeatureCollection(task.value),
    ]
  ) {
    try {
      act();
    } catch (error) {
      // A place that is none is said to be none: the standard's own word for a value out of range.
      if (error instanceof RangeError && !/call stack/.test(error.message)) continue;
      checkError(error);
    }
  }
}

/** What is fuzzed. */
export const kinds: Readonly<Record<string, Kind>> = {
  answers,
  frames,
  displays,
  requests,
  geometries,
};
