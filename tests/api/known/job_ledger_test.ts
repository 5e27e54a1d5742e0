import { assertEquals, assertThrows } from "@std/assert";
import { AuthenticatedClient, type JobLedger, RequestInvalidError } from "../../../mod.ts";
import { checkLedger, wireOf } from "../../../src/api/known/job_ledger.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { tokenOf } from "../../ledger/support.ts";
import { test } from "../../support/test.ts";

const request = {
  title: "Vegetation index",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    application: "https://catalogue.example.test/vegetation_index.json",
  },
  parameters: { spatial_extent: { west: 4, south: 5, east: 6, north: 7 } },
  format: "gtiff",
} as const;

test("create() leaves a job to its ledger, and a call's own is before the client's", async () => {
  await using sandbox = startSandbox();
  const asked: string[] = [];
  const ledgerOf = (name: string): JobLedger => ({
    async submit(given) {
      asked.push(`${name} ${given.kind} ${given.request.title} ${given.key}`);
      return await given.post({ ...given.request, title: `${given.request.title}, marked` });
    },
  });
  const { url: baseUrl, token } = sandbox;
  const client = new AuthenticatedClient({ baseUrl, token, ledger: ledgerOf("client's") });
  assertEquals((await client.unitJobs.create(request)).title, "Vegetation index, marked");
  await client.unitJobs.create(request, { ledger: ledgerOf("call's"), key: "a" });
  await client.with({ timeout: 5_000 }).unitJobs.create(request);
  const dimension = { name: "spatial_extent", values: [{ west: 4, south: 5, east: 6, north: 7 }] };
  await client.upscaleTasks.create({ ...request, dimension });
  await client.with({ ledger: undefined }).unitJobs.create(request);
  assertEquals(asked, [
    "client's job Vegetation index undefined",
    "call's job Vegetation index a",
    "client's job Vegetation index undefined",
    "client's task Vegetation index undefined",
  ]);
});

test("checkLedger() refuses a path, and says how one is opened", () => {
  checkLedger(undefined, "Cannot create the unit job");
  const error = assertThrows(
    () => checkLedger("fields.jsonl", "Cannot create the unit job"),
    RequestInvalidError,
  );
  assertEquals(error.issues, [{
    path: "ledger",
    message: 'expected an open ledger, got the string "fields.jsonl": ' +
      "write { ledger: await openLedger(path) }",
  }]);
  const options = { baseUrl: "https://dispatch.example.test", token: "t0k" };
  assertThrows(
    () => new AuthenticatedClient({ ...options, ...JSON.parse('{"ledger":"fields.jsonl"}') }),
    RequestInvalidError,
    "expected an open ledger",
  );
});

test("wireOf() knows in whose name a client acts, as far as its token says", async () => {
  const options = { baseUrl: "https://dispatch.example.test" };
  const wire = wireOf(new AuthenticatedClient({ ...options, token: tokenOf("ada") }));
  assertEquals(wire?.service, "https://dispatch.example.test");
  assertEquals(await wire?.account(), { id: "id-of-ada", name: "ada" });
  const opaque = wireOf(new AuthenticatedClient({ ...options, token: () => "opaque" }));
  assertEquals(await opaque?.account(), undefined);
  assertEquals([wireOf({}), wireOf(undefined)], [undefined, undefined]);
});
