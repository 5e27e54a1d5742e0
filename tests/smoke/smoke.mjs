// What a person does first, in whichever runtime: a job, its table, errors, following it in a log, its map.
// SANDBOX_URL and SANDBOX_TOKEN say where. Every line has to be the same everywhere.
import {
  AuthenticatedClient,
  Client,
  DispatchError,
  follow,
  footprints,
  jobsTable,
  jupyterDisplay,
  NotFoundError,
  RequestInvalidError,
} from "@apex-dispatch/client";

const { SANDBOX_URL: baseUrl, SANDBOX_TOKEN: token, CLOSED_URL: closed } = process.env;
// A clock that stands still, on which pauses are short and time limits are not: the log is the same everywhere.
const clock = {
  now: () => Date.parse("2026-11-23T15:15:30Z"),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds < 30_000 ? 20 : milliseconds);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      }, { once: true });
    }),
};
const client = new AuthenticatedClient({ baseUrl, token, clock, retry: false });

const request = {
  title: "Vegetation index",
  label: "ogc_api_process",
  service: {
    endpoint: "https://processes.example.test",
    application: "/processes/vegetation-index",
    namespace: "apex",
  },
  parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
  format: "geojson",
};

console.log("# create");
const job = await client.unitJobs.create(request);
console.log(String(jobsTable([job])));

console.log("# errors");
await fails(client.unitJobs.get(999), NotFoundError);
await fails(client.unitJobs.create({ ...request, format: "GTiff" }), RequestInvalidError);
await fails(new Client({ baseUrl: closed, retry: false }).health(), DispatchError);
await fails(
  client.unitJobs.get(job, { signal: AbortSignal.abort(new Error("stopped by hand")) }),
  Error,
);

console.log("# statistics");
const statistics = await client.statistics();
console.log(String(statistics[jupyterDisplay]()["text/plain"]).split("\n")[0]);

console.log("# follow");
const watch = client.unitJobs.watch(job, { socket: false });
const last = await follow(watch, { clock });
console.log(last?.value.status);

console.log("# map");
const drawn = await footprints([job]);
const html = drawn[jupyterDisplay]()["text/html"];
console.log(String(drawn));
console.log(html.length, await digest(html));

/** Prints what an error says, without what differs from run to run, and the runtime's own words. */
async function fails(promise, kind) {
  const error = await promise.then(() => undefined, (reason) => reason);
  if (!(error instanceof kind)) throw new Error(`expected ${kind.name}, got ${error}`);
  console.log(
    error.message.replace(/(Request id|Reason given): .+/g, "$1: …").replace(closed, "<url>"),
  );
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
