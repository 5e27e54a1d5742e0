/** Stands before an HTTP server and hands bytes to and fro, so that a connection can be dropped. */
export interface Relay {
  /** Drops the connection that the server knows by this remote port, without a word. */
  drop(remotePort: number): void;
  /** Ends every connection and takes no more. */
  close(): Promise<void>;
}

/** Where all of the sandbox listens: no other machine can reach it. */
export const LOOPBACK = "127.0.0.1";

/**
 * Starts a relay from a listener to the server on a port of this machine. `Deno.serve` always answers a request with something, and
 * a network does not: what is dropped here looks to a client as a lost connection does.
 */
export function startRelay(listener: Deno.TcpListener, target: number): Relay {
  const open = new Map<Deno.TcpConn, Deno.TcpConn>();
  const running = new Set<Promise<void>>();
  let closed = false;

  async function relay(outer: Deno.TcpConn): Promise<void> {
    let inner: Deno.TcpConn | undefined;
    try {
      inner = await Deno.connect({ hostname: LOOPBACK, port: target });
      if (closed) return;
      open.set(outer, inner);
      const upstream = copy(outer, inner);
      await copy(inner, outer);
      closeQuietly(outer);
      await upstream;
    } catch {
      // A lost connection is a relay's daily bread; both ends are closed below.
    } finally {
      open.delete(outer);
      closeQuietly(outer);
      if (inner !== undefined) closeQuietly(inner);
    }
  }

  async function accept(): Promise<void> {
    for await (const outer of listener) {
      const task = relay(outer);
      running.add(task);
      task.finally(() => running.delete(task));
    }
  }

  const accepting = accept();
  return {
    drop(remotePort) {
      for (const [outer, inner] of open) {
        if (inner.localAddr.port === remotePort) closeQuietly(outer);
      }
    },
    async close() {
      closed = true;
      listener.close();
      await accepting;
      for (const [outer, inner] of open) {
        closeQuietly(outer);
        closeQuietly(inner);
      }
      await Promise.all(running);
    },
  };
}

/** Copies bytes until the end of them or of either connection. */
async function copy(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(16_384);
  try {
    for (;;) {
      const count = await from.read(buffer);
      if (count === null) break;
      for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
    }
    await to.closeWrite();
  } catch {
    closeQuietly(to);
  }
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
