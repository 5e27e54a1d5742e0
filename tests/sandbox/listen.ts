import type { Sandbox } from "../../src/sandbox/mod.ts";

/** How a socket was closed, as the client sees it. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** A client's end of a stream. */
export interface Listening {
  readonly socket: WebSocket;
  /** Whether the handshake was accepted. */
  readonly opened: Promise<boolean>;
  /** How the connection ended. */
  readonly closed: Promise<Closing>;
  /** What the runtime said about a failure, as far as it did. */
  readonly error: string;
  /** The next message; rejects if there will be none. */
  next(): Promise<string>;
  /** Everything up to the end. */
  rest(): Promise<string[]>;
}

/** Opens a stream: `<token>` in the path stands for the first user's token. */
export function listen(sandbox: Sandbox, path: string, token = sandbox.token): Listening {
  const url = sandbox.url.replace("http:", "ws:") + path.replace("<token>", token);
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<boolean>();
  const closed = Promise.withResolvers<Closing>();
  const messages: string[] = [];
  let error = "";
  let over = false;
  let wake = () => {};
  socket.onopen = () => opened.resolve(true);
  socket.onmessage = ({ data }) => {
    messages.push(String(data));
    wake();
  };
  socket.onerror = (event) => {
    error = event instanceof ErrorEvent ? event.message : "";
  };
  socket.onclose = ({ code, reason, wasClean }) => {
    over = true;
    opened.resolve(false);
    closed.resolve({ code, reason, wasClean });
    wake();
  };
  const take = async (): Promise<string | undefined> => {
    while (messages.length === 0 && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return messages.shift();
  };
  return {
    socket,
    opened: opened.promise,
    closed: closed.promise,
    get error() {
      return error;
    },
    async next() {
      const message = await take();
      if (message === undefined) throw new Error("the stream has ended");
      return message;
    },
    async rest() {
      const rest: string[] = [];
      for (let message; (message = await take()) !== undefined;) rest.push(message);
      return rest;
    },
  };
}

/** The types of the next messages. */
export async function nextTypes(stream: Listening, count: number): Promise<unknown[]> {
  const types: unknown[] = [];
  while (types.length < count) types.push(JSON.parse(await stream.next()).type);
  return types;
}
