// The server's side of a WebSocket, byte by byte: RFC 6455, for servers that keep to it and for those that do not.

/** What proves that a server speaks WebSocket (section 4.2.2). */
export async function acceptOf(key: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  return new Uint8Array(await crypto.subtle.digest("SHA-1", bytes)).toBase64();
}

/** How a frame differs from a whole text. */
export interface FrameOptions {
  /** @default 1, a text */
  readonly opcode?: number;
  /** Whether it is the last of its message. @default true */
  readonly final?: boolean;
  /** Bits that are reserved for extensions. @default 0 */
  readonly reserved?: number;
  /** Whether it is masked, as a server's never is. @default false */
  readonly masked?: boolean;
  /** The length that it says it has. @default what it has */
  readonly length?: number;
}

/** A frame (section 5.2). */
export function frameOf(
  payload: string | Uint8Array,
  { opcode = 1, final = true, reserved = 0, masked = false, length }: FrameOptions = {},
): Uint8Array {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const size = length ?? bytes.length;
  const short = size < 126 ? size : size < 65_536 ? 126 : 127;
  const head = new Uint8Array(2 + (short < 126 ? 0 : short === 126 ? 2 : 8) + (masked ? 4 : 0));
  head[0] = (final ? 128 : 0) | reserved | opcode;
  head[1] = (masked ? 128 : 0) | short;
  const view = new DataView(head.buffer);
  if (short === 126) view.setUint16(2, size);
  if (short === 127) view.setBigUint64(2, BigInt(size));
  const frame = new Uint8Array(head.length + bytes.length);
  frame.set(head);
  frame.set(bytes, head.length);
  return frame;
}

/** A frame of a client, unmasked. */
export interface ClientFrame {
  readonly opcode: number;
  readonly masked: boolean;
  readonly payload: Uint8Array;
}

/** A client that has asked for something. */
export interface Peer {
  /** Its request, to the empty line. */
  readonly head: string;
  /** Writes all of some bytes. */
  write(data: string | Uint8Array): Promise<void>;
  /** Answers the handshake as it should be, with other headers if there are any. */
  accept(more?: string): Promise<void>;
  /** Its next frame; nothing at the end of the connection. */
  next(): Promise<ClientFrame | undefined>;
}

/** A server of sockets. */
export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** Resolves when every connection so far has come to its end. */
  over(): Promise<void>;
}

/**
 * Starts a server that does with each connection what it is told to, and closes it after that.
 *
 * @param tls the certificate and the key, for a connection that is encrypted.
 */
export function rawServer(
  act: (peer: Peer) => Promise<unknown>,
  tls?: { readonly cert: string; readonly key: string },
): RawServer {
  const place = { hostname: "127.0.0.1", port: 0 };
  const listener = tls === undefined ? Deno.listen(place) : Deno.listenTls({ ...place, ...tls });
  const open = new Map<Deno.Conn, Promise<void>>();
  const answering = (async () => {
    for await (const connection of listener) {
      open.set(
        connection,
        peerOf(connection).then(act).then(() => {}, () => {}).finally(() => close(connection)),
      );
    }
  })();
  const over = async () => void await Promise.all(open.values());
  return {
    port: listener.addr.port,
    over,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open.keys()) close(connection);
      await Promise.all([over(), answering.catch(() => {})]);
    },
  };
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // The other side was faster.
  }
}

async function peerOf(connection: Deno.Conn): Promise<Peer> {
  const chunk = new Uint8Array(65_536);
  let rest: number[] = [];
  const more = async () => {
    const count = await connection.read(chunk).catch(() => null);
    if (count === null) return false;
    rest.push(...chunk.subarray(0, count));
    return true;
  };
  const take = async (count: number) => {
    while (rest.length < count) if (!await more()) return undefined;
    const taken = rest.slice(0, count);
    rest = rest.slice(count);
    return taken;
  };
  const text = () => String.fromCharCode(...rest);
  while (!text().includes("\r\n\r\n")) if (!await more()) throw new Error("it asks nothing");
  const head = text().split("\r\n\r\n")[0] ?? "";
  await take(head.length + 4);
  const write = async (data: string | Uint8Array) => {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
  };
  return {
    head,
    write,
    async accept(more = "") {
      const key = /^sec-websocket-key: (\S+)/im.exec(head)?.[1] ?? "";
      const proof = await acceptOf(key);
      await write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
          `Sec-WebSocket-Accept: ${proof}\r\n${more}\r\n`,
      );
    },
    async next() {
      const [first = 0, second = 0] = await take(2) ?? [];
      if (first === 0) return undefined;
      const mask = second >= 128 ? await take(4) : [0, 0, 0, 0];
      const payload = await take(second & 127);
      if (mask === undefined || payload === undefined) return undefined;
      return {
        opcode: first & 15,
        masked: second >= 128,
        payload: new Uint8Array(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))),
      };
    },
  };
}
