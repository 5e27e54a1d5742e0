import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { download } from "../../../src/results/download/download.ts";
import type { ResultsClient } from "../../../src/results/download/plan/sources.ts";
import { ResultsError } from "../../../src/results/results_error.ts";
import type { Collection } from "../../../src/models/stac/stac.ts";
import { test } from "../../support/test.ts";
import { bundleOf } from "../support/bundle.ts";
import { collectionOf } from "../support/collections.ts";
import { inFolder, noise, serveFile } from "../support/file_server.ts";
import { recordingScreen } from "../support/screen.ts";

const BIG = noise(300_000);
const clientOf = (results: (id: number) => Collection | null): ResultsClient => ({
  unitJobs: { results: (job) => Promise.resolve(results(typeof job === "number" ? job : job.id)) },
});
const nobody = clientOf(() => {
  throw new Error("nobody is asked");
});
const signed = (host: string, name: string) =>
  `http://${host}/results/assets/ada/0123456789abcdef0123456789abcdef/${name}?expires=1800000000`;

test("download() brings the files of a job home, and at last the Collection with local addresses", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const results = collectionOf({
      "openEO.tif": {
        href: signed(server.host, "openEO.tif"),
        type: "image/tiff",
        "file:size": 300_000,
      },
      "b.nc": { href: signed(server.host, "b.nc") },
      kept: { href: "s3://bucket/key" },
    }, [{ rel: "self", href: signed(server.host, "collection.json") }, {
      rel: "about",
      href: "https://a.test/",
    }]);
    const files = await download(clientOf(() => results), { id: 7 }, `${folder}/out/`, {
      screen: false,
    });
    assertEquals(files.map(({ name, size, checked, fetched }) => [name, size, checked, fetched]), [
      ["openEO.tif", 300_000, "size", true],
      ["b.nc", 300_000, "length", true],
    ]);
    const written = JSON.parse(await Deno.readTextFile(`${folder}/out/collection.json`));
    assertEquals(written.assets["openEO.tif"].href, "./openEO.tif");
    assertEquals(written.assets.kept.href, "s3://bucket/key");
    assertEquals(written.links, [{ rel: "about", href: "https://a.test/" }]);
    assert(!JSON.stringify(written).includes("0123456789abcdef"));
    const shown = JSON.stringify(bundleOf(files));
    assert(!shown.includes("0123456789abcdef") && !shown.includes("ada"));
    assertStringIncludes(shown, "kept was not fetched");
    for (const { headers } of server.seen) {
      assertEquals([headers.get("authorization"), headers.get("cookie")], [null, null]);
    }
  }));

test("download() fetches no file again that is there and right", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const results = collectionOf({ "a.tif": { href: server.url, "file:size": 300_000 } });
    await download(nobody, results, folder, { screen: false });
    const again = await download(nobody, results, folder, { screen: false });
    assertEquals(again.map(({ fetched, checked }) => [fetched, checked]), [[false, "size"]]);
    assertEquals(server.seen.length, 1);
  }));

test("download() writes over no other file unless it is told to", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const results = collectionOf({ "a.tif": { href: server.url, "file:size": 300_000 } });
    await Deno.writeTextFile(`${folder}/a.tif`, "mine");
    const error = await assertRejects(
      () => download(nobody, results, folder, { screen: false }),
      ResultsError,
    );
    assertEquals([error.reason, await Deno.readTextFile(`${folder}/a.tif`)], ["exists", "mine"]);
    await download(nobody, results, folder, { screen: false, overwrite: true });
    assertEquals((await Deno.readFile(`${folder}/a.tif`)).length, 300_000);
  }));

test("download() of a task has a folder for each finished job", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const jobs = [[1, "finished"], [2, "failed"], [3, "finished"]].map(([id, status]) => ({
      id: Number(id),
      status: String(status),
      title: "t",
      label: "openeo",
      service: { endpoint: "https://a.test", application: "https://b.test" },
      parameters: {},
    }));
    const client = clientOf(() => collectionOf({ "a.tif": { href: server.url } }));
    const files = await download(client, { id: 9, jobs }, folder, { screen: false });
    assertEquals(files.map(({ path }) => path), [`${folder}/job-1/a.tif`, `${folder}/job-3/a.tif`]);
    assert(Deno.statSync(`${folder}/job-3/collection.json`).isFile);
    const failed = { id: 9, jobs: jobs.slice(1, 2) };
    const error = await assertRejects(
      () => download(client, failed, folder, { screen: false }),
      ResultsError,
    );
    assertStringIncludes(error.message, "none of its 1 job is finished");
  }));

