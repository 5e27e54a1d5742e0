import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { readChecksum } from "../../../../src/results/download/plan/checksum.ts";
import type {
  TransferFile,
  TransferOptions,
} from "../../../../src/results/download/transfer/receive.ts";
import { transfer } from "../../../../src/results/download/transfer/transfer.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { instantClock } from "../../../support/clock.ts";
import { test } from "../../../support/test.ts";
import { inFolder, noise, serveFile, sha256 } from "../../support/file_server.ts";

const BIG = noise(600_000);

function run(
  folder: string,
  url: string,
  file: Partial<TransferFile> = {},
  options: Partial<TransferOptions> = {},
) {
  return transfer(
    { name: "file.bin", path: `${folder}/file.bin`, size: undefined, checksum: undefined, ...file },
    {
      fetch,
      clock: { ...instantClock(), sleep: (time, signal) => waitOrEnd(time, signal) },
      resume: true,
      signal: undefined,
      address: () => Promise.resolve(url),
      onBytes() {},
      onResume() {},
      ...options,
    },
  );
}

/** A clock whose pauses are over at once, and whose patience with a silent connection never ends. */
function waitOrEnd(time: number, signal: AbortSignal | undefined): Promise<void> {
  if (time < 60_000) return Promise.resolve();
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const filesIn = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();

test("transfer() brings a file home whole, and leaves nothing else behind", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    assertEquals(await run(folder, server.url), { size: 600_000, checked: "length" });
    assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    assertEquals(filesIn(folder), ["file.bin"]);
    assertEquals(server.seen[0]?.headers.get("authorization"), null);
    assertEquals(server.seen[0]?.headers.get("cookie"), null);
  }));

test("transfer() goes on after each cut, without a validator by reading the last bytes again", () =>
  inFolder(async (folder) => {
    await using server = serveFile(
      BIG,
      (_request, index) => index < 8 ? { cutAfter: 140_000 } : {},
    );
    assertEquals((await run(folder, server.url)).size, 600_000);
    assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    assert(server.seen.length >= 5);
    assertStringIncludes(server.seen[1]?.range ?? "", "bytes=");
    assertEquals(server.seen[1]?.headers.get("if-range"), null);
  }));

test("transfer() goes on with If-Range where there is a strong validator", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, (_request, index) => ({
      etag: '"one"',
      ...(index < 2 ? { cutAfter: 200_000 } : {}),
    }));
    await run(folder, server.url);
    assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    assertEquals(server.seen[1]?.headers.get("if-range"), '"one"');
    assert(server.served < 1.05 * BIG.length, `${server.served}`);
  }));

test("transfer() never mixes two files, with a validator and without", async () => {
  for (const etags of [['"one"', '"two"'], [undefined, undefined]] as const) {
    await inFolder(async (folder) => {
      const other = noise(600_000, 99);
      await using server = serveFile(BIG, (_request, index) => {
        if (index === 1) server.content = other;
        const etag = etags[index === 0 ? 0 : 1];
        return {
          ...(etag === undefined ? {} : { etag }),
          ...(index === 0 ? { cutAfter: 300_000 } : {}),
        };
      });
      await run(folder, server.url);
      assertEquals(await Deno.readFile(`${folder}/file.bin`), other);
    });
  }
});

test("transfer() begins anew where ranges are not taken, answered in parts, or past the end", async () => {
  const parts = new Response("--x", {
    status: 206,
    headers: { "content-type": "multipart/byteranges; boundary=x" },
  });
  const past = new Response(null, { status: 416, headers: { "content-range": "bytes */10" } });
  for (const manners of [{ noRanges: true }, { instead: parts }, { instead: past }]) {
    await inFolder(async (folder) => {
      await using server = serveFile(
        BIG,
        (_request, index) => index === 0 ? { cutAfter: 300_000 } : index === 1 ? manners : {},
      );
      await run(folder, server.url);
      assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    });
  }
});

test("transfer() goes on with the part of an earlier program, and finishes one that was whole", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    for (const there of [250_000, 600_000]) {
      await Deno.writeFile(`${folder}/file.bin.part`, BIG.subarray(0, there));
      await Deno.writeTextFile(`${folder}/file.bin.part.json`, '{"total":600000}');
      const resumed: number[] = [];
      await run(folder, server.url, {}, { onResume: (from) => resumed.push(from) });
      assertEquals(resumed, [there]);
      assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    }
    assert(server.served < 600_000, `${server.served}`);
  }));

