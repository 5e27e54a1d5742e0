import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { resultsOfTask, showSeveral } from "../../../../src/results/preview/several/several.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { serve } from "../../../support/server.ts";
import { test } from "../../../support/test.ts";
import { collectionOf } from "../../support/collections.ts";
import { fixture } from "../../support/fixtures.ts";

const job = (id: number, status: "finished" | "failed") => ({ id, status });

test("resultsOfTask() asks for the results of the finished jobs, one after the other", async () => {
  const asked: number[] = [];
  const client = {
    unitJobs: {
      results: (one: number | { readonly id: number }) => {
        asked.push(typeof one === "number" ? one : one.id);
        return Promise.resolve(null);
      },
    },
  };
  const task = { id: 3, jobs: [job(7, "finished"), job(8, "failed"), job(9, "finished")] };
  const named = await resultsOfTask(task, client, undefined);
  assertEquals(named.map(({ name }) => name), ["job 7", "job 9"]);
  assertEquals(asked, [7, 9]);
});

test("resultsOfTask() says what is missing", async () => {
  const fail = async (...given: Parameters<typeof resultsOfTask>) =>
    (await assertRejects(() => resultsOfTask(...given), ResultsError)).message;
  const client = { unitJobs: { results: () => Promise.resolve(null) } };
  assertStringIncludes(
    await fail({ id: 3, jobs: [job(7, "finished")] }, undefined, undefined),
    "preview(task, { client })",
  );
  assertStringIncludes(
    await fail({ id: 3, jobs: [job(7, "failed")] }, client, undefined),
    "none of its 1 job is finished",
  );
});

test("showSeveral() draws of each result the raster of the same name, and names the rest", async () => {
  const raster = fixture("rasters/lonlat4326.tif");
  const served: string[] = [];
  await using server = serve(({ path, headers }) => {
    served.push(path);
    const [, from = "0", to = "0"] = /bytes=(\d+)-(\d+)/.exec(headers.get("range") ?? "") ?? [];
    return new Response(raster.slice(Number(from), Number(to) + 1), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${to}/${raster.length}` },
    });
  });
  const at = (name: string) => ({ href: `${server.url}/${name}` });
  const { picture, problems, others } = await showSeveral(
    [
      { name: "job 1", results: collectionOf({ "a.tif": at("1/a.tif"), "b.tif": at("1/b.tif") }) },
      { name: "job 2", results: collectionOf({ "b.tif": at("2/b.tif"), "a.tif": at("2/a.tif") }) },
      { name: "job 3", results: null },
    ],
    {},
    undefined,
  );
  assertStringIncludes(picture.alt, "a.tif of 2 results");
  assertEquals([...new Set(served)].sort(), ["/1/a.tif", "/2/a.tif"]);
  assertEquals(problems, [{ name: "job 3", reason: "there is no raster among its files" }]);
  assertEquals(others, ["b.tif"]);
  const error = await assertRejects(
    () => showSeveral([{ name: "job 3", results: null }], {}, undefined),
    ResultsError,
  );
  assertEquals(error.reason, "nothing");
});

test("showSeveral() draws shapes together, and cubes by their first layers, and says what is none", async () => {
  const files: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
    "/1/a.geojson": fixture("tables/parcels.geojson"),
    "/2/a.geojson": fixture("tables/parcels_utm_crs.geojson"),
    "/3/a.geojson": fixture("tables/timeseries.json"),
    "/1/a.nc": fixture("tables/cube_nc4.nc"),
    "/2/a.nc": fixture("tables/cube_nc3.nc"),
  };
  await using server = serve(({ path }) => new Response(files[path] ?? null));
  const named = (name: string, ...ids: number[]) =>
    ids.map((id) => ({
      name: `job ${id}`,
      results: collectionOf({ [name]: { href: `${server.url}/${id}/${name}` } }),
    }));
  const shapes = await showSeveral(named("a.geojson", 1, 2, 3), {}, undefined);
  assertStringIncludes(shapes.picture.alt, "a.geojson of 2 results; 120 shapes; ndvi from");
  assertEquals(shapes.problems, [{ name: "job 3", reason: "there are no shapes in it" }]);
  const cubes = await showSeveral(named("a.nc", 1, 2), {}, undefined);
  assertStringIncludes(cubes.picture.alt, "a.nc of 2 results; NDVI from");
  assertEquals(cubes.problems, []);
});

test("resultsOfTask() keeps the others where one job's results cannot be had, and says why", async () => {
  const client = {
    unitJobs: {
      results: (one: number | { readonly id: number }) =>
        typeof one !== "number" && one.id === 8
          ? Promise.reject(new ResultsError("Cannot get the results: no", { reason: "refused" }))
          : Promise.resolve(collectionOf({})),
    },
  };
  const task = { id: 3, jobs: [job(7, "finished"), job(8, "finished"), job(9, "finished")] };
  const named = await resultsOfTask(task, client, undefined);
  assertEquals(named.map(({ problem }) => problem), [undefined, "no", undefined]);
});
