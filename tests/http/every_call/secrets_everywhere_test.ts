// A secret that nobody has told the package about, in whatever a service, a platform or a person writes: no error, card,
// table or log shows it. Every public function is tried.
import { assert } from "@std/assert";
import * as dispatch from "../../../mod.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../../support/requests.ts";
import { instantClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";
import { shownBy, TEXTS } from "../support/secret_texts.ts";

const { AuthenticatedClient, Client } = dispatch;

function clientSaying(text: string, status: number) {
  return new AuthenticatedClient({
    baseUrl: "https://dispatch.example.test",
    token: "t0k",
    retry: false,
    timeout: null,
    clock: instantClock(),
    fetch: () => Promise.resolve(Response.json({ detail: text, error: text }, { status })),
  });
}

const job = (text: string) => ({
  ...wholeJob(7, "failed"),
  title: text,
  service: { ...JOB_REQUEST.service, endpoint: text, application: text },
  parameters: { source: text, password: "s3cret", nested: { apiKey: "s3cret", at: [text] } },
});
const task = (text: string) => ({
  ...job(text),
  jobs: [job(text), { ...jobSummary(8), title: text }],
});
const results = (text: string) =>
  dispatch.Collection.parse({
    id: text,
    type: "Collection",
    description: text,
    license: text,
    links: [{ rel: "self", href: text, title: text }],
    extent: { spatial: { bbox: [[12, 41, 13, 42]] }, temporal: { interval: [[null, null]] } },
    assets: { [text]: { href: text, title: text, "x:token": "s3cret", "x:from": text } },
  });

/** Makes each public function show something, or fail, with a secret in what it is given. */
const PROBES: Readonly<Record<string, (text: string) => unknown>> = {
  assetsTable: (text) => dispatch.assetsTable(results(text)),
  attachDisplay: (text) => dispatch.attachDisplay({ a: 1 }, () => dispatch.jobCard(job(text))),
  bboxToPolygon: (text) => dispatch.bboxToPolygon(Object([text, text, text, text])),
  follow: (text) => dispatch.follow(Object(text)),
  footprints: (text) => dispatch.footprints([job(text)], { title: text }),
  geometriesTable: (text) => dispatch.geometriesTable(Object({ type: text, geometries: [] })),
  healthCard: (text) =>
    dispatch.healthCard({ status: text, database: { status: "error", message: text } }),
  jobCard: (text) => dispatch.jobCard(job(text)),
  jobsStatusTable: (text) =>
    dispatch.jobsStatusTable({ processing_jobs: [job(text)], upscaling_tasks: [task(text)] }),
  jobsTable: (text) => dispatch.jobsTable([job(text), job(text)]),
  parametersTable: (text) =>
    dispatch.parametersTable([{
      name: text,
      type: "string",
      description: text,
      default: text,
      optional: true,
    }]),
  polygonToBbox: (text) => dispatch.polygonToBbox(Object({ type: text, coordinates: [text] })),
  retryFailed: (text) =>
    dispatch.retryFailed(clientSaying(text, 500), 7, { show: false, ...Object({ [text]: text }) }),
  statisticsTable: (text) =>
    dispatch.statisticsTable({
      generated_at: new Date(0),
      processing_jobs: { total: 1, by_status: {}, by_interface: {}, by_service: { [text]: 1 } },
      upscaling_tasks: {
        total: 1,
        by_status: {},
        by_interface: {},
        by_service: { [text]: 1 },
        average_processing_jobs_per_upscaling_task: 1,
      },
    }),
  taskCard: (text) => dispatch.taskCard(task(text)),
  taskTable: (text) => dispatch.taskTable([task(text), task(text)]),
  toCsv: (text) => dispatch.toCsv(dispatch.jobsTable([job(text), job("other")])),
  toGeoJson: (text) => dispatch.toGeoJson(Object({ type: text })),
  toHtml: (text) => dispatch.toHtml(dispatch.taskCard(task(text)), { title: text }),
  toFeatureCollection: (text) => dispatch.toFeatureCollection(Object({ type: text })),
  upscaleArea: (text) =>
    dispatch.upscaleArea(clientSaying(text, 500), {
      aoi: Object({ type: text, crs: text }),
      grid: Object(text),
      request: { ...JOB_REQUEST, title: text },
      show: false,
      ...Object({ confirm: false }),
    }),
};

/** Further ways to fail, or to show, that take a client. */
const CALLS: Readonly<Record<string, (text: string) => unknown>> = {
  "a baseUrl": (text) => new Client({ baseUrl: text }),
  "the name of a header": (text) =>
    new Client({ baseUrl: "https://x.test", headers: { [text]: "1" } }),
  "the name of a cookie": (text) =>
    new Client({ baseUrl: "https://x.test", cookies: { [text]: "1" } }),
  "authHeaderName": (text) =>
    new AuthenticatedClient({ baseUrl: "https://x.test", token: "t0k", authHeaderName: text }),
  "a failing token function": (text) =>
    new AuthenticatedClient({
      baseUrl: "https://x.test",
      token: () => Promise.reject(new Error(text, { cause: { text } })),
    }).unitJobs.get(1),
  "a title": (text) => clientSaying("no", 500).unitJobs.create({ ...JOB_REQUEST, title: text }),
  "an application": (text) =>
    clientSaying("no", 500).unitJobs.parameters({
      label: "openeo",
      service: { ...JOB_REQUEST.service, application: text },
    }),
  "the name of a parameter": (text) =>
    clientSaying("no", 500).unitJobs.create({ ...JOB_REQUEST, parameters: { [text]: 1n } }),
  "what the service says": (text) => clientSaying(text, 500).unitJobs.get(1),
  "what the service says with success": (text) => clientSaying(text, 200).unitJobs.get(1),
  "a model's field": (text) =>
    dispatch.ServiceDetails.parse({ endpoint: 5, [text]: text, application: [text] }),
  "an option": (text) => clientSaying("no", 500).unitJobs.get(1, Object({ [text]: text })),
  "a filter": (text) => clientSaying("no", 500).jobsStatus.get({ filter: Object([text]) }),
  "a watch": (text) => clientSaying(text, 404).unitJobs.wait(1),
};

/** Any other public function is given the text itself, which it most likely refuses. */
const OTHERS = Object.fromEntries(
  Object.entries(dispatch).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "function" && /^[a-z]/.test(name) && !Object.hasOwn(PROBES, name)
      ? [[name, (text: string): unknown => value(text)]]
      : []
  ),
);

for (const [name, probe] of Object.entries({ ...OTHERS, ...PROBES, ...CALLS })) {
  test(`redact() leaves no secret in what comes of ${name}`, async () => {
    for (const text of TEXTS) {
      let value: unknown;
      try {
        value = await probe(text);
      } catch (error) {
        value = error;
        assert(error instanceof dispatch.DispatchError || error instanceof RangeError, `${error}`);
      }
      for (const shown of await shownBy(value)) {
        const at = shown.indexOf("s3cret");
        assert(at === -1, `${text}\n${shown.slice(Math.max(0, at - 300), at + 100)}`);
      }
    }
  });
}
