// From words to files: find a service, check a request, run it, take its results home.
//
//   deno run -A examples/catalogue.ts                       (or with words: … catalogue.ts "land cover")
//
// It runs on your own Dispatch service and the real catalogue when APEX_DISPATCH_URL and APEX_DISPATCH_TOKEN are set, and
// asks before it submits, because a job may cost platform credits. Otherwise it starts the embedded sandbox, which has a
// catalogue of its own.
import { AuthenticatedClient, follow } from "@apex-dispatch/client";
import { openCatalogue } from "@apex-dispatch/client/catalogue";
import { download } from "@apex-dispatch/client/results";
import { startSandbox } from "@apex-dispatch/client/sandbox";

const url = Deno.env.get("APEX_DISPATCH_URL");
const token = Deno.env.get("APEX_DISPATCH_TOKEN");
await using sandbox = url && token ? undefined : startSandbox();
const client = new AuthenticatedClient({
  baseUrl: sandbox?.url ?? url ?? "",
  token: sandbox?.token ?? token ?? "",
});
const catalogue = await openCatalogue(sandbox ? { source: sandbox.catalogue } : {});

const [first] = await catalogue.search(Deno.args[0] ?? "vegetation", {
  runs: sandbox === undefined,
});
if (first === undefined) throw new Error("No service fits these words");
const service = await catalogue.get(first.id);
const parameters = service.example ?? {};
const { cost } = service.check(parameters);
console.log(`${service.title}: ${cost.basis}`);

if (sandbox || confirm("Submit this job? It may cost platform credits.")) {
  const job = await client.unitJobs.create(service.request({ parameters }));
  const last = await follow(job, sandbox ? { interval: 1_000 } : {});
  if (last?.value.status === "finished") {
    const folder = await Deno.makeTempDir();
    for (const { path, size } of await download(client, job, folder)) console.log(path, size);
  } else {
    console.error(`Job ${job.id} has not finished: look at it with client.unitJobs.get(${job.id})`);
    Deno.exitCode = 1;
  }
} else console.log("Nothing was submitted");
