/**
 * Measures what a script takes at its peak, in memory, where a server gives it more than anybody wants: Linux alone
 * tells.
 *
 * ```sh
 * deno task bench:peak
 * ```
 *
 * Fails above 150 MB.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { LONGEST_MESSAGE } from "../../../src/live/stream/socket_events.ts";
import { frameOf, type Peer, rawServer } from "../../support/raw_socket.ts";

/** The most that a script may take, in bytes. */
const MOST = 150_000_000;

const CHUNK = new Uint8Array(65_536).fill(97);

/** What a script meets, and by which way. */
interface Meeting {
  readonly name: string;
  readonly way: "question" | "socket";
  /** Whether it may take what it takes: it is what was asked for. @default false */
  readonly wanted?: boolean;
  readonly answer: (peer: Peer) => Promise<void>;
}

const MEETINGS: readonly Meeting[] = [
  { name: "an ordinary job", way: "question", answer: (peer) => answerWith(peer, jobOf(1)) },
  { name: "a body that never ends", way: "question", answer: (peer) => endless(peer) },
  { name: "200 MB out of gzip", way: "question", answer: (peer) => bomb(peer) },
  {
    name: "a task of 3 jobs by WebSocket",
    way: "socket",
    answer: (peer) => snapshots(peer, 3),
  },
  {
    name: "a message of 50 MB",
    way: "socket",
    async answer(peer) {
      await peer.write(frameOf("", { length: 50_000_000 }));
      for (let sent = 0; sent < 50_000_000; sent += CHUNK.length) await peer.write(CHUNK);
    },
  },
  {
    name: "a message in parts that never ends",
    way: "socket",
    async answer(peer) {
      for (let opcode = 1;; opcode = 0) {
        await peer.write(frameOf(CHUNK, { opcode, final: false }));
      }
    },
  },
  {
    name: "a message of parts of one byte that never ends",
    way: "socket",
    async answer(peer) {
      await peer.write(frameOf("a", { final: false }));
      const part = frameOf("a", { opcode: 0, final: false });
      const many = new Uint8Array(part.length * 20_000);
      for (let at = 0; at < many.length; at += part.length) many.set(part, at);
      while (true) await peer.write(many);
    },
  },
  {
    name: "a text that is as long as it may be",
    way: "socket",
    answer: (peer) => peer.write(frameOf(textOf("a"))),
  },
  {
    name: "the same with a letter that makes each take two bytes",
    way: "socket",
    answer: (peer) => peer.write(frameOf(textOf("\u0416"))),
  },
  {
    name: "a task of 10,000 jobs by WebSocket",
    way: "socket",
    wanted: true,
    answer: (peer) => snapshots(peer, 10_000),
  },
];

let failed = false;
for (const { name, way, wanted = false, answer } of MEETINGS) {
  await using server = rawServer(async (peer) => {
    if (way === "socket") {
      if (!/^upgrade:/im.test(peer.head)) return await answerWith(peer, taskOf([]));
      await peer.accept();
    }
    await answer(peer);
    while (await peer.next() !== undefined);
  });
  const { said, peak } = await run(`http://127.0.0.1:${server.port}`, way);
  const over = peak > MOST && !wanted;
  failed ||= over;
  console.log(
    `${(peak / 1e6).toFixed(0).padStart(4)} MB  ${over ? "TOO MUCH  " : ""}${name}: ${said}`,
  );
}
if (failed) Deno.exitCode = 1;

async function run(
  baseUrl: string,
  way: string,
): Promise<{ readonly said: string; readonly peak: number }> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      // What the kernel notes of a process is told to those alone that may do everything.
      ...["run", "--no-check", "--allow-all"],
      ...["--import-map", fileURLToPath(new URL("../../import_map.npm.json", import.meta.url))],
      fileURLToPath(new URL("script.ts", import.meta.url)),
      ...[baseUrl, way],
    ],
  }).output();
  const text = new TextDecoder();
  if (stdout.length === 0) throw new Error(text.decode(stderr));
  return JSON.parse(text.decode(stdout));
}

async function answerWith(peer: Peer, value: unknown): Promise<void> {
  const body = JSON.stringify(value);
  await peer.write(
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );
}

async function endless(peer: Peer): Promise<void> {
  await peer.write(
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"id": "',
  );
  while (true) await peer.write(CHUNK);
}

async function bomb(peer: Peer): Promise<void> {
  const text = ReadableStream.from((function* () {
    yield new TextEncoder().encode('{"id": "');
    for (let chunk = 0; chunk < 3_050; chunk++) yield CHUNK;
  })());
  const packed = await new Response(text.pipeThrough(new CompressionStream("gzip"))).bytes();
  await peer.write(
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n" +
      `Content-Length: ${packed.length}\r\n\r\n`,
  );
  await peer.write(packed);
}

/** A job as the service tells of it, with the parameters of a tile. */
function jobOf(id: number) {
  const west = (id % 3_600) / 10 - 180, south = Math.floor(id / 3_600) / 10;
  return {
    id,
    title: `Tiles - Processing Job ${id}`,
    label: "openeo",
    status: "running",
    service: {
      endpoint: "https://openeofed.dataspace.copernicus.eu",
      namespace: null,
      application:
        "https://raw.githubusercontent.com/ESA-APEx/apex_algorithms/refs/heads/main/algorithm_catalog/vito/max_ndvi/" +
        "openeo_udp/max_ndvi.json",
    },
    parameters: {
      spatial_extent: {
        type: "Polygon",
        coordinates: [[
          [west, south],
          [west + 0.1, south],
          [west + 0.1, south + 0.1],
          [west, south + 0.1],
          [west, south],
        ]],
      },
      temporal_extent: ["2025-05-01", "2025-09-30"],
      bands: ["B02", "B03", "B04", "B08"],
      max_cloud_cover: 85,
    },
    created: "2026-11-23T15:38:21",
    updated: "2026-11-23T15:38:25",
  };
}

function taskOf(jobs: readonly unknown[], second = 10) {
  const { service, created } = jobOf(0);
  const updated = `2026-11-23T15:38:${second}`;
  return {
    id: 1,
    title: "Tiles",
    label: "openeo",
    status: "running",
    service,
    created,
    updated,
    jobs,
  };
}

function envelope(data: unknown): string {
  return JSON.stringify({ type: "status", data, message: null });
}

/** What looks like a snapshot and is none, of as many bytes as are taken. */
function textOf(first: string): string {
  const bytes = new TextEncoder().encode(envelope(first)).length;
  return envelope(first + "a".repeat(LONGEST_MESSAGE - bytes));
}

/** Snapshots of a task, each of which differs from the last, five a second. */
async function snapshots(peer: Peer, count: number): Promise<void> {
  const jobs = Array.from({ length: count }, (_, index) => jobOf(index + 1));
  for (let second = 0;; second++) {
    await peer.write(frameOf(envelope(taskOf(jobs, second % 50 + 10))));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
