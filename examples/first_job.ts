// The tutorial's job, from its description to its results:
//
//   deno task demo                       (or: deno run -A examples/first_job.ts)
//
// At its end the files and a picture of them lie in the folder out/.
//
// It runs against your own Dispatch service when APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN are set, and asks before it
// submits: the catalogue estimates this job at 0.1 platform credits per km² and observation, and its area has about
// 80 km². Otherwise it starts the embedded sandbox in this very process, where it costs nothing.
//
// For readers who come from Python: `await` at the top level works in a Deno file as it does in a notebook
// cell, `const` declares a name, and `await using` closes what it names at the end, as `with` does.
import { assetsTable, AuthenticatedClient, follow } from "@apex-dispatch/client";
import { openCatalogue } from "@apex-dispatch/client/catalogue";
import { download, preview } from "@apex-dispatch/client/results";
import { startSandbox } from "@apex-dispatch/client/sandbox";

const url = Deno.env.get("APEX_DISPATCH_URL");
const token = Deno.env.get("APEX_DISPATCH_TOKEN");
await using sandbox = url && token ? undefined : startSandbox();
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});
// A real service is asked every ten seconds, and less often while nothing changes; the sandbox is quick.
const pace = sandbox ? { interval: 1_000 } : {};

// The service: a vegetation index from Sentinel-2. The sandbox has a catalogue of its own.
const catalogue = await openCatalogue(sandbox ? { source: sandbox.catalogue } : {});
const service = await catalogue.get(sandbox ? "vegetation_index" : "max_ndvi_composite");

// What to run. The values are checked against what the service says that it takes; a mistake ends here, and costs nothing.
const request = service.request({
  title: "Highest NDVI of the summer",
  parameters: {
    spatial_extent: { west: 5.05, south: 51.2, east: 5.15, north: 51.3 },
    temporal_extent: ["2023-06-01", "2023-09-01"],
  },
  format: "gtiff",
});

if (sandbox || confirm("Submit this job? It may cost platform credits.")) {
  // It is sent once, however it is awaited: here for the job, or with .detailed() for the HTTP answer that brought it.
  const job = await client.unitJobs.create(request);

  // One line that rewrites itself until the job has ended. Ctrl+C ends the watching, not the job.
  const last = await follow(job, pace);

  if (last?.value.status === "finished") {
    const results = await client.unitJobs.results(job);
    console.log(assetsTable(results).toString());

    // The files, each whole and checked under its name. Cut off on the way, the same call goes on where it was.
    const folder = `out/job-${job.id}`;
    const files = await download(client, job, folder);
    console.log(files.map(({ path, size }) => `${path}  ${size} bytes`).join("\n"));

    // A picture of them; of a raster on the web only the overview that fits is read.
    const { pictures } = await preview(results);
    for (const { name, svg, alt } of pictures) {
      await Deno.writeTextFile(`${folder}/${name}.svg`, svg);
      console.log(`${folder}/${name}.svg  ${alt}`);
    }
  } else {
    console.error(`Job ${job.id} has not finished: take it up again with examples/tomorrow.ts`);
    Deno.exitCode = 1;
  }
} else console.log("Nothing was submitted");
