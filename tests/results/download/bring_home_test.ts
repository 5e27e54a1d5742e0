import { assertEquals } from "@std/assert";
import { systemClock } from "../../../src/core/waiting.ts";
import { bringHome } from "../../../src/results/download/bring_home.ts";
import { readChecksum } from "../../../src/results/download/plan/checksum.ts";
import { keepProgress } from "../../../src/results/download/progress.ts";
import { test } from "../../support/test.ts";
import { inFolder, noise, serveFile, sha256 } from "../support/file_server.ts";

test("bringHome() takes a file that is there for right by its checksum alone where there is one", () =>
  inFolder(async (folder) => {
    const bytes = noise(1_000);
    await using server = serveFile(bytes);
    const file = {
      key: "a",
      address: server.url,
      name: "a.bin",
      folders: [],
      type: undefined,
      size: undefined,
      checksum: readChecksum(`1220${await sha256(bytes)}`),
    };
    const run = async () => {
      const progress = keepProgress([file], {
        screen: undefined,
        clock: systemClock,
        onProgress: undefined,
      });
      const home = await bringHome(
        [{
          file,
          source: { addressOf: () => Promise.resolve(server.url) },
        }],
        folder,
        {
          fetch,
          clock: systemClock,
          progress,
          concurrency: 1,
          resume: true,
          overwrite: false,
          signal: new AbortController().signal,
        },
      );
      await progress.close(false);
      return home;
    };
    await Deno.writeFile(`${folder}/a.bin`, bytes);
    assertEquals((await run()).files.get(file)?.checked, "sha2-256");
    assertEquals(server.seen.length, 0);
    await Deno.writeFile(`${folder}/a.bin`, noise(1_000, 7));
    assertEquals((await run()).failures.map(({ reason }) => reason), ["exists"]);
  }));
