import { assert, assertEquals, assertRejects } from "@std/assert";
import { CatalogueError } from "../../../src/catalogue/catalogue_error.ts";
import { readLive, recordPath } from "../../../src/catalogue/reading/live.ts";
import { type CatalogueSource, openSource } from "../../../src/catalogue/reading/source.ts";
import { test } from "../../support/test.ts";
import { fetchWithDefinitions, openeoRecord, serveRepository } from "../support/made_up.ts";

test("readLive() reads what there is, names what cannot be read, and leaves out what is private", async () => {
  await using server = serveRepository();
  const source = openSource(server.url, { fetch: fetchWithDefinitions() });
  const { data, problems } = await readLive(source, { date: "2026-08-31" });
  assertEquals(data.services.map(({ id }) => id), ["composite", "hostile", "ndvi_map", "water"]);
  assertEquals(data.providers, { alpha: "Alpha Institute", beta: "Beta Ltd" });
  assertEquals(data.platforms, { cloud: "The Cloud", hazards: "Hazards Platform" });
  assertEquals([data.commit?.length, data.date], [40, "2026-08-31"]);
  const [composite, hostile, map] = data.services;
  assertEquals(composite?.scenario, "benchmark_scenarios/composite.json");
  assertEquals(map?.scenario, undefined);
  assertEquals(composite?.parameters?.map(({ name }) => name).slice(0, 2), [
    "spatial_extent",
    "temporal_extent",
  ]);
  assertEquals(hostile?.title.length, 200);
  assertEquals(Reflect.get({}, "polluted"), undefined);
  assertEquals(
    problems.map(({ path, reason }) => `${path.split("/").at(-1)}: ${reason}`).toSorted(),
    [
      "broken.json: it is a web page, not JSON",
      "broken.json: it is malformed, not JSON",
      "nowhere.json: its service link is not {endpoint}/{namespace}/processes/{process}: https://processes.example.test/none",
    ],
  );
});

test("readLive() serves the first of two records of one id, names the other, and knows where each lies", async () => {
  const files = {
    "algorithm_catalog/a/twin/records/twin.json": JSON.stringify(openeoRecord("twin")),
    "algorithm_catalog/b/twin/records/twin.json": JSON.stringify(openeoRecord("twin")),
    "algorithm_catalog/b/other/records/name.json": JSON.stringify(openeoRecord("constructor")),
  };
  await using server = serveRepository(files);
  const source = openSource(server.url, { fetch: fetchWithDefinitions() });
  const { data, problems } = await readLive(source, { date: "2026-08" });
  assertEquals(data.services.map(({ id, provider, record }) => [id, provider, record]), [
    ["constructor", "b", "algorithm_catalog/b/other/records/name.json"],
    ["twin", "a", undefined],
  ]);
  assertEquals(problems, [{
    path: "algorithm_catalog/b/twin/records/twin.json",
    reason: "algorithm_catalog/a/twin/records/twin.json has the same id",
  }]);
  assertEquals(data.services.map(recordPath)[1], "algorithm_catalog/a/twin/records/twin.json");
});

test("readLive() names a definition that cannot be read once, however many services have it", async () => {
  const links = [{ rel: "application", href: "http://far.example.test/one.json" }];
  const record = (id: string) => {
    const one = openeoRecord(id);
    const others = Array.isArray(one["links"]) ? one["links"].slice(1) : [];
    return JSON.stringify({ ...one, links: [...links, ...others] });
  };
  await using server = serveRepository({
    "algorithm_catalog/a/one/records/one.json": record("one"),
    "algorithm_catalog/a/two/records/two.json": record("two"),
  });
  const { problems } = await readLive(openSource(server.url, { fetch }), { date: "2026-08" });
  assertEquals(problems, [{
    path: "http://far.example.test/one.json",
    reason: "it is not an https address",
  }]);
});

test("readLive() asks for at most six documents at once", async () => {
  let open = 0, most = 0;
  const files = Array.from({ length: 40 }, (_, index) => ({
    path: `algorithm_catalog/a/s${index}/records/s${index}.json`,
  }));
  const source: CatalogueSource = {
    name: "counting",
    list: () => Promise.resolve({ revision: undefined, files }),
    async read() {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve));
      open--;
      return {};
    },
    readAddress: () => Promise.resolve({}),
  };
  const { problems } = await readLive(source, { date: "2026-08" });
  assertEquals(most, 6);
  assertEquals(problems.length, 40);
});

test("readLive() ends at the limit of questions, and at the signal", async () => {
  const limit = new CatalogueError("x", { reason: "limit" });
  const source: CatalogueSource = {
    name: "limited",
    list: () =>
      Promise.resolve({ revision: undefined, files: [{ path: "platform_catalog/a.json" }] }),
    read: () => Promise.reject(limit),
    readAddress: () => Promise.reject(limit),
  };
  assertEquals(await assertRejects(() => readLive(source, { date: "2026-08" })), limit);
  const reason = new Error("enough");
  const error = await assertRejects(() =>
    readLive(source, { date: "2026-08", signal: AbortSignal.abort(reason) })
  );
  assert(error === reason);
});
