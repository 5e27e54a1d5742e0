import { acceptOf, frameOf } from "../../support/raw_socket.ts";

/** What a server does that does not behave, by the first part of the path that it is asked for. */
export const MANNERS = ["mute", "deaf", "silent", "half", "flood", "drop"] as const;

/** One of them. */
export type Manner = typeof MANNERS[number];

/** A server that does not behave. */
export interface BadServer extends AsyncDisposable {
  readonly port: number;
}

const JOB = JSON.stringify({
  id: 1,
  title: "Tiles",
  label: "openeo",
  status: "running",
  service: { endpoint: "https://openeo.example.test", application: "https://x.test/udp.json" },
  parameters: {},
  created: "2026-11-23T15:38:21",
  updated: "2026-11-23T15:38:21",
  jobs: [],
  processing_jobs: [],
  upscaling_tasks: [{ id: 1, title: "Tiles", label: "openeo", status: "running" }],
});

const SNAPSHOT = `{"type":"status","data":${JOB},"message":null}`;

/**
 * Starts a server that takes every connection and then, by the path: never answers (`mute`); tells one snapshot and
 * nothing after it, not even that it has heard a close (`deaf`); takes the handshake, or sends headers, and no more
 * (`silent`); half a message (`half`); snapshots without end and without listening (`flood`); or drops the connection.
 * It closes no connection by itself.
 */
export function badServer(): BadServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  const answering = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      answer(connection).catch(() => {}).finally(() => open.delete(connection));
    }
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) close(connection);
      await answering.catch(() => {});
    },
  };
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // The other side was faster.
  }
}

async function answer(connection: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(65_536);
  const write = async (data: string | Uint8Array) => {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
  };
  try {
    while (true) {
      const length = await connection.read(buffer);
      if (length === null) return;
      const head = new TextDecoder().decode(buffer.subarray(0, length));
      const manner = /^\w+ \/(\w+)\//.exec(head)?.[1];
      if (manner === "drop") return;
      if (manner === "mute" || manner === undefined) continue;
      const key = /sec-websocket-key: (\S+)/i.exec(head)?.[1];
      if (key === undefined) await answerQuestion(manner, write);
      else await answerHandshake(manner, key, write);
    }
  } finally {
    close(connection);
  }
}

type Write = (data: string | Uint8Array) => Promise<void>;

async function answerQuestion(manner: string, write: Write): Promise<void> {
  const head =
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${JOB.length}\r\n\r\n`;
  if (manner === "silent") return await write(head);
  if (manner === "half") return await write(head + JOB.slice(0, 100));
  await write(head + JOB);
}

async function answerHandshake(manner: string, key: string, write: Write): Promise<void> {
  await write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${await acceptOf(
      key,
    )}\r\n\r\n`,
  );
  if (manner === "silent") return;
  const frame = frameOf(SNAPSHOT);
  if (manner === "half") return await write(frame.subarray(0, 50));
  await write(frame);
  while (manner === "flood") {
    await write(frame);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
