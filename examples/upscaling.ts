// The same job over a whole area: cut into tiles, submitted as one task, followed to its end.
//
//   deno run -A examples/upscaling.ts
//
// It runs against your own Dispatch service when APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN are set, where every
// tile is a job that may cost money. Otherwise it starts the embedded sandbox in this very process.
import {
  AuthenticatedClient,
  follow,
  toFeatureCollection,
  upscaleArea,
} from "@apex-dispatch/client";
import { startSandbox } from "@apex-dispatch/client/sandbox";

const url = Deno.env.get("APEX_DISPATCH_URL");
const token = Deno.env.get("APEX_DISPATCH_TOKEN");
await using sandbox = url && token
  ? undefined
  : startSandbox({ pace: { child: 300, created: 500, queued: 1_000, running: 3_000 } });
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});

// The plan is shown first, with the number of jobs. On a real service nothing is submitted unless you say so.
const area = await upscaleArea(client, {
  aoi: { west: 3.2, south: 50.9, east: 3.7, north: 51.3 },
  grid: "20x20km",
  request: {
    title: "Vegetation index of the polders",
    label: "openeo",
    service: {
      endpoint: "https://openeo.example.test",
      application: "https://catalogue.example.test/vegetation_index.json",
    },
    parameters: { resolution: 10, bands: ["B04", "B08"] },
    format: "gtiff",
  },
  confirm: ({ tiles }) => sandbox !== undefined || confirm(`Submit ${tiles.length} jobs?`),
});

if (area.task !== undefined) {
  // The jobs are made one by one after the task. Ctrl+C ends the watching, not the work.
  const last = await follow(area.watch({ interval: sandbox ? 1_000 : 10_000 }));

  // Where each job was and how it ended, as GeoJSON for any other program.
  const features = last === undefined ? [] : toFeatureCollection(last.value).features;
  for (const { id, properties, geometry } of features.slice(0, 3)) {
    console.log(`job ${id}: ${properties?.status}, ${geometry?.type ?? "without a place"}`);
  }
  console.log(`${features.length} features`);
}
