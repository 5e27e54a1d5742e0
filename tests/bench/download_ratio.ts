/**
 * Measures `download` against `curl`, side by side and in turn: the same file of 1 GB, of the same server in another
 * process, to the same folder.
 *
 * ```sh
 * deno task bench:download
 * deno task bench:download --bytes=100000000 --rounds=3
 * ```
 *
 * Fails below 0.9 of curl's speed, or above 60 MB more memory than before.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { download } from "../../src/results/mod.ts";
import { collectionOf } from "../results/support/collections.ts";

/** The least part of curl's speed. */
const LEAST = 0.9;
/** The most memory that a download takes besides, in bytes. */
const MOST_MEMORY = 60_000_000;

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "1000000000" },
    rounds: { type: "string", default: "3" },
  },
});
const size = Number(values.bytes), rounds = Number(values.rounds);

const server = new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    fileURLToPath(new URL("file_server.ts", import.meta.url)),
    String(size),
  ],
  stdout: "piped",
}).spawn();
const folder = await Deno.makeTempDir({ prefix: "download-" });
try {
  const reader = server.stdout.getReader();
  const url = new TextDecoder().decode((await reader.read()).value).trim();
  await reader.cancel();
  let peak = 0;
  const before = Deno.memoryUsage().rss;
  const looking = setInterval(() => peak = Math.max(peak, Deno.memoryUsage().rss - before), 20);
  const ours: number[] = [], theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await timed(() => byCurl(url)));
    ours.push(await timed(() => byDownload(url)));
  }
  clearInterval(looking);
  const ratio = Math.min(...theirs) / Math.min(...ours);
  const rate = (times: readonly number[]) => `${(size / Math.min(...times) / 1e6).toFixed(0)} MB/s`;
  console.log(
    `download ${rate(ours)}, curl ${rate(theirs)}: ${
      ratio.toFixed(2)
    } of its speed (at least ${LEAST}); ` +
      `${(peak / 1e6).toFixed(0)} MB more memory (at most ${MOST_MEMORY / 1e6})`,
  );
  if (ratio < LEAST || peak > MOST_MEMORY) Deno.exitCode = 1;
} finally {
  server.kill();
  await server.status;
  await Deno.remove(folder, { recursive: true });
}

async function timed(act: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await act();
  const seconds = (performance.now() - started) / 1_000;
  for await (const { name } of Deno.readDir(folder)) await Deno.remove(`${folder}/${name}`);
  return seconds;
}

async function byCurl(url: string): Promise<void> {
  const { success } = await new Deno.Command("curl", {
    args: ["--silent", "--fail", "--output", `${folder}/large.tif`, url],
  }).output();
  if (!success) throw new Error("curl failed");
}

async function byDownload(href: string): Promise<void> {
  const client = { unitJobs: { results: () => Promise.reject(new Error("nobody asks")) } };
  const [file] = await download(client, collectionOf({ "large.tif": { href } }), folder, {
    screen: false,
  });
  if (file?.size !== size) throw new Error(`${file?.size} bytes`);
}
