// The tutorial's job, from its description to its results:
//
//   deno task demo                       (or: deno run -A examples/first_job.ts)
//
// It runs against your own Dispatch service when APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN are set, where a
// job may cost money. Otherwise it starts the embedded sandbox in this very process, where it costs nothing.
//
// For readers who come from Python: `await` at the top level works in a Deno file as it does in a notebook
// cell, `const` declares a name, and `await using` closes what it names at the end, as `with` does.
import {
  assetsTable,
  AuthenticatedClient,
  type BaseJobRequest,
  follow,
  jobsTable,
} from "@apex-dispatch/client";
import { startSandbox } from "@apex-dispatch/client/sandbox";

const url = Deno.env.get("APEX_DISPATCH_URL");
const token = Deno.env.get("APEX_DISPATCH_TOKEN");
await using sandbox = url && token ? undefined : startSandbox();
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});

// What to run. The type checks the names while you type; the client checks the values before it sends.
const request: BaseJobRequest = {
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

// The request is on its way as soon as `create` is called, once, however it is awaited: here for the job,
// below for the HTTP answer that brought it.
const created = client.unitJobs.create(request);
const job = await created;
console.log(`${jobsTable([job], { caption: "The job" })}\n`);

const { status, headers, requestId } = await created.detailed();
console.log(`HTTP ${status}, ${headers.get("content-type")}, request id ${requestId}\n`);

// Ask how far it is until it has ended. Ctrl+C ends the watching, not the job.
const last = await follow(client.unitJobs.watch(job, { interval: sandbox ? 1_000 : 10_000 }));
console.log();

if (last?.value.status === "finished") {
  console.log(String(assetsTable(await client.unitJobs.results(job))));
} else {
  console.error(`Job ${job.id} has not finished: look at it with client.unitJobs.get(${job.id})`);
  Deno.exitCode = 1;
}
