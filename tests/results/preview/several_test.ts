import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { resultsOfTask, showSeveral } from "../../../src/results/preview/several.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { collectionOf } from "../support/collections.ts";
import { fixture } from "../support/fixtures.ts";

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
