import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { inFolder, noise, sha256 } from "../support/file_server.ts";
import { bringKilled } from "./killed.ts";
import { serveShaky } from "./shaky_server.ts";

const SIZE = 20_971_520;
const content = noise(SIZE);
/** The same size, and other bytes wherever one may look again. */
const exchanged = content.map((byte, index) => index % 1_000 === 0 ? byte ^ 255 : byte);
const CUTS = Array.from({ length: 10 }, (_, index) => Math.floor(SIZE * (index + 0.7) / 11));
const KILLS = [SIZE / 3, SIZE * 2 / 3];
/** Slow enough to be killed on the way. */
const PAUSE = 3;

test("download() of a program that is killed twice, from a host that breaks off ten times, is whole and read once", async () => {
  await inFolder(async (folder) => {
    await using server = serveShaky(content, { cutAt: CUTS, pause: PAUSE });
    const { kills, sizes, listed, error } = await bringKilled(server, folder, { killAt: KILLS });
    assertEquals(error, undefined);
    assertEquals([kills, server.cuts], [2, 10]);
    assertEquals(
      await sha256(await Deno.readFile(`${folder}/file.bin`)),
      await sha256(content),
    );
    // With 64 KiB read again for each of twelve breaks, and what a killed program had not written.
    assert(server.served <= 1.2 * SIZE, `${server.served} bytes for ${SIZE}`);
    // However often one looks, there is no file of that name that is not whole.
    assert(listed > 20);
    assertEquals(sizes, [SIZE]);
    assertEquals(
      [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
      ["collection.json", "file.bin"],
    );
    const heads = server.seen.filter((headers) =>
      headers.has("authorization") || headers.has("cookie")
    );
    assertEquals(heads, []);
  });
});

for (
  const [way, before, after] of [["no validator", undefined, undefined], [
    "tags",
    '"1"',
    '"2"',
  ]] as const
) {
  test(`download() of a file that is exchanged while its program is dead holds nothing of the old one (${way})`, async () => {
    await inFolder(async (folder) => {
      await using server = serveShaky(content, {
        cutAt: CUTS,
        pause: PAUSE,
        ...(before === undefined ? {} : { etag: before }),
      });
      const { kills, sizes, error } = await bringKilled(server, folder, {
        killAt: [SIZE / 2],
        between: () => server.put(exchanged, after),
      });
      assertEquals([error, kills, sizes], [undefined, 1, [SIZE]]);
      const digest = await sha256(await Deno.readFile(`${folder}/file.bin`));
      assertEquals(digest, await sha256(exchanged));
      assertNotEquals(digest, await sha256(content));
    });
  });
}
