import { ownPort } from "../../support/own_port.ts";

/** A door before a server, which can be shut as if the server were gone, and opened again at the same address. */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  /** Whether nobody listens at the moment. */
  readonly shut: boolean;
  /** Drops every connection, and refuses each that comes. */
  close(): void;
  /** Listens again. */
  open(): void;
}

/** Makes a gate before a server on loopback. */
export function gateBefore(server: string): Gate {
  const port = Number(new URL(server).port);
  const connections = new Set<Deno.TcpConn>();
  const running = new Set<Promise<void>>();
  const address = ownPort();
  let listener: Deno.TcpListener | undefined = Deno.listen({
    hostname: "127.0.0.1",
    port: address,
  });

  const drop = (connection: Deno.TcpConn) => {
    connections.delete(connection);
    try {
      connection.close();
    } catch {
      // The other side was faster.
    }
  };
  const relay = async (outside: Deno.TcpConn) => {
    const inside = await Deno.connect({ hostname: "127.0.0.1", port });
    if (listener === undefined) return [outside, inside].forEach(drop);
    connections.add(outside).add(inside);
    const pump = (from: Deno.TcpConn, to: Deno.TcpConn) =>
      from.readable.pipeTo(to.writable).catch(() => {}).finally(() => {
        drop(from);
        drop(to);
      });
    await Promise.all([pump(outside, inside), pump(inside, outside)]);
  };
  const serve = async (from: Deno.TcpListener) => {
    for await (const outside of from) {
      const one = relay(outside).catch(() => drop(outside)).finally(() => running.delete(one));
      running.add(one);
    }
  };
  let serving = serve(listener);
  const close = () => {
    listener?.close();
    listener = undefined;
    for (const connection of [...connections]) drop(connection);
  };
  return {
    url: `http://127.0.0.1:${address}`,
    get shut() {
      return listener === undefined;
    },
    close,
    open() {
      listener ??= Deno.listen({ hostname: "127.0.0.1", port: address });
      serving = serve(listener);
    },
    async [Symbol.asyncDispose]() {
      close();
      await serving.catch(() => {});
      await Promise.all(running);
    },
  };
}
