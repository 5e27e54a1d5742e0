import { directAddress, namesProxy } from "../../http/attempt/loopback.ts";
import { LONGEST_MESSAGE, type SocketEvents, type SocketHolder, tooLong } from "./socket_events.ts";

/**
 * Opens a WebSocket that no server can use to keep a program alive, or to fill its memory: in Deno by a reader of our
 * own, since the runtime's keeps whatever comes and is never let go of while a server does not answer its close. Only
 * through a proxy that is done by a worker that holds the runtime's, and can be ended; where the environment may not be
 * looked at, it is tried when there is no other way. Node.js and Bun drop theirs by themselves.
 */
export function holdSocket(address: string, events: SocketEvents): SocketHolder {
  const url = new URL(address);
  if (typeof Deno === "undefined") return directly(url, events);
  const proxy = namesProxy(url);
  if (proxy === true) return inWorker(url, events);
  return byFrames(url, events, proxy === undefined);
}

/** The reader is loaded when it is wanted: most never listen. */
function byFrames(url: URL, events: SocketEvents, mayTryProxy: boolean): SocketHolder {
  let left = false;
  let worker: SocketHolder | undefined;
  const unreachable = (error: unknown) => {
    events.error(error);
    worker = inWorker(url, events);
  };
  const opening = import("./web_socket.ts").then(
    ({ openWebSocket }) =>
      left ? undefined : openWebSocket(url, events, {
        address: directAddress(url),
        ...(mayTryProxy ? { unreachable } : {}),
      }),
    (error) => {
      events.error(error);
      events.close(0, "");
      return undefined;
    },
  );
  return {
    async close() {
      left = true;
      await (await opening)?.close();
      await worker?.close();
    },
  };
}

/**
 * What the worker does, as text: it needs no file of its own, wherever the package came from. It says goodbye as it
 * should, and ends a moment later whether or not anybody answers.
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
  const { url, most } = data;
  try {
    socket = new WebSocket(url);
  } catch {
    return self.postMessage(["forbidden"]);
  }
  socket.onopen = () => self.postMessage(["open"]);
  socket.onmessage = ({ data }) => {
    const text = typeof data === "string" ? data : "";
    self.postMessage(text.length > most ? ["long", text.length] : ["message", text]);
  };
  socket.onerror = (event) => self.postMessage(["error", String(event.message ?? "")]);
  socket.onclose = ({ code, reason }) => self.postMessage(["close", code, reason]);
};`;

function inWorker({ href: url }: URL, events: SocketEvents): SocketHolder {
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(WORKER)}`, {
    type: "module",
  });
  const end = (code: number, reason: string) => {
    worker.terminate();
    events.close(code, reason);
  };
  worker.onmessage = ({ data }: MessageEvent<readonly unknown[]>) => {
    const [kind, first, second] = data;
    if (kind === "open") events.open();
    else if (kind === "message") events.message(String(first));
    else if (kind === "error") events.error(String(first));
    else if (kind === "close") end(Number(first), String(second));
    else if (kind === "long") {
      events.refused(tooLong(Number(first)), true);
      end(1009, "");
    } else {
      worker.terminate();
      events.forbidden();
    }
  };
  worker.onerror = (event) => {
    // An error that nobody handles in a worker would end the program.
    event.preventDefault();
    events.close(0, "");
  };
  worker.postMessage({ url, most: LONGEST_MESSAGE });
  return {
    close() {
      worker.onmessage = worker.onerror = null;
      worker.postMessage(null);
      return Promise.resolve();
    },
  };
}

function directly(url: URL, events: SocketEvents): SocketHolder {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    // Without the permission to connect there is not even a socket.
    events.forbidden();
    return { close: () => Promise.resolve() };
  }
  const close = () => {
    socket.onopen =
      socket.onmessage =
      socket.onerror =
      socket.onclose =
        null;
    if (socket.readyState < WebSocket.CLOSING) socket.close(1000);
    return Promise.resolve();
  };
  socket.onopen = () => events.open();
  socket.onmessage = ({ data }) => {
    const text = typeof data === "string" ? data : "";
    if (text.length <= LONGEST_MESSAGE) return events.message(text);
    close();
    events.refused(tooLong(text.length), true);
    events.close(1009, "");
  };
  socket.onerror = (event) => events.error("message" in event ? String(event.message) : "");
  socket.onclose = ({ code, reason }) => events.close(code, reason);
  return { close };
}
