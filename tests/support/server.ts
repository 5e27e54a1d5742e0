/** One request as a test server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A server on loopback that notes what it is asked. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** Starts a server on a free port; `answer` is asked with each request and how many came before it. */
export function serve(
  answer: (seen: Seen, index: number) => Response | Promise<Response>,
): TestServer {
  const seen: Seen[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const one = {
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body: await request.text(),
    };
    seen.push(one);
    return await answer(one, seen.length - 1);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    seen,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Starts a server that writes what it is told to the socket, byte for byte, and closes it. */
export function serveRaw(answers: readonly string[]): TestServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const seen: Seen[] = [];
  const run = (async () => {
    let index = 0;
    for await (const connection of listener) {
      const buffer = new Uint8Array(65_536);
      const length = await connection.read(buffer) ?? 0;
      const text = new TextDecoder().decode(buffer.subarray(0, length));
      const [method = "", path = ""] = text.split(" ");
      seen.push({ method, path, headers: new Headers(), body: text.split("\r\n\r\n")[1] ?? "" });
      const answer = answers[Math.min(index++, answers.length - 1)] ?? "";
      await connection.write(new TextEncoder().encode(answer));
      connection.close();
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      listener.close();
      await run.catch(() => {});
    },
  };
}

/** A port at which nobody listens, and at which nobody else can begin to. */
export interface DeadPort extends Disposable {
  readonly port: number;
}

/** Holds a port as the near end of a connection: the system gives it to no other, and refuses whoever connects to it. */
export async function deadPort(): Promise<DeadPort> {
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: 0 });
  const near = await Deno.connect({ hostname, port: listener.addr.port });
  const far = await listener.accept();
  return {
    port: near.localAddr.port,
    [Symbol.dispose]() {
      // The far end goes first: the port of the one that goes first stays taken for a while.
      far.close();
      near.close();
      listener.close();
    },
  };
}
