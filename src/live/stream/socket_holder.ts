import { directAddress } from "../../http/attempt/loopback.ts";

/** What a WebSocket tells whoever holds it. */
export interface SocketEvents {
  open(): void;
  /** A message came; a binary one is empty here. */
  message(text: string): void;
  /** Something is wrong, in the runtime's words. */
  error(words: string): void;
  /** It is closed; nothing comes after this. */
  close(code: number, reason: string): void;
  /** This program may not open it; nothing comes after this. */
  forbidden(): void;
}

/** A WebSocket that can be let go of. */
export interface SocketHolder {
  /** Closes it; nothing is told after this, and nothing keeps the program alive for long. */
  close(): void;
}

/**
 * Opens a WebSocket that no server can use to keep a program alive. A socket whose close is never answered holds its
 * process for ever in Deno, and there is no way to drop it; a worker that holds it can be ended. Where there are no
 * such workers (Node, Bun) the socket is held directly.
 */
export function holdSocket(url: string, events: SocketEvents): SocketHolder {
  return "Deno" in globalThis && typeof Worker === "function"
    ? inWorker(url, events)
    : directly(url, events);
}

/**
 * What the worker does, as text: it needs no file of its own, wherever the package came from. It says goodbye as it
 * should, and ends a moment later whether or not anybody answers. Its address holds the token: one on this machine is
 * connected to directly, whatever proxy the environment names.
 */
const WORKER = `
let socket;
const end = () => self.close();
self.onmessage = ({ data }) => {
  if (data === null) {
    if (socket === undefined) return end();
    socket.onopen = socket.onmessage = socket.onerror = null;
    socket.onclose = end;
    if (socket.readyState < 2) socket.close(1000);
    else if (socket.readyState === 3) end();
    setTimeout(end, 200);
    return;
  }
  try {
    const { url, address } = data;
    const proxy = address && { transport: "tcp", ...address };
    socket = new WebSocket(url, proxy && { client: Deno.createHttpClient({ proxy }) });
  } catch {
    return self.postMessage(["forbidden"]);
  }
  socket.onopen = () => self.postMessage(["open"]);
  socket.onmessage = ({ data }) => self.postMessage(["message", typeof data === "string" ? data : ""]);
  socket.onerror = (event) => self.postMessage(["error", String(event.message ?? "")]);
  socket.onclose = ({ code, reason }) => self.postMessage(["close", code, reason]);
};`;

function inWorker(url: string, events: SocketEvents): SocketHolder {
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(WORKER)}`, {
    type: "module",
  });
  worker.onmessage = ({ data }: MessageEvent<readonly unknown[]>) => {
    const [kind, first, second] = data;
    if (kind === "open") events.open();
    else if (kind === "message") events.message(String(first));
    else if (kind === "error") events.error(String(first));
    else {
      worker.terminate();
      if (kind === "close") events.close(Number(first), String(second));
      else events.forbidden();
    }
  };
  worker.onerror = (event) => {
    // An error that nobody handles in a worker would end the program.
    event.preventDefault();
    events.close(0, "");
  };
  worker.postMessage({ url, address: directAddress(new URL(url)) });
  return {
    close() {
      worker.onmessage = worker.onerror = null;
      worker.postMessage(null);
    },
  };
}

function directly(url: string, events: SocketEvents): SocketHolder {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    // Without the permission to connect there is not even a socket.
    events.forbidden();
    return { close() {} };
  }
  socket.onopen = () => events.open();
  socket.onmessage = ({ data }) => events.message(typeof data === "string" ? data : "");
  socket.onerror = (event) => events.error("message" in event ? String(event.message) : "");
  socket.onclose = ({ code, reason }) => events.close(code, reason);
  return {
    close() {
      socket.onopen =
        socket.onmessage =
        socket.onerror =
        socket.onclose =
          null;
      if (socket.readyState < WebSocket.CLOSING) socket.close(1000);
    },
  };
}