test("transfer() takes no part without its note, and none where that is not wanted", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    await Deno.writeFile(`${folder}/file.bin.part`, noise(250_000, 5));
    await run(folder, server.url);
    assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    await Deno.writeFile(`${folder}/file.bin.part`, BIG.subarray(0, 250_000));
    await Deno.writeTextFile(`${folder}/file.bin.part.json`, '{"total":600000}');
    await run(folder, server.url, {}, { resume: false });
    assertEquals(server.seen.map(({ range }) => range), [undefined, undefined]);
  }));

test("transfer() checks by checksum, else by size, else by length", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const checksum = readChecksum(`1220${await sha256(BIG)}`);
    assertEquals((await run(folder, server.url, { checksum, size: 600_000 })).checked, "sha2-256");
    assertEquals((await run(folder, server.url, { size: 600_000 })).checked, "size");
    const wrong = readChecksum(`1220${"0".repeat(64)}`);
    const error = await assertRejects(
      () => run(folder, server.url, { checksum: wrong, path: `${folder}/b` }),
      ResultsError,
    );
    assertEquals(error.reason, "checksum");
    assertEquals(
      (await assertRejects(
        () => run(folder, server.url, { size: 5, path: `${folder}/c` }),
        ResultsError,
      )).reason,
      "size",
    );
    // What is wrong is not kept, and neither is what was never taken.
    assertEquals(filesIn(folder).filter((name) => name.startsWith("b")), []);
    assertEquals(Deno.statSync(`${folder}/c.part`).size, 0);
    assertEquals(server.seen.length, 5);
  }));

test("transfer() says that nothing could be checked where nothing tells", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, () => ({
      instead: new Response(new Blob(["abc"]).stream()),
    }));
    assertEquals(await run(folder, server.url), { size: 3, checked: "not checked" });
  }));

test("transfer() asks for a new address where the old one has ended, and goes on at its byte", () =>
  inFolder(async (folder) => {
    for (
      const ended of [
        new Response(null, { status: 410 }),
        new Response("<Message>Request has expired</Message>", { status: 403 }),
        new Response(null, { status: 404 }),
      ]
    ) {
      await using server = serveFile(
        BIG,
        ({ path }, index) =>
          index === 0 ? { cutAfter: 300_000 } : path === "/file.bin" ? { instead: ended } : {},
      );
      const asked: (string | undefined)[] = [];
      await run(folder, server.url, {}, {
        address: (old) => {
          asked.push(old);
          return Promise.resolve(
            old === undefined ? server.url : server.url.replace("file", "new"),
          );
        },
      });
      assertEquals(asked, [undefined, server.url]);
      assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
      assertStringIncludes(server.seen.at(-1)?.range ?? "", "bytes=");
      await Deno.remove(`${folder}/file.bin`);
    }
  }));

test("transfer() gives up what will not pass at once, and says it without an address", () =>
  inFolder(async (folder) => {
    for (
      const [status, words] of [
        [401, "wants a sign-in of its own"],
        [403, "refuses it (403)"],
        [404, "no such file any more"],
        [400, "refuses it (400)"],
      ] as const
    ) {
      await using server = serveFile(BIG, () => ({ instead: new Response("no", { status }) }));
      const error = await assertRejects(
        () => run(folder, `${server.url}?signature=s3cret`),
        ResultsError,
      );
      assertStringIncludes(error.message, words);
      assertEquals(server.seen.length, 1);
      const all = Deno.inspect(error, { showHidden: true, depth: 10 });
      assert(!all.includes("s3cret") && !all.includes(server.host), all);
    }
  }));

test("transfer() tries five times where nothing comes, waits as asked, and keeps the part", () =>
  inFolder(async (folder) => {
    await using server = serveFile(
      BIG,
      (_request, index) =>
        index === 0
          ? { cutAfter: 200_000 }
          : { instead: new Response(null, { status: 503, headers: { "retry-after": "7" } }) },
    );
    const waits: number[] = [];
    const clock = {
      now: () => 0,
      sleep(time: number, signal?: AbortSignal) {
        if (time < 60_000) waits.push(time);
        return waitOrEnd(time, signal);
      },
    };
    const error = await assertRejects(() => run(folder, server.url, {}, { clock }), ResultsError);
    assertEquals(error.reason, "unreachable");
    assertStringIncludes(error.message, "its host answers 503");
    assertEquals(waits, [500, 7_000, 7_000, 7_000]);
    assertEquals(filesIn(folder), ["file.bin.part", "file.bin.part.json"]);
  }));

