/** A server on loopback whose connections break: ranges, and a validator only where one is given. */
export interface ShakyServer extends AsyncDisposable {
  /** The address of its one file. */
  readonly url: string;
  /** How many bytes of bodies were handed out. */
  readonly served: number;
  /** How many connections were broken. */
  readonly cuts: number;
  /** The headers of each request. */
  readonly seen: readonly Headers[];
  /** What is served from now on; `etag` is held against `If-Range`. */
  put(content: Uint8Array<ArrayBuffer>, etag?: string): void;
}

/** How a server breaks off. */
export interface ShakyOptions {
  /** The bytes of the file at which a connection breaks, each once. */
  readonly cutAt: readonly number[];
  /** The tag that is sent; openEO back-ends send none. @default none */
  readonly etag?: string;
  /** How many milliseconds pass before each piece. @default {0} */
  readonly pause?: number;
}

const PIECE = 131_072;

/** Starts a server of one file that breaks off at certain bytes. */
export function serveShaky(
  content: Uint8Array<ArrayBuffer>,
  { cutAt, etag, pause = 0 }: ShakyOptions,
): ShakyServer {
  const state = { content, etag, served: 0, cuts: 0 };
  const waiting = [...cutAt].sort((one, other) => one - other);
  const seen: Headers[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    seen.push(request.headers);
    const [, asked] = /^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "") ?? [];
    const condition = request.headers.get("if-range");
    const holds = condition === null || condition === state.etag;
    const { length } = state.content;
    const from = asked === undefined || !holds ? 0 : Number(asked);
    if (from >= length) {
      return new Response(null, { status: 416, headers: { "content-range": `bytes */${length}` } });
    }
    const body = state.content.subarray(from);
    let at = 0;
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        const [cut] = waiting;
        const reach = from + at;
        if (cut !== undefined && cut <= reach) {
          waiting.shift();
          state.cuts++;
          // Fewer bytes than were promised: the connection is dropped.
          controller.close();
          return;
        }
        const end = Math.min(at + PIECE, (cut ?? Infinity) - from, body.length);
        // A copy: what is handed over may be detached.
        const piece = body.slice(at, end);
        at = end;
        state.served += piece.length;
        controller.enqueue(piece);
        if (at === body.length) controller.close();
      },
    }, { highWaterMark: 0 });
    const headers = new Headers({
      "content-length": String(body.length),
      "accept-ranges": "bytes",
    });
    if (state.etag !== undefined) headers.set("etag", state.etag);
    if (from > 0) headers.set("content-range", `bytes ${from}-${length - 1}/${length}`);
    return new Response(stream, { status: from > 0 ? 206 : 200, headers });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/file.bin`,
    get served() {
      return state.served;
    },
    get cuts() {
      return state.cuts;
    },
    seen,
    put(bytes, tag) {
      state.content = bytes;
      state.etag = tag;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