test("download() brings what it can, and names what it cannot", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, ({ path }) =>
      path.includes("bad") ? { instead: new Response(null, { status: 400 }) } : {});
    const results = collectionOf({
      "bad.tif": { href: signed(server.host, "bad.tif") },
      "good.tif": { href: signed(server.host, "good.tif") },
    });
    const error = await assertRejects(() =>
      download(nobody, results, folder, { screen: false }), ResultsError);
    assertStringIncludes(
      error.message,
      "1 of 2 files could not be downloaded; the others are there",
    );
    assertEquals(
      error.failures?.map(({ reason }: ResultsError) =>
        reason
      ),
      ["refused"],
    );
    assert(!error.message.includes("0123456789abcdef"));
    assert(Deno.statSync(`${folder}/good.tif`).isFile);
  }));

test("download() asks for the results again when their addresses have ended, once for all files", () =>
  inFolder(async (folder) => {
    await using server = serveFile(
      BIG,
      ({ path }) => path.startsWith("/old") ? { instead: new Response(null, { status: 410 }) } : {},
    );
    let asked = 0;
    const client = clientOf(() => {
      const age = asked++ === 0 ? "old" : "new";
      return collectionOf({
        "a.tif": { href: `http://${server.host}/${age}/a` },
        "b.tif": { href: `http://${server.host}/${age}/b` },
      });
    });
    const files = await download(client, 7, folder, { screen: false });
    assertEquals([files.length, asked], [2, 2]);
  }));

test("download() of a Collection alone says that its addresses have ended", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, () => ({ instead: new Response(null, { status: 410 }) }));
    const results = collectionOf({ "a.tif": { href: server.url } });
    const error = await assertRejects(
      () => download(nobody, results, folder, { screen: false }),
      ResultsError,
    );
    assertEquals(error.reason, "expired");
    assertStringIncludes(error.message, "give the job instead of the results");
  }));

test("download() fetches only so many files at once", () =>
  inFolder(async (folder) => {
    let open = 0, most = 0;
    const counting: typeof fetch = async (...given) => {
      most = Math.max(most, ++open);
      const response = await fetch(...given);
      const bytes = await response.arrayBuffer();
      open--;
      return new Response(bytes, { headers: response.headers });
    };
    await using server = serveFile(BIG);
    const assets = Object.fromEntries(
      Array.from(
        { length: 8 },
        (_, index) => [`${index}.tif`, { href: `http://${server.host}/${index}` }],
      ),
    );
    await download(nobody, collectionOf(assets), folder, {
      screen: false,
      fetch: counting,
      concurrency: 2,
    });
    assertEquals(most, 2);
  }));

test("download() shows one output with a bar for each file, and a last frame", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const { screen, frames, closed } = recordingScreen();
    const told: number[] = [];
    const results = collectionOf({
      "a.tif": { href: server.url },
      "b.tif": { href: `${server.url}b` },
    });
    await download(nobody, results, folder, {
      screen,
      onProgress: ({ files }) => told.push(files.length),
    });
    assertStringIncludes(frames.at(-1) ?? "", "2 of 2 files");
    assertStringIncludes(frames.at(-1) ?? "", "████████████████");
    assertEquals(closed(), 1);
    assert(told.length >= 1);
  }));

test("download() stopped by its signal keeps the parts, and the same call goes on", () =>
  inFolder(async (folder) => {
    await using server = serveFile(noise(3_000_000));
    const results = collectionOf({ "a.tif": { href: server.url } });
    const controller = new AbortController();
    const reason = new Error("enough");
    const { screen, frames } = recordingScreen();
    const slow: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      let seen = 0;
      const body = response.body?.pipeThrough(
        new TransformStream({
          transform(bytes: Uint8Array, to) {
            seen += bytes.length;
            to.enqueue(bytes);
            if (seen > 1_000_000) controller.abort(reason);
          },
        }),
      );
      return new Response(body ?? null, { headers: response.headers });
    };
    const error = await assertRejects(() =>
      download(nobody, results, folder, { screen, fetch: slow, signal: controller.signal })
    );
    assert(error === reason);
    assertStringIncludes(frames.at(-1) ?? "", "stopped: the same call goes on where it was");
    const files = await download(nobody, results, folder, { screen: false });
    assertEquals(files[0]?.size, 3_000_000);
  }));

