import { isForbidden } from "../../http/attempt/attempt.ts";
import { type ByteReader, byteReader, CODE, OPCODE, readMessages } from "./frames.ts";
import type { SocketEvents, SocketHolder } from "./socket_events.ts";

/** How a WebSocket is opened. */
export interface OpenOptions {
  /** Where to connect to, if not where the URL says. */
  readonly address?: { readonly hostname: string; readonly port: number } | undefined;
  /** Is told within seconds why no connection was made, where there is another way; nothing else is told then. */
  readonly unreachable?: ((error: unknown) => void) | undefined;
}

/** How long the headers that answer a handshake may be, in bytes. */
const LONGEST_HEAD = 16_384;
/** How long the other side has to hear a goodbye, in milliseconds. */
const GOODBYE = 200;
/** How long a connection may take to be made where there is another way, in milliseconds. */
const CONNECTING = 5_000;

/**
 * Opens a WebSocket (RFC 6455) over a connection of Deno's. The runtime's own keeps a message until it is whole, however
 * long that is, and cannot be dropped; this one refuses a message by the header of its frame, and ends.
 */
export function openWebSocket(
  url: URL,
  events: SocketEvents,
  options: OpenOptions = {},
): SocketHolder {
  const leaving = new AbortController();
  const over = converse(url, events, { ...options, left: leaving.signal });
  return {
    close() {
      leaving.abort();
      return over;
    },
  };
}

async function converse(
  url: URL,
  events: SocketEvents,
  { address = placeOf(url), unreachable, left }: OpenOptions & { readonly left: AbortSignal },
): Promise<void> {
  let tcp: Deno.TcpConn;
  try {
    const limit = unreachable === undefined ? [] : [AbortSignal.timeout(CONNECTING)];
    tcp = await Deno.connect({ ...address, signal: AbortSignal.any([left, ...limit]) });
  } catch (error) {
    if (left.aborted) return;
    if (isForbidden(error)) return events.forbidden();
    if (unreachable !== undefined) return unreachable(error);
    events.error(error);
    return events.close(0, "");
  }
  let connection: Deno.Conn = tcp;
  let state: "opening" | "open" | "over" = "opening";
  let parting: ReturnType<typeof setTimeout> | undefined;
  let written = Promise.resolve();
  let pong: Uint8Array | undefined;
  const drop = () => {
    try {
      connection.close();
    } catch {
      // It is closed already.
    }
  };
  const write = (bytesOf: () => Uint8Array) => {
    written = written.then(async () => {
      const bytes = bytesOf();
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    }).catch(() => {
      // The connection is lost, which whoever reads finds out too.
    });
  };
  const part = (code: number, reason = "") => {
    if (parting !== undefined) return;
    parting = setTimeout(drop, GOODBYE);
    const words = new TextEncoder().encode(reason);
    write(() => controlFrame(OPCODE.close, new Uint8Array([code >> 8, code & 255, ...words])));
  };
  const leave = () => state === "opening" ? drop() : part(CODE.normal);
  const end = (code: number, reason: string) => {
    if (state !== "over" && !left.aborted) events.close(code, reason);
    state = "over";
  };
  left.addEventListener("abort", leave, { once: true });
  try {
    left.throwIfAborted();
    if (url.protocol === "wss:") {
      const secure = await Deno.startTls(tcp, { hostname: address.hostname });
      connection = secure;
      left.throwIfAborted();
      await secure.handshake();
    }
    const key = base64(crypto.getRandomValues(new Uint8Array(16)));
    write(() => new TextEncoder().encode(questionOf(url, key)));
    const reader = byteReader((into) => connection.read(into));
    const status = await handshake(reader, key);
    left.throwIfAborted();
    if (status !== 101) {
      if (status === 0) events.refused("what answers there speaks no WebSocket", false);
      else events.error(`status code ${status}`);
      return end(0, "");
    }
    state = "open";
    events.open();
    const { code, reason, problem } = await readMessages(reader, {
      message: (text) => left.aborted || events.message(text),
      ping(payload) {
        // Of several that could not be answered yet, the last one is (section 5.5.3).
        const waits = pong !== undefined;
        pong = payload;
        if (waits) return;
        write(() => {
          const answer = controlFrame(OPCODE.pong, pong ?? payload);
          pong = undefined;
          return answer;
        });
      },
    });
    if (problem !== undefined && !left.aborted) events.refused(problem, code === CODE.tooLong);
    end(code, reason);
    part(code === CODE.none ? CODE.normal : code, reason);
    await written;
    // Where something is left unread, closing breaks the connection off before the other side has heard why.
    if (problem !== undefined) await reader.drain();
  } catch (error) {
    if (state === "opening" && !left.aborted) events.error(error);
    end(state === "opening" ? 0 : CODE.lost, "");
  } finally {
    left.removeEventListener("abort", leave);
    clearTimeout(parting);
    drop();
  }
}

function placeOf({ protocol, hostname, port }: URL) {
  return {
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "wss:" ? 443 : 80),
  };
}

/** The request of a handshake (section 4.1). */
function questionOf({ pathname, search, host }: URL, key: string): string {
  return [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${key}`,
    "Sec-WebSocket-Version: 13",
    `User-Agent: ${navigator.userAgent}`,
    "\r\n",
  ].join("\r\n");
}

/** The status that a handshake was answered with; 0 if that is no answer, or opens no WebSocket of ours. */
async function handshake(reader: ByteReader, key: string): Promise<number> {
  while (true) {
    const [line = "", ...fields] = (await reader.head(LONGEST_HEAD))?.split("\r\n") ?? [];
    const status = Number(/^HTTP\/1\.\d (\d{3})\b/.exec(line)?.[1] ?? 0);
    if (status !== 101) {
      // Others of this kind say that the answer is still to come.
      if (status >= 100 && status < 200) continue;
      return status;
    }
    const headers = new Map<string, string>();
    for (const field of fields) {
      const colon = field.indexOf(":");
      const name = field.slice(0, colon).toLowerCase(), value = field.slice(colon + 1).trim();
      const before = headers.get(name);
      headers.set(name, before === undefined ? value : `${before}, ${value}`);
    }
    const proof = new TextEncoder().encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    const accept = base64(new Uint8Array(await crypto.subtle.digest("SHA-1", proof)));
    const isOurs = headers.get("sec-websocket-accept") === accept &&
      headers.get("upgrade")?.toLowerCase() === "websocket" &&
      /(?:^|[\s,])upgrade(?:$|[\s,])/i.test(headers.get("connection") ?? "") &&
      // Neither was asked for.
      !headers.has("sec-websocket-extensions") && !headers.has("sec-websocket-protocol");
    return isOurs ? status : 0;
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** A frame of a client, which is masked (section 5.3). */
function controlFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const mask = crypto.getRandomValues(new Uint8Array(4));
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return new Uint8Array([128 | opcode, 128 | payload.length, ...mask, ...masked]);
}
