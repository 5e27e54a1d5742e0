import { assertEquals } from "@std/assert";
import { systemClock } from "../../../../src/core/waiting.ts";
import { attempt } from "../../../../src/results/download/transfer/attempt.ts";
import { openPart } from "../../../../src/results/download/transfer/part_file.ts";
import { test } from "../../../support/test.ts";
import { inFolder, noise, serveFile } from "../../support/file_server.ts";

test("attempt() says what one request brought: all of it, a part of it, or nothing", () =>
  inFolder(async (folder) => {
    await using server = serveFile(
      noise(50_000),
      (_request, index) =>
        index === 0
          ? { cutAfter: 20_000 }
          : index === 1
          ? { instead: new Response(null, { status: 410 }) }
          : {},
    );
    const file = { name: "a", path: `${folder}/a`, size: undefined, checksum: undefined };
    const options = {
      fetch,
      clock: systemClock,
      resume: true,
      signal: undefined,
      address: () => Promise.resolve(server.url),
      onBytes() {},
      onResume() {},
    };
    await using part = await openPart(file.path, { resume: true });
    const kinds: string[] = [];
    for (let run = 0; run < 3; run++) {
      kinds.push((await attempt(part, file, server.url, options)).kind);
    }
    assertEquals(kinds, ["cut", "ended", "whole"]);
    assertEquals(part.size, 50_000);
  }));
