// The other doors, in whichever runtime: the catalogue, a sign-in, a batch with its ledger, files, a table, a picture.
// SANDBOX_URL, ISSUER, CLIENT_ID and CATALOGUE_URL say where. Every line has to be the same everywhere.
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuthenticatedClient } from "@apex-dispatch/client";
import { fromEnvironment, signIn, SignInError } from "@apex-dispatch/client/auth";
import { catalogue, openCatalogue } from "@apex-dispatch/client/catalogue";
import { openLedger, submitAll } from "@apex-dispatch/client/ledger";
import { download, preview, readTable } from "@apex-dispatch/client/results";

const { SANDBOX_URL: service, ISSUER: issuer, CLIENT_ID: clientId, CATALOGUE_URL: source } =
  process.env;
const folder = await mkdtemp(join(tmpdir(), "apex-rooms-"));

console.log("# the catalogue");
console.log((await catalogue.search("ndvi")).length > 0);
const own = await openCatalogue({ source });
const found = await own.get("vegetation_index");
console.log(found.parameters.map(({ name }) => name).join(", "));

console.log("# a sign-in, and the next one");
const onPrompt = ({ kind }) => console.log(kind);
const place = { issuer, clientId, service };
process.env.XDG_STATE_HOME = join(folder, "state");
const first = await signIn({ ...place, onPrompt });
console.log(first.user);
const session = await signIn({ ...place, onPrompt: () => console.log("asked again") });
console.log(session.user);
delete process.env.APEX_DISPATCH_TOKEN;
await Promise.resolve().then(() => fromEnvironment()).then((token) => token({})).catch((error) =>
  console.log(error instanceof SignInError, error.message.split("\n")[0])
);

console.log("# a batch and its ledger");
const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
const requests = [1, 2].map((number) =>
  found.request({
    title: `Field ${number}`,
    parameters: { ...found.example, resolution: number * 10 },
  })
);
const ledger = join(folder, "fields.jsonl");
const options = { ledger, confirm: false, show: false };
const batch = await submitAll(client, requests, options);
await submitAll(client, requests, options);
console.log((await client.unitJobs.list()).length, batch.jobs.map(({ id }) => id).join(", "));
const kept = await openLedger(ledger);
console.log(kept.entries.length, ((await stat(ledger)).mode & 0o777).toString(8));

console.log("# files");
const [job] = batch.jobs;
await client.unitJobs.wait(job, { interval: 1000 });
const files = await download(client, job, join(folder, "out"), { concurrency: 1 }); // in one order everywhere
for (const { path, size } of files) {
  console.log(path.slice(folder.length), size === (await stat(path)).size);
}
console.log(
  (await readTable(files.find(({ path }) => path.endsWith(".geojson"))?.path)).rows.length > 0,
);
const { pictures } = await preview(files.find(({ path }) => path.endsWith(".tif"))?.path);
console.log(pictures.map(({ alt }) => alt.split(";")[0]).join());
console.log((await readFile(ledger, "utf8")).includes("Bearer"));
await session.signOut();
await rm(folder, { recursive: true });