test("download() says what is wrong with what it is given", async () => {
  const fail = async (...given: Parameters<typeof download>) =>
    (await assertRejects(() => download(...given), Error)).message;
  assertStringIncludes(await fail(nobody, collectionOf({}), ""), "name the folder");
  assertStringIncludes(
    await fail(nobody, collectionOf({}), "x", JSON.parse('{"onli":[]}')),
    'did you mean "only"?',
  );
  assertStringIncludes(await fail(nobody, collectionOf({}), "x"), "they name no files");
  assertStringIncludes(
    await fail(nobody, collectionOf({ a: { href: "s3://b/k" } }), "x"),
    "begins with s3:",
  );
  assertStringIncludes(
    await fail(nobody, collectionOf({ a: { href: "https://b.test/k" } }), "x", { only: ["*.nc"] }),
    'no file is called "*.nc"',
  );
  assertStringIncludes(await fail(clientOf(() => null), 7, "x"), "job 7: the service gives none");
  assertStringIncludes(
    await fail(nobody, JSON.parse("null"), "x"),
    "give a job, a task, or what client.unitJobs.results(job) gave",
  );
});

test("download() says of a folder that cannot be made why, once", () =>
  inFolder(async (folder) => {
    await using server = serveFile(noise(1_000));
    await Deno.writeTextFile(`${folder}/file`, "no folder");
    const results = collectionOf({ "a.tif": { href: server.url } });
    const error = await assertRejects(
      () => download(nobody, results, `${folder}/file/out`, { screen: false }),
      ResultsError,
    );
    assertEquals([error.reason, error.message], [
      "disk",
      "Cannot write a.tif: a part of the folder's path is a file\n  What to do: choose another folder",
    ]);
  }));

test("download() takes one pattern as it takes several, and says what is none", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const results = collectionOf({ "a.tif": { href: server.url }, "b.nc": { href: server.url } });
    const namesOf = async (only: string | string[]) =>
      (await download(nobody, results, folder, { only, screen: false })).map(({ name }) => name);
    assertEquals(await namesOf("*.tif"), ["a.tif"]);
    assertEquals(await namesOf(["*.{nc,zip}"]), ["b.nc"]);
    await assertRejects(() => namesOf([]), ResultsError, "{ only } is a list");
    for (const concurrency of [0, NaN, -1]) {
      await assertRejects(
        () => download(nobody, results, folder, { concurrency, screen: false }),
        Error,
        "concurrency",
      );
    }
    const all = await download(nobody, results, folder, { concurrency: Infinity, screen: false });
    assertEquals(all.length, 2);
  }));

test("download() of a task brings the others where one job's results cannot be had", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const client = clientOf((id) => {
      if (id === 2) {
        throw new ResultsError("Cannot get the results of job 2: no", { reason: "refused" });
      }
      return collectionOf({ "a.tif": { href: server.url } });
    });
    const jobs = [1, 2, 3].map((id) => ({
      id,
      status: "finished" as const,
      title: "",
      label: "openeo" as const,
    }));
    const failing = {
      unitJobs: {
        results: async (job: number | { readonly id: number }) =>
          await client.unitJobs.results(job),
      },
    };
    const error = await assertRejects(
      () => download(failing, { id: 9, jobs }, folder, { screen: false }),
      ResultsError,
      "1 of 3 files could not be downloaded; the others are there",
    );
    assertStringIncludes(error.message, "Cannot get the results of job 2: no");
    for (const id of [1, 3]) {
      assertEquals(Deno.statSync(`${folder}/job-${id}/a.tif`).size, 300_000);
    }
  }));

test("download() replaces what nothing can be said of where it is told to", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const results = collectionOf({ "a.tif": { href: server.url } });
    const bring = async (overwrite: boolean) =>
      (await download(nobody, results, folder, { overwrite, screen: false }))[0]?.fetched;
    assertEquals([await bring(false), await bring(false), await bring(true)], [true, false, true]);
  }));

test("download() says of a folder that is a file that it is one", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const results = collectionOf({ "a.tif": { href: server.url } });
    await Deno.writeTextFile(`${folder}/out`, "mine");
    for (const place of [`${folder}/out`, `${folder}/out/deeper`]) {
      const error = await assertRejects(
        () => download(nobody, results, place, { screen: false }),
        ResultsError,
        "choose another folder",
      );
      assertEquals(error.reason, "disk");
    }
    assertEquals(await Deno.readTextFile(`${folder}/out`), "mine");
  }));
