import { DispatchError, toDispatchError } from "../../core/dispatch_error.ts";
import { systemClock } from "../../core/waiting.ts";

/** The bits of a frame's first two bytes (RFC 6455, section 5.2). */
const FINAL = 0x80;
const CONTROL = 0x08;
const LENGTH = 0x7f;

/**
 * Watches the bytes that a server sends from the answer to a WebSocket handshake on, for the place
 * where a number of messages is complete.
 *
 * @returns a function that takes the bytes as they come, and says how many of them belong to those
 * messages as soon as the last one is complete; nothing before.
 */
export function messageCounter(count: number): (bytes: Uint8Array) => number | undefined {
  let left = count;
  let headEnd = 0;
  let header: number[] = [];
  let payload = 0;

  /** Reads one byte of the answer's head; says whether that was the last one. */
  const readHead = (byte: number): boolean => {
    const wanted = headEnd % 2 === 0 ? 13 : 10;
    headEnd = byte === wanted ? headEnd + 1 : byte === 13 ? 1 : 0;
    return headEnd === 4;
  };
  /** Notes that a frame is complete; says whether it was the last of those looked for. */
  const endFrame = (): boolean => {
    const [first = 0] = header;
    header = [];
    if ((first & FINAL) !== 0 && (first & CONTROL) === 0) left--;
    return left === 0;
  };

  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      if (headEnd < 4) {
        if (readHead(bytes[at++] ?? 0) && left === 0) return at;
        continue;
      }
      if (payload === 0) {
        header.push(bytes[at++] ?? 0);
        const length = payloadLength(header);
        if (length === undefined) continue;
        payload = length;
      }
      const taken = Math.min(payload, bytes.length - at);
      payload -= taken;
      at += taken;
      if (payload === 0 && endFrame()) return at;
    }
    return undefined;
  };
}

/** How long the payload behind a server's frame header is; nothing while the header is incomplete. */
function payloadLength([_first, second, ...extended]: readonly number[]): number | undefined {
  if (second === undefined) return undefined;
  const short = second & LENGTH;
  const size = short === 127 ? 8 : short === 126 ? 2 : 0;
  if (extended.length < size) return undefined;
  return size === 0 ? short : extended.reduce((length, byte) => length * 256 + byte, 0);
}

/** What can be done to a connection, which the server knows by its remote port. */
export interface Connections {
  /** Drops a connection without a word. */
  drop(remotePort: number): void;
  /** Drops a connection as soon as that many WebSocket messages have gone to the client. */
  dropAfter(remotePort: number, messages: number): void;
  /** Lets nothing of what the client still sends reach the server. */
  deafen(remotePort: number): void;
}

/** Stands before an HTTP server and hands bytes to and fro, so that a connection can be dropped. */
export interface Relay extends Connections {
  /** Drops every connection, takes none for some milliseconds of real time, then again. */
  restart(downtime: number): Promise<void>;
  /** Ends every connection and takes no more. */
  close(): Promise<void>;
}

/** Where all of the sandbox listens: no other machine can reach it. */
export const LOOPBACK = "127.0.0.1";

/**
 * Listens on a port, 0 for a free one.
 *
 * @throws {DispatchError} if the port is in use.
 */
export function listen(port: number): Deno.TcpListener {
  try {
    return Deno.listen({ hostname: LOOPBACK, port });
  } catch (error) {
    const headline = `Cannot start the sandbox on port ${port}`;
    if (error instanceof Deno.errors.NotCapable) {
      const hint = `allow this program to listen (deno run --allow-net=${LOOPBACK})`;
      throw new DispatchError(`${headline}: it may not listen\n  What to do: ${hint}`, {
        cause: error,
        hint,
      });
    }
    if (!(error instanceof Deno.errors.AddrInUse)) throw toDispatchError(error, headline);
    throw new DispatchError(
      `Cannot start the sandbox on port ${port}: the port is in use; choose another, or 0 for a free one`,
      { cause: error },
    );
  }
}

