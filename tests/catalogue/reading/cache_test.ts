import { assertEquals } from "@std/assert";
import { folderCache, keep, memoryCache, take } from "../../../src/catalogue/reading/cache.ts";
import { openSource } from "../../../src/catalogue/reading/source.ts";
import { test } from "../../support/test.ts";
import { repository, serveRepository } from "../support/made_up.ts";

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

test("memoryCache() holds what was put into it", async () => {
  const cache = memoryCache();
  assertEquals(await cache.get("a"), undefined);
  await cache.set("a", "text");
  assertEquals(await cache.get("a"), "text");
});

test("take() and keep() make nothing of a cache that fails", async () => {
  const broken = {
    get: () => Promise.reject(new Error("gone")),
    set: () => Promise.reject(new Error("full")),
  };
  await keep(broken, "a", "text");
  assertEquals(await take(broken, "a"), undefined);
});