test("transfer() ends with the signal's reason at once, and keeps what is there", () =>
  inFolder(async (folder) => {
    await using server = serveFile(noise(3_000_000));
    const controller = new AbortController();
    const reason = new Error("enough");
    const error = await assertRejects(() =>
      run(folder, server.url, {}, {
        signal: controller.signal,
        onBytes: (there) => {
          if (there > 500_000) controller.abort(reason);
        },
      })
    );
    assert(error === reason);
    assert(Deno.statSync(`${folder}/file.bin.part`).size > 500_000);
    await run(folder, server.url);
    assertEquals(Deno.statSync(`${folder}/file.bin`).size, 3_000_000);
  }));

test("transfer() gives up a connection on which nothing comes for a minute", () =>
  inFolder(async (folder) => {
    let silent = 0;
    const never: typeof fetch = (_input, init) =>
      new Promise((_, reject) => {
        silent++;
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason), { once: true });
      });
    const clock = instantClock();
    const error = await assertRejects(
      () => run(folder, "http://127.0.0.1:9/x", {}, { fetch: never, clock }),
      ResultsError,
    );
    assertEquals([error.reason, silent], ["unreachable", 5]);
  }));

test("transfer() writes through no symbolic link", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    for (const name of ["file.bin.part", "file.bin.part.json"]) {
      await Deno.symlink("/tmp/elsewhere", `${folder}/${name}`);
      const error = await assertRejects(
        () => run(folder, server.url),
        ResultsError,
        "symbolic link",
      );
      assertEquals(error.reason, "name");
      await Deno.remove(`${folder}/${name}`);
    }
  }));

test("transfer() never shows a final name that is incomplete", () =>
  inFolder(async (folder) => {
    await using server = serveFile(
      BIG,
      (_request, index) => index < 4 ? { cutAfter: 150_000 } : {},
    );
    const sizes = new Set<number>();
    await run(folder, server.url, {}, {
      onBytes: () => {
        try {
          sizes.add(Deno.statSync(`${folder}/file.bin`).size);
        } catch {
          // Not there yet, as it should be.
        }
      },
    });
    assertEquals([...sizes], []);
  }));

test("transfer() refuses at once what is of another size than the results name, in words", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const error = await assertRejects(
      () => run(folder, server.url, { size: 2_000 }),
      ResultsError,
      "its host says that it has 600 kB (600000 bytes), and the results name 2.0 kB (2000 bytes)",
    );
    assertEquals([error.reason, server.seen.length], ["size", 1]);
  }));

test("transfer() refuses at once what the disk cannot hold, and takes what it can", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const error = await assertRejects(
      () => run(folder, server.url, {}, { free: () => Promise.resolve(599_999) }),
      ResultsError,
      "it has 600 kB, and the disk has room for 600 kB more",
    );
    assertEquals([error.reason, server.seen.length], ["disk", 1]);
    const asked: string[] = [];
    await run(folder, server.url, {}, {
      free: (place) => {
        asked.push(place);
        return Promise.resolve(600_000);
      },
    });
    assertEquals(asked, [folder]);
  }));

test("transfer() refuses a header that promises 10 TB before it takes much of it", () =>
  inFolder(async (folder) => {
    let taken = 0;
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              taken += 65_536;
              controller.enqueue(new Uint8Array(65_536));
            },
          }),
          { headers: { "content-length": "10000000000000" } },
        ),
    );
    const url = `http://127.0.0.1:${server.addr.port}/a`;
    for (
      const [file, free, reason] of [
        [{ size: 3_000 }, undefined, "size"],
        [{}, 20_000_000_000, "disk"],
      ] as const
    ) {
      const error = await assertRejects(
        () => run(folder, url, file, { free: () => Promise.resolve(free) }),
        ResultsError,
        "it has 10 TB",
      );
      assertEquals(error.reason, reason);
    }
    assert(taken < 20_000_000, `${taken}`);
  }));

