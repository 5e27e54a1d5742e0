// Whether everything that is under way has arrived, without asking how long anything takes.

/**
 * Round trips by the ways that clients go. Whoever has come back from one knows that what set out before it has been
 * given its turn: on a machine that has other things to do, both take longer.
 */
export interface RoundTrips extends AsyncDisposable {
  /** A request to a server and back. */
  request(): Promise<void>;
  /** A message through a WebSocket that a worker holds, and its answer. */
  message(): Promise<void>;
  /** A worker that starts, opens a WebSocket, and gets its first message. */
  connection(): Promise<void>;
}

const WORKER = `
self.onmessage = ({ data: url }) => {
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send("");
  socket.onmessage = () => self.postMessage("");
  self.onmessage = () => socket.send("");
};`;

interface Holder {
  /** Has it send a message, and waits for the answer. */
  trip(): Promise<void>;
  end(): void;
}

/** Makes round trips; what they need is there from the first one on. */
export function roundTrips(): RoundTrips {
  const sockets = new Map<WebSocket, Promise<void>>();
  const abort = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: abort.signal, onListen() {} },
    (request) => {
      if (request.headers.get("upgrade") === null) return new Response();
      const { socket, response } = Deno.upgradeWebSocket(request);
      socket.onmessage = () => socket.send("");
      sockets.set(socket, new Promise((resolve) => socket.onclose = () => resolve()));
      return response;
    },
  );
  const address = `127.0.0.1:${server.addr.port}`;
  const hold = async (): Promise<Holder> => {
    const worker = new Worker(`data:text/javascript,${encodeURIComponent(WORKER)}`, {
      type: "module",
    });
    const answer = () => new Promise<void>((resolve) => worker.onmessage = () => resolve());
    const first = answer();
    worker.postMessage(`ws://${address}`);
    await first;
    return {
      async trip() {
        const next = answer();
        worker.postMessage("");
        await next;
      },
      end: () => worker.terminate(),
    };
  };
  let held: Promise<Holder> | undefined;
  return {
    async request() {
      await (await fetch(`http://${address}`)).body?.cancel();
    },
    async message() {
      await (await (held ??= hold())).trip();
    },
    async connection() {
      (await hold()).end();
    },
    async [Symbol.asyncDispose]() {
      (await held)?.end();
      for (const socket of sockets.keys()) if (socket.readyState < 2) socket.close();
      await Promise.all(sockets.values());
      abort.abort();
      await server.finished;
    },
  };
}
