import { assertEquals, assertRejects } from "@std/assert";
import { CatalogueError } from "../../../src/catalogue/catalogue_error.ts";
import { folderSource, openSource, webSource } from "../../../src/catalogue/reading/source.ts";
import { memoryCache } from "../../../src/catalogue/reading/cache.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { serveRepository } from "../support/made_up.ts";

test("webSource() lists the files of a tree and reads each once as long as it stays the same", async () => {
  await using server = serveRepository({ "a/b c.json": '{"x":1}', "../evil.json": "{}" });
  const source = webSource(
    { tree: `${server.url}/tree.json`, raw: `${server.url}/`, name: "copy" },
    { fetch, cache: memoryCache() },
  );
  const { revision, files } = await source.list();
  assertEquals(revision, "0123456789abcdef0123456789abcdef01234567");
  assertEquals(files, [{ path: "a/b c.json", sha: "0" }]);
  for (const file of [...files, ...files]) assertEquals(await source.read(file), { x: 1 });
  assertEquals((await source.list()).files, files, "from what was held, after a 304");
  assertEquals(server.seen.map(({ path }) => path), ["/tree.json", "/a/b%20c.json", "/tree.json"]);
});

test("webSource() refuses a list of files that is none", async () => {
  await using server = serve(() => Response.json({ message: "Not Found" }));
  const source = openSource(server.url, { fetch });
  await assertRejects(() => source.list(), CatalogueError, "its list of files is not git's");
});

test("folderSource() reads a clone, and its own definitions whatever branch their address names", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/algorithm_catalog/a`, { recursive: true });
    await Deno.writeTextFile(`${folder}/algorithm_catalog/a/one.json`, '{"x":1}');
    await Deno.writeTextFile(`${folder}/algorithm_catalog/a/readme.md`, "x");
    const source = folderSource(folder, { fetch, cache: memoryCache() });
    const { files } = await source.list();
    assertEquals(files, [{ path: "algorithm_catalog/a/one.json" }]);
    for (const branch of ["main", "refs/heads/main", "a".repeat(40)]) {
      const address =
        `https://raw.githubusercontent.com/ESA-APEx/apex_algorithms/${branch}/algorithm_catalog/a/one.json`;
      assertEquals(await source.readAddress(address), { x: 1 });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("webSource() asks in a word whether what it holds is still right, of definitions too", async () => {
  await using server = serve((request) =>
    request.headers.get("if-none-match") === '"1"'
      ? new Response(null, { status: 304 })
      : Response.json({ x: 1 }, { headers: { etag: '"1"' } })
  );
  const source = openSource(server.url, { fetch });
  for (let time = 0; time < 2; time++) {
    assertEquals(await source.readAddress(`${server.url}/definition.json`), { x: 1 });
  }
  assertEquals(server.seen.map(({ headers }) => headers.get("if-none-match")), [null, '"1"']);
});

test("webSource() holds no list of files that is none, and asks for it again", async () => {
  await using server = serve((request, before) =>
    before === 0
      ? Response.json({ message: "no tree" }, { headers: { etag: '"1"' } })
      : request.headers.has("if-none-match")
      ? new Response(null, { status: 304 })
      : Response.json({ sha: "0", tree: [] }, { headers: { etag: '"1"' } })
  );
  const source = openSource(server.url, { fetch });
  await assertRejects(() => source.list(), CatalogueError, "not git's");
  assertEquals((await source.list()).files, []);
  assertEquals((await source.list()).revision, "0");
});

test("webSource() reads on where nothing can be kept", async () => {
  const full = () => Promise.reject(new Error("no space"));
  await using server = serveRepository({ "a.json": '{"x":1}' });
  const source = openSource(server.url, { fetch, cache: { get: full, set: full } });
  const [file] = (await source.list()).files;
  assertEquals(file === undefined ? undefined : await source.read(file), { x: 1 });
});

test("folderSource() says what is wrong with a folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (
      const [where, words] of [
        [`${folder}/nowhere`, "there is no such folder"],
        ["githb", 'there is no such folder; did you mean "github"?'],
        [`${folder}/file`, "it "],
      ] as const
    ) {
      await Deno.writeTextFile(`${folder}/file`, "x");
      const error = await assertRejects(() => openSource(where, {}).list(), CatalogueError, words);
      assertEquals(error.reason, "unreachable");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("folderSource() reads a folder however its path is written, and a file with a mark at its start", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/a/b`, { recursive: true });
    await Deno.writeTextFile(`${folder}/a/b/one.json`, '\uFEFF{"x":1}');
    for (const where of [`${folder}/`, `${folder}/a/..`, new URL(`file://${folder}/`)]) {
      const source = openSource(where, {});
      const { files } = await source.list();
      assertEquals(files, [{ path: "a/b/one.json" }]);
      assertEquals(await source.read({ path: "a/b/one.json" }), { x: 1 });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