test("transfer() says that a web page came in the place of a file, and takes one that is a page", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, () => ({ type: "text/html; charset=utf-8" }));
    const error = await assertRejects(
      () => run(folder, server.url),
      ResultsError,
      "its host sends a web page in its place",
    );
    assertEquals([error.reason, server.seen.length], ["refused", 1]);
    await run(folder, server.url, { name: "map.html" });
    await run(folder, server.url, { type: "text/html", path: `${folder}/b` });
  }));

test("transfer() ends with a host that never tells the truth about its parts, after five times", () =>
  inFolder(async (folder) => {
    for (
      const [contentRange, says] of [
        ["bytes 0-9/600000", "answers with parts of it that were not asked for"],
        ["bytes 134464-599999/150000", "it changed each time it was read"],
        ["nonsense", "answers with parts of it that were not asked for"],
      ] as const
    ) {
      await using server = serveFile(BIG, () => ({ cutAfter: 200_000, contentRange }));
      const error = await assertRejects(() => run(folder, server.url), ResultsError, says);
      assertEquals(error.reason, "changed");
      assert(server.seen.length <= 11, `${server.seen.length}`);
    }
  }));

test("transfer() gives up a file that is another one each time, though bytes come", () =>
  inFolder(async (folder) => {
    let index = 0;
    await using server = serveFile(BIG, () => {
      server.content = noise(600_000, ++index);
      return { cutAfter: 200_000 };
    });
    const error = await assertRejects(() => run(folder, server.url), ResultsError);
    assertEquals(error.reason, "changed");
    assertStringIncludes(error.message, "it changed each time it was read");
  }));

test("transfer() brings a file without a byte home", () =>
  inFolder(async (folder) => {
    await using server = serveFile(new Uint8Array());
    for (const size of [undefined, 0]) {
      const { size: there } = await run(folder, server.url, { size, path: `${folder}/${size}` });
      assertEquals([there, Deno.statSync(`${folder}/${size}`).size], [0, 0]);
    }
    assertEquals(filesIn(folder), ["0", "undefined"]);
  }));

test("transfer() follows a host that leads to another one, and gives it no more", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, (_, index) => index === 0 ? { cutAfter: 200_000 } : {});
    await using first = serveFile(BIG, () => ({ instead: Response.redirect(server.url, 302) }));
    assertEquals((await run(folder, first.url)).size, 600_000);
    assertEquals(server.seen.map(({ range }) => range), [undefined, "bytes=134464-"]);
    assertEquals(server.seen[0]?.headers.get("authorization"), null);
  }));

test("transfer() of one file twice at the same time writes it once, and tells the other", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG);
    const ends = await Promise.allSettled([run(folder, server.url), run(folder, server.url)]);
    const refused = ends.flatMap((end) => end.status === "rejected" ? [end.reason] : []);
    assertEquals(refused.length, 1);
    assertStringIncludes(String(refused[0]), "another download is writing it right now");
    assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    assertEquals(filesIn(folder), ["file.bin"]);
    assertEquals(server.seen.length, 1);
  }));

test("transfer() unpacks what a host packed for the way, though it was asked not to", () =>
  inFolder(async (folder) => {
    const packed = new Uint8Array(gzipSync(BIG));
    await using server = serveFile(packed, () => ({ encoding: "gzip", noRanges: true }));
    for (const size of [undefined, 600_000]) {
      const { size: there, checked } = await run(folder, server.url, { size });
      assertEquals([there, checked], [600_000, size === undefined ? "not checked" : "size"]);
      assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    }
    assertEquals(server.seen[0]?.headers.get("accept-encoding"), "identity");
  }));

test("transfer() takes no packed body that ends early for a whole one", () =>
  inFolder(async (folder) => {
    const packed = new Uint8Array(gzipSync(BIG));
    await using server = serveFile(
      packed,
      (_, index) => ({
        encoding: "gzip",
        noRanges: true,
        unsized: true,
        ...(index < 3 ? { cutAfter: 100_000 } : {}),
      }),
    );
    assertEquals((await run(folder, server.url)).size, 600_000);
    assertEquals(await Deno.readFile(`${folder}/file.bin`), BIG);
    assertEquals(server.seen.length, 4);
  }));

test("transfer() names a packing that cannot be undone", () =>
  inFolder(async (folder) => {
    await using server = serveFile(BIG, () => ({ encoding: "x-odd" }));
    await assertRejects(
      () => run(folder, server.url),
      ResultsError,
      "its host sends it packed with x-odd",
    );
    assertEquals(server.seen.length, 1);
  }));
