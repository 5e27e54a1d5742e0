// The next day: find yesterday's work, take it up again, make again what failed.
//
//   deno run -A examples/tomorrow.ts
//
// It is about your own work when APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN are set, and asks before it submits: what is
// made again costs as much as it did the first time. Otherwise it starts the embedded sandbox in this very process.
import { AuthenticatedClient, follow, retryFailed } from "@apex-dispatch/client";
import { startSandbox } from "@apex-dispatch/client/sandbox";

// A service of the APEx catalogue: the highest vegetation index (NDVI) of some months, from Sentinel-2.
const label = "openeo";
const service = {
  endpoint: "https://openeofed.dataspace.copernicus.eu",
  application:
    "https://raw.githubusercontent.com/ESA-APEx/apex_algorithms/main/algorithm_catalog/vito/max_ndvi_composite/openeo_udp/max_ndvi_composite.json",
};

const url = Deno.env.get("APEX_DISPATCH_URL");
const token = Deno.env.get("APEX_DISPATCH_TOKEN");
await using sandbox = url && token ? undefined : startSandbox({
  services: [{ label, service, results: ["raster"] }],
  pace: { child: 100, created: 200, queued: 500, running: 1_500 },
  outcome: ({ id, title }) => id % 2 === 0 && !title.includes("again") ? "failed" : "finished",
});
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});
// A real service is asked every ten seconds, and less often while nothing changes; the sandbox is quick.
const pace = sandbox ? { interval: 1_000 } : {};

// The sandbox is new, and has no yesterday: here is one.
if (sandbox) {
  const square = (west: number) => ({ west, south: 51, east: west + 0.2, north: 51.1 });
  await client.upscaleTasks.create({
    title: "Highest NDVI of the polders",
    label,
    service,
    parameters: { temporal_extent: ["2023-06-01", "2023-09-01"] },
    format: "gtiff",
    dimension: { name: "spatial_extent", values: [3.2, 3.4, 3.6, 3.8].map(square) },
  });
}

// All tasks of the account; higher numbers are newer.
const { upscaling_tasks: tasks } = await client.jobsStatus.get({ filter: "upscaling" });
const [task] = tasks.toSorted((a, b) => b.id - a.id);

if (task === undefined) console.log("There are no tasks yet: examples/upscaling.ts makes one");
else {
  // What a client returned knows how it is watched. Ctrl+C ends the watching, not the work.
  const last = await follow(task, pace);

  // The service does not tell in which format results were wanted, so say it.
  const again = last?.done
    ? await retryFailed(client, last.value, { format: "gtiff", ...(sandbox && { confirm: false }) })
    : undefined;
  const [single] = again?.jobs ?? [];
  if (again?.task) await follow(again.task, pace);
  else if (single) await follow(single, pace);
}