/** How one connection is handed on. */
interface Passage {
  readonly outer: Deno.TcpConn;
  readonly inner: Deno.TcpConn;
  /** Whether what the client sends is thrown away. */
  deaf: boolean;
  /** Looks for the place after which the client gets no more; none if it gets everything. */
  findEnd: ((bytes: Uint8Array) => number | undefined) | undefined;
}

/**
 * Starts a relay to the server on a port of this machine. `Deno.serve` always answers a request with
 * something, and a network does not: what is dropped here looks to a client as a lost connection does.
 */
export function startRelay(firstListener: Deno.TcpListener, target: number): Relay {
  const passages = new Map<number, Passage>();
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  const { port } = firstListener.addr;
  let door = openDoor(firstListener);
  let restarting: Promise<void> = Promise.resolve();

  function openDoor(listener: Deno.TcpListener): { close(): Promise<void> } {
    let open = true;
    const accept = async () => {
      for await (const outer of listener) {
        const task = relay(outer, () => open);
        running.add(task);
        task.finally(() => running.delete(task));
      }
    };
    const accepting = accept();
    return {
      async close() {
        open = false;
        closeQuietly(listener);
        await accepting;
        for (const { outer, inner } of passages.values()) {
          closeQuietly(outer);
          closeQuietly(inner);
        }
        await Promise.all(running);
      },
    };
  }

  async function relay(outer: Deno.TcpConn, isOpen: () => boolean): Promise<void> {
    let inner: Deno.TcpConn | undefined;
    let remotePort = 0;
    try {
      inner = await Deno.connect({ hostname: LOOPBACK, port: target });
      if (!isOpen()) return;
      const passage: Passage = { outer, inner, deaf: false, findEnd: undefined };
      remotePort = inner.localAddr.port;
      passages.set(remotePort, passage);
      const upstream = copy(outer, inner, ({ length }) => ({ count: passage.deaf ? 0 : length }));
      await copy(inner, outer, (bytes) => {
        const end = passage.findEnd?.(bytes);
        return { count: end ?? bytes.length, last: end !== undefined };
      });
      closeQuietly(outer);
      await upstream;
    } catch {
      // A lost connection is a relay's daily bread; both ends are closed below.
    } finally {
      passages.delete(remotePort);
      closeQuietly(outer);
      if (inner !== undefined) closeQuietly(inner);
    }
  }

  return {
    drop(remotePort) {
      const passage = passages.get(remotePort);
      if (passage !== undefined) closeQuietly(passage.outer);
    },
    dropAfter(remotePort, messages) {
      const passage = passages.get(remotePort);
      if (passage !== undefined) passage.findEnd = messageCounter(messages);
    },
    deafen(remotePort) {
      const passage = passages.get(remotePort);
      if (passage !== undefined) passage.deaf = true;
    },
    restart(downtime) {
      const restart = async () => {
        await door.close();
        await systemClock.sleep(downtime, closing.signal).catch(() => {});
        if (!closing.signal.aborted) door = openDoor(listen(port));
      };
      return restarting = restarting.then(() => closing.signal.aborted ? undefined : restart());
    },
    async close() {
      closing.abort();
      await restarting.catch(() => {});
      await door.close();
    },
  };
}

/** How many of some bytes are handed on, and whether they are the last ones. */
interface Share {
  readonly count: number;
  readonly last?: boolean;
}

/** Copies bytes until the end of them or of either connection. */
async function copy(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  share: (bytes: Uint8Array) => Share,
): Promise<void> {
  const buffer = new Uint8Array(16_384);
  try {
    for (;;) {
      const read = await from.read(buffer);
      if (read === null) break;
      const { count, last = false } = share(buffer.subarray(0, read));
      for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
      if (last) break;
    }
    await to.closeWrite();
  } catch {
    closeQuietly(to);
  }
}

function closeQuietly(connection: { close(): void }): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
