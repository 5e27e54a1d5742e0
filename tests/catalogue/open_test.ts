import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { catalogue } from "../../src/catalogue/mod.ts";
import { openCatalogue } from "../../src/catalogue/open.ts";
import { CatalogueError } from "../../src/catalogue/catalogue_error.ts";
import { ModelInvalidError } from "../../src/models/schema/issue.ts";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";
import {
  definition,
  fetchWithDefinitions,
  repository,
  serveRepository,
} from "./support/made_up.ts";
import { textOf } from "./support/text_of.ts";

const options = { fetch: fetchWithDefinitions(), now: () => Date.parse("2026-11-25T10:00:00Z") };

test("openCatalogue() reads a copy of the repository and serves what it could read", async () => {
  await using server = serveRepository();
  const copy = await openCatalogue({ source: server.url, ...options });
  assertEquals(copy.size, 4);
  assertEquals(copy.about.date, "2026-11-25");
  assertEquals(copy.problems.length, 3);
  assertStringIncludes(textOf(copy), "3 documents could not be read");
  assertEquals((await copy.search("ndvi")).map(({ id }) => id), ["ndvi_map"]);
});

test("openCatalogue() reads a folder that holds a clone", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(repository())) {
      await Deno.mkdir(`${folder}/${path.slice(0, path.lastIndexOf("/"))}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    const clone = await openCatalogue({ source: folder, ...options });
    assertEquals(clone.size, 4);
    const byUrl = await openCatalogue({ source: new URL(`file://${folder}`), ...options });
    assertEquals(byUrl.size, 4);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("openCatalogue() falls back on the index when GitHub answers no more", async () => {
  await using server = serve(() =>
    new Response("", { status: 403, headers: { "x-ratelimit-remaining": "0" } })
  );
  const limited = await openCatalogue({ source: server.url });
  assertEquals(limited.size, 70);
  assertEquals(limited.notes, [
    "GitHub answers no more questions this hour: this is the index of August 2026",
  ]);
  assertStringIncludes(textOf(await limited.search("snow")), "no more questions");
});

test("openCatalogue() refuses options that nobody knows, and search() filters", async () => {
  await assertRejects(
    () => openCatalogue(JSON.parse('{"sauce":"index"}')),
    Error,
    'did you mean "source"?',
  );
  await assertRejects(
    () => catalogue.search("", JSON.parse('{"formats":"x"}')),
    Error,
    'did you mean "format"?',
  );
});

test("openCatalogue() and its calls refuse what they cannot use, and say what to write", async () => {
  const refused: [call: () => Promise<unknown>, words: string][] = [
    [() => openCatalogue(JSON.parse('{"source":5}')), "source: expected "],
    [() => openCatalogue(JSON.parse('{"cache":{"get":1}}')), "cache: expected a folder"],
    [() => catalogue.search(JSON.parse('{"runs":true}')), 'write search("", { … })'],
    [() => catalogue.search(JSON.parse("5")), "words: expected text, got the number 5"],
    [() => catalogue.get("ndsi", JSON.parse('{"clint":1}')), 'did you mean "client"?'],
    [() => catalogue.get("ndsi", JSON.parse('{"client":{}}')), "client: expected a client"],
    [() => catalogue.refresh(JSON.parse('{"sgnal":1}')), 'did you mean "signal"?'],
  ];
  for (const [call, words] of refused) await assertRejects(call, ModelInvalidError, words);
});

test("openCatalogue() of what holds no records says what a clone is", async () => {
  await using server = serveRepository({ "readme.json": "{}" });
  const error = await assertRejects(() => openCatalogue({ source: server.url }), CatalogueError);
  assertStringIncludes(error.message, "holds no records at algorithm_catalog/");
  assertStringIncludes(
    error.message,
    "What to do: openCatalogue() without a source has the index of August 2026",
  );
  assertEquals([error.reason, "cause" in error], ["invalid", false]);
});

test("openCatalogue() knows GitHub's limit of questions in a short while", async () => {
  await using server = serve(() =>
    new Response("", { status: 403, headers: { "retry-after": "60" } })
  );
  assertEquals((await openCatalogue({ source: server.url })).notes.length, 1);
});

test("catalogue.refresh() at GitHub's limit keeps what was read before, which is newer than the index", async () => {
  let limited = false;
  await using server = serveRepository();
  const send: typeof fetch = (input, init) =>
    limited && String(input).endsWith("/tree.json")
      ? Promise.resolve(
        new Response("", { status: 403, headers: { "x-ratelimit-remaining": "0" } }),
      )
      : options.fetch(input, init);
  const copy = await openCatalogue({ source: server.url, ...options, fetch: send });
  limited = true;
  for (const again of [await copy.refresh(), await (await copy.refresh()).refresh()]) {
    assertEquals([again.size, again.about.date], [4, "2026-11-25"]);
    assertEquals(again.notes, [
      "GitHub answers no more questions this hour: this is what was read on 25 November 2026",
    ]);
  }
});

test("catalogue.refresh() asks for what has changed, and for nothing else", async () => {
  await using server = serveRepository();
  const copy = await openCatalogue({ source: server.url, ...options });
  const before = server.seen.length;
  const again = await copy.refresh();
  assertEquals(again.size, 4);
  // A document that could not be read is not held: it is asked for again.
  assertEquals(server.seen.slice(before).map(({ path }) => path).toSorted(), [
    "/algorithm_catalog/alpha/ndvi_map/benchmark-scenarios/broken.json",
    "/algorithm_catalog/beta/broken/records/broken.json",
    "/tree.json",
  ]);
});

test("catalogue.refresh() reads the same catalogue anew", async () => {
  await using server = serveRepository();
  const copy = await openCatalogue({ source: server.url, ...options });
  const before = server.seen.length;
  const again = await copy.refresh();
  assertEquals(again.size, 4);
  assert(server.seen.length > before);
  assertEquals(definition.id, "composite");
});
