// Watching work as it runs, for a program that wants to do something at every change:
//
//   deno run -A examples/watch.ts
//
// A watch is a loop over snapshots, which ends when the work does. Leaving the loop leaves the work alone.
import { AuthenticatedClient } from "@apex-dispatch/client";
import { startSandbox } from "@apex-dispatch/client/sandbox";

const url = Deno.env.get("APEX_DISPATCH_URL");
const token = Deno.env.get("APEX_DISPATCH_TOKEN");
await using sandbox = url && token ? undefined : startSandbox();
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});

// In the sandbox there is nothing yet to be watched.
if (sandbox) {
  await client.unitJobs.create({
    title: "Vegetation index",
    label: "ogc_api_process",
    service: {
      endpoint: "https://processes.example.test",
      application: "/processes/vegetation-index",
      namespace: "apex",
    },
    parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
    format: "geojson",
  });
}

// All jobs of the account at once. The service is asked again and again, more slowly while nothing changes; each
// snapshot says what stands in the way, if something does.
const watch = client.jobsStatus.watch({
  filter: "processing",
  interval: sandbox ? 1_000 : 10_000,
  signal: AbortSignal.timeout(10 * 60_000),
});
for await (const { value, at, problem, done } of watch) {
  const states = value.processing_jobs.map(({ id, status }) => `${id} ${status}`).join(", ");
  console.log(
    `${at.toISOString()}: ${states || "no jobs"}${problem ? ` (${problem})` : ""}${
      done ? ", all done" : ""
    }`,
  );
}

// Or wait for the end of one job, however it ends.
const [newest] = (await client.jobsStatus.get({ filter: "processing" })).processing_jobs;
if (newest !== undefined) {
  const { value } = await client.unitJobs.wait(newest, { timeout: 60_000 });
  console.log(`job ${value.id} ${value.status} at ${value.updated.toISOString()}`);
}
