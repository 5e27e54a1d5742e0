// The same job over a whole area: cut into tiles, submitted as one task, followed to its end, what failed made again.
//
//   deno run -A examples/upscaling.ts
//
// It runs against your own Dispatch service when APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN are set, and asks before it
// submits: every tile is a job, and the catalogue estimates this one at 0.1 platform credits per km² and observation.
// The area has about 1,500 km². Otherwise it starts the embedded sandbox in this very process, where it costs nothing.
import {
  AuthenticatedClient,
  follow,
  retryFailed,
  toFeatureCollection,
  upscaleArea,
} from "@apex-dispatch/client";
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
  services: [{
    label,
    service,
    parameters: [
      { name: "spatial_extent", type: "bounding-box", optional: false, description: "The area" },
      { name: "temporal_extent", type: "date-interval", optional: false, description: "The time" },
    ],
    results: ["raster"],
  }],
  // Quick, and every sixth job fails, so that there is something to make again.
  pace: { child: 300, created: 500, queued: 1_000, running: 3_000 },
  outcome: ({ id, title }) => id % 6 === 1 && !title.includes("again") ? "failed" : "finished",
});
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});
// A real service is asked every ten seconds, and less often while nothing changes; the sandbox is quick.
const pace = sandbox ? { interval: 1_000 } : {};

// The plan is shown first, with the number of jobs. On a real service you are asked; in the sandbox nothing costs.
const area = await upscaleArea(client, {
  aoi: { west: 3.2, south: 50.9, east: 3.7, north: 51.3 },
  grid: "20x20km",
  request: {
    title: "Highest NDVI of the polders",
    label,
    service,
    parameters: { temporal_extent: ["2023-06-01", "2023-09-01"] },
    format: "gtiff",
  },
  confirm: sandbox === undefined ? undefined : false,
});

if (area.task !== undefined) {
  // The jobs are made one by one after the task. Ctrl+C ends the watching, not the work.
  const last = await follow(area, pace);

  // What failed, made again as a task of its own, after its plan was shown and asked about.
  if (last?.done) {
    const again = await retryFailed(client, area, sandbox ? { confirm: false } : {});
    if (again.task !== undefined) await follow(again.task, pace);
  }

  // Where each job was and how it ended, as GeoJSON for any other program.
  const features = last === undefined ? [] : toFeatureCollection(last.value).features;
  for (const { id, properties, geometry } of features.slice(0, 3)) {
    console.log(`job ${id}: ${properties?.status}, ${geometry?.type ?? "without a place"}`);
  }
  console.log(`${features.length} features`);
} else console.log("Nothing was submitted");
