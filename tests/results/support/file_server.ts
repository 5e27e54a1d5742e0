/** One request as the file server saw it. */
export interface FileRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly headers: Headers;
}

/** How the file server treats a request. */
export interface Manners {
  /** Ends the body after so many bytes, as a connection does that breaks. */
  readonly cutAfter?: number;
  /** Takes no notice of ranges. */
  readonly noRanges?: boolean;
  /** A tag to send and to hold `If-Range` against. */
  readonly etag?: string;
  /** Answers with this instead. */
  readonly instead?: Response;
  /** Says this of the part that is sent, whatever it is. */
  readonly contentRange?: string;
  /** What it says that is sent. */
  readonly type?: string;
  /** How it says that it is packed. */
  readonly encoding?: string;
  /** Does not say how long it is. */
  readonly unsized?: boolean;
}

/** A server of one file on loopback, as plain as openEO back-ends have them: ranges, and no validators. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly seen: readonly FileRequest[];
  /** How many bytes of bodies were handed out. */
  readonly served: number;
  /** What is served from now on. */
  content: Uint8Array<ArrayBuffer>;
}

/** Starts a file server; `manners` is asked with each request and how many came before it. */
export function serveFile(
  content: Uint8Array<ArrayBuffer>,
  manners: (request: FileRequest, index: number) => Manners = () => ({}),
): FileServer {
  const seen: FileRequest[] = [];
  const state = { content, served: 0 };
  const sending = new Set<Promise<void>>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const range = request.headers.get("range") ?? undefined;
    const one = { path: new URL(request.url).pathname, range, headers: request.headers };
    seen.push(one);
    const told = manners(one, seen.length - 1);
    const { cutAfter, noRanges, etag, instead, contentRange, type, encoding, unsized } = told;
    if (instead !== undefined) return instead;
    const [, first] = /^bytes=(\d+)-$/.exec(range ?? "") ?? [];
    const ifRange = request.headers.get("if-range");
    const from = first === undefined || noRanges || (ifRange !== null && ifRange !== etag)
      ? 0
      : Number(first);
    const { length } = state.content;
    if (from >= length && from > 0) {
      return new Response(null, { status: 416, headers: { "content-range": `bytes */${length}` } });
    }
    const rest = state.content.subarray(from);
    const part = cutAfter === undefined ? rest : rest.subarray(0, cutAfter);
    const headers = new Headers({
      "content-length": String(rest.length),
      "accept-ranges": "bytes",
    });
    if (etag !== undefined) headers.set("etag", etag);
    if (from > 0) headers.set("content-range", `bytes ${from}-${length - 1}/${length}`);
    if (from > 0 && contentRange !== undefined) headers.set("content-range", contentRange);
    if (type !== undefined) headers.set("content-type", type);
    if (encoding !== undefined) headers.set("content-encoding", encoding);
    if (unsized) headers.delete("content-length");
    let gone = false;
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const { promise, resolve } = Promise.withResolvers<void>();
        sending.add(promise);
        for (let at = 0; at < part.length && !gone; at += 16_384) {
          const bytes = part.slice(at, at + 16_384);
          state.served += bytes.length;
          controller.enqueue(bytes);
          await new Promise((next) => setTimeout(next));
        }
        if (!gone) controller.close();
        resolve();
      },
      cancel() {
        gone = true;
      },
    });
    return new Response(body, { status: from > 0 ? 206 : 200, headers });
  });
  const host = `127.0.0.1:${server.addr.port}`;
  return {
    url: `http://${host}/file.bin`,
    host,
    seen,
    get served() {
      return state.served;
    },
    get content() {
      return state.content;
    },
    set content(bytes) {
      state.content = bytes;
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await Promise.all(sending);
    },
  };
}

/** Bytes that differ everywhere, the same for the same seed. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

/** Does something with a folder that is gone afterwards. */
export async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The digest of bytes in hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
