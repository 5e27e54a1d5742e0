import { connectionTrouble } from "../../http/connection_trouble.ts";
import { holdSocket } from "./socket_holder.ts";

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
  /** Why no connection could be made, as far as the runtime tells. */
  readonly trouble?: string;
  /** What was wrong with what came, where that ended it, in words for a message. */
  readonly problem?: string;
  /** Whether that was a message that is too long: it would come again. */
  readonly tooLong?: boolean;
  /** Whether this program may not connect at all. */
  readonly forbidden?: boolean;
}

/** What came through a connection since it was last asked. */
export type SocketNews =
  /** An envelope that holds a snapshot, or cannot be told from one that does; and when it came. */
  | { readonly kind: "snapshot"; readonly text: string; readonly at: number }
  /** An envelope that says what went wrong; the end is near. */
  | { readonly kind: "error"; readonly text: string }
  /** Any other: the service is there. */
  | { readonly kind: "life" }
  | { readonly kind: "end"; readonly end: SocketEnd };

/** An open connection of which only the latest matters. */
export interface Socket {
  /** The next news; of several snapshots that have come meanwhile, the latest. */
  next(): Promise<SocketNews>;
  /** Closes the connection: nothing comes any more at once, and a moment later nothing is left of it. */
  close(): Promise<void>;
}

/** The type of an envelope, which stands first in it; reading all of it would cost a parse for nothing. */
const TYPE = /^\s*\{\s*"type"\s*:\s*"([^"]*)"/;

/**
 * Opens a WebSocket and holds what comes for whoever asks. A slow reader finds the latest snapshot and not a
 * queue, so memory does not grow. Nothing is ever sent: the service does not answer a close after that.
 *
 * @param now tells the time.
 */
export function openSocket(url: string, now: () => number): Socket {
  let opened = false;
  let status: number | undefined;
  let trouble: string | undefined;
  let refusal: Pick<SocketEnd, "problem" | "tooLong"> = {};
  let snapshot: SocketNews | undefined;
  let failure: SocketNews | undefined;
  let life: SocketNews | undefined;
  let end: SocketNews | undefined;
  let wake = () => {};

  const holder = holdSocket(url, {
    open() {
      opened = true;
    },
    message(text) {
      const type = TYPE.exec(text.slice(0, 200))?.[1] ?? "status";
      if (type === "status") snapshot = { kind: "snapshot", text, at: now() };
      else if (type === "error") failure = { kind: "error", text };
      else life = { kind: "life" };
      wake();
    },
    error(reason) {
      const error = reason instanceof Error ? reason : new Error(String(reason));
      // The runtime's words hold the status and no address; the address would hold the token.
      const code = /status code:? (\d{3})/.exec(error.message)?.[1];
      if (code !== undefined) status = Number(code);
      const { kind, words } = connectionTrouble(error);
      // The first reason is the reason, unless a proxy was tried after it and would have been the way.
      if (kind === "proxy" || (kind !== "other" && trouble === undefined)) trouble = words;
    },
    refused(problem, tooLong) {
      refusal = { problem, tooLong };
    },
    close(code, reason) {
      const how = {
        opened,
        code,
        reason,
        ...(status === undefined ? {} : { status }),
        ...(trouble === undefined ? {} : { trouble }),
        ...refusal,
      };
      end ??= { kind: "end", end: how };
      wake();
    },
    forbidden() {
      end ??= { kind: "end", end: { opened, code: 0, reason: "", forbidden: true } };
      wake();
    },
  });

  const take = (): SocketNews | undefined => {
    const news = snapshot ?? failure ?? life ?? end;
    if (news === snapshot) snapshot = undefined;
    else if (news === failure) failure = undefined;
    else if (news === life) life = undefined;
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
      end ??= { kind: "end", end: { opened, code: 1000, reason: "" } };
      snapshot = failure = life = undefined;
      wake();
      return holder.close();
    },
  };
}
