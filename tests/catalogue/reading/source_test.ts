import { assertEquals, assertRejects } from "@std/assert";
import { CatalogueError } from "../../../src/catalogue/catalogue_error.ts";
import {
  folderCache,
  folderSource,
  memoryCache,
  openSource,
  webSource,
} from "../../../src/catalogue/reading/source.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { repository, serveRepository } from "../support/made_up.ts";

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

test("folderCache() keeps what was read from one program to the next", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using server = serveRepository(repository());
    for (let run = 0; run < 2; run++) {
      const source = openSource(server.url, { fetch, cache: `${folder}/cache` });
      const [first] = (await source.list()).files;
      if (first !== undefined) await source.read(first);
    }
    assertEquals(server.seen.map(({ path }) => path), [
      "/tree.json",
      "/algorithm_catalog/alpha/record.json",
      "/tree.json",
    ]);
    const cache = folderCache(`${folder}/none`);
    assertEquals(await cache.get("x"), undefined);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
