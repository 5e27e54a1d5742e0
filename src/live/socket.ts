/** How a connection ended. */
export interface SocketEnd {
  /** Whether it had been open. */
  readonly opened: boolean;
  /** The close code; 0 if there was none. */
  readonly code: number;
  /** The close reason; the service puts its error code here. */
  readonly reason: string;
  /** The HTTP status that refused the handshake, as far as the runtime tells. */
  readonly status?: number;
}

/** What came through a connection since it was last asked. */
export type SocketNews =
  | { readonly kind: "message"; readonly type: string; readonly text: string }
  | { readonly kind: "end"; readonly end: SocketEnd };

/** An open connection of which only the latest matters. */
export interface Socket {
  /** The next news; of several snapshots that have come meanwhile, the latest. */
  next(): Promise<SocketNews>;
  /** Closes the connection at once. */
  close(): void;
}

/** The type of an envelope, which stands first in it; reading all of it would cost a parse for nothing. */
const TYPE = /^\s*\{\s*"type"\s*:\s*"([^"]*)"/;

/**
 * Opens a WebSocket and holds what comes for whoever asks. A slow reader finds the latest snapshot and not a
 * queue, so memory does not grow. Nothing is ever sent: the service does not answer a close after that.
 */
export function openSocket(url: string): Socket {
  const socket = new WebSocket(url);
  let opened = false;
  let status: number | undefined;
  let quiet: SocketNews | undefined;
  let snapshot: SocketNews | undefined;
  let failure: SocketNews | undefined;
  let end: SocketNews | undefined;
  let wake = () => {};

  socket.onopen = () => {
    opened = true;
  };
  socket.onmessage = ({ data }) => {
    const text = typeof data === "string" ? data : "";
    const type = TYPE.exec(text.slice(0, 200))?.[1] ?? "";
    const news: SocketNews = { kind: "message", type, text };
    if (type === "error") failure = news;
    else if (type === "init" || type === "loading") quiet = news;
    else snapshot = news;
    wake();
  };
  socket.onerror = (event) => {
    // The runtime's words hold the status and no address; the address would hold the token.
    const code = /status code:? (\d{3})/.exec("message" in event ? String(event.message) : "")?.[1];
    if (code !== undefined) status = Number(code);
  };
  socket.onclose = ({ code, reason }) => {
    const how = { opened, code, reason, ...(status === undefined ? {} : { status }) };
    end = { kind: "end", end: how };
    wake();
  };

  const take = (): SocketNews | undefined => {
    const news = snapshot ?? failure ?? quiet ?? end;
    if (news === snapshot) snapshot = undefined;
    else if (news === failure) failure = undefined;
    else if (news === quiet) quiet = undefined;
    return news;
  };
  return {
    async next() {
      let news = take();
      while (news === undefined) {
        await new Promise<void>((resolve) => wake = resolve);
        news = take();
      }
      return news;
    },
    close() {
      if (socket.readyState === WebSocket.CONNECTING || socket.readyState === WebSocket.OPEN) {
        socket.close(1000);
      }
      end ??= { kind: "end", end: { opened, code: 1000, reason: "" } };
      wake();
    },
  };
}
