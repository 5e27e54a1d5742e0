import type { App } from "./app.ts";
import { type Connections, listen, LOOPBACK, startRelay } from "../sockets/relay.ts";

/** A server and the relay before it. */
export interface Server {
  /** The port that clients come to. */
  readonly port: number;
  /** Drops every connection, and takes none for some milliseconds of real time. */
  restart(downtime: number): Promise<void>;
  /** Ends every connection and gives the port back. */
  close(): Promise<void>;
}

/** What an app learns from its server. */
export interface Serving {
  /** Aborts when all is over. */
  readonly signal: AbortSignal;
  /** The connections that requests come by. */
  readonly connections: Connections;
}

/**
 * Listens on a port, 0 for a free one, and serves an app.
 *
 * @throws {DispatchError} if the port is in use.
 */
export function startServer(port: number, makeApp: (serving: Serving) => App): Server {
  const listener = listen(port);
  const ending = new AbortController();
  const server = Deno.serve(
    { hostname: LOOPBACK, port: 0, onListen() {} },
    (request, { remoteAddr }) => app.serve(request, remoteAddr.port),
  );
  const relay = startRelay(listener, server.addr.port);
  const app = makeApp({ signal: ending.signal, connections: relay });
  return {
    port: listener.addr.port,
    async restart(downtime) {
      const ended = app.streamsEnded();
      await relay.restart(downtime);
      await ended;
    },
    async close() {
      ending.abort();
      await relay.close();
      await app.streamsEnded();
      await server.shutdown();
    },
  };
}
