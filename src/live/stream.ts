import type { HttpConfig } from "../http/config.ts";
import { AuthenticationError, NotFoundError } from "../http/errors.ts";
import { retryPause } from "../http/retry.ts";
import { wordMessage } from "../http/wording.ts";
import type { Reading } from "../models/model.ts";
import { openSocket, type Socket, type SocketEnd, type SocketNews } from "./socket.ts";

/** What a stream is of. */
export interface StreamOptions<T> {
  /** How a message about it begins: `Cannot watch upscaling task 7`. */
  readonly headline: string;
  /** The path below the base URL. */
  readonly path: string;
  /** The query, all but the token. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Reads a snapshot's data as its model. */
  readonly read: (data: unknown) => Reading<T>;
  /** The longest silence that is taken for patience, in milliseconds. */
  readonly silence: number;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** What a stream tells. */
export type StreamEvent<T> =
  | { readonly kind: "value"; readonly value: T; readonly changed: boolean }
  | { readonly kind: "interrupted"; readonly problem: string };

/** That a stream cannot be had or kept, and why: whoever watches has to ask instead. */
export interface StreamLost {
  /** Why, in words. */
  readonly lost: string;
}

/** How often in a row a connection is made anew before the stream is given up. */
const RECONNECTS = 5;

/**
 * The snapshots of a stream, over as many connections as it takes: a lost one is made anew after growing pauses,
 * five times in a row at most; a good message resets the count. A refused token is replaced by a fresh one, once
 * in a row.
 *
 * @returns why the stream is lost, when it is; it never ends by itself.
 * @throws {NotFoundError} if there is no such task.
 * @throws {AuthenticationError} if a fresh token is refused as well, or there is none.
 */
export async function* stream<T>(
  config: HttpConfig,
  options: StreamOptions<T>,
): AsyncGenerator<StreamEvent<T>, StreamLost> {
  const { signal } = options;
  let everOpened = false;
  let failures = 0;
  let renewed = false;
  let latest: { readonly text: string; readonly value: T } | undefined;
  let token = await config.auth?.tokens.get(signal) ?? "";
  while (true) {
    const connection = connect(config, options, token);
    let problem = "the connection was lost";
    let refused = false;
    try {
      while (true) {
        const news = await nextWithin(config, connection, options);
        if (news === "silence") {
          problem = "the service has fallen silent";
          break;
        }
        if (news.kind === "end") {
          everOpened ||= news.end.opened;
          if (!everOpened && news.end.status !== undefined) return { lost: refusal(news.end) };
          if (news.end.reason === "TASK_NOT_FOUND") throw notFound(options.headline);
          refused = news.end.reason === "AUTHENTICATION_FAILED";
          problem = problemOf(news.end);
          break;
        }
        if (news.type === "init" || news.type === "loading" || news.type === "error") continue;
        if (news.text === latest?.text) {
          failures = 0;
          renewed = false;
          yield { kind: "value", value: latest.value, changed: false };
          continue;
        }
        const data = dataOf(news.text);
        if (data === "other") continue;
        const reading = data === "garbage" ? undefined : options.read(data.value);
        if (!reading?.ok) {
          problem = "the service sent something that is no snapshot";
          break;
        }
        failures = 0;
        renewed = false;
        latest = { text: news.text, value: reading.value };
        yield { kind: "value", value: reading.value, changed: true };
      }
    } finally {
      connection.close();
    }
    if (refused) {
      const fresh = renewed ? token : await config.auth?.tokens.renew(token, signal) ?? token;
      if (fresh === token) throw notAuthenticated(options.headline);
      renewed = true;
      token = fresh;
      continue;
    }
    if (failures >= RECONNECTS) {
      return { lost: `${problem}, ${RECONNECTS + 1} times in a row` };
    }
    yield { kind: "interrupted", problem };
    await config.clock.sleep(retryPause(failures++, config.random), signal);
    token = await config.auth?.tokens.get(signal) ?? "";
  }
}

function connect<T>(
  config: HttpConfig,
  { path, query }: StreamOptions<T>,
  token: string,
): Socket {
  const url = new URL(`${config.baseUrl}${path}`);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of query) url.searchParams.append(name, value);
  url.searchParams.set("token", token);
  return openSocket(url.href);
}

/** The next news, or that there was none for too long; a machine that slept finds out when it wakes. */
async function nextWithin<T>(
  { clock }: HttpConfig,
  connection: Socket,
  { silence, signal }: StreamOptions<T>,
): Promise<SocketNews | "silence"> {
  const timer = new AbortController();
  const stop = () => timer.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", stop, { once: true });
  const tooLong = clock.sleep(silence, timer.signal).then(() => "silence" as const);
  tooLong.catch(() => {});
  try {
    return await Promise.race([connection.next(), tooLong]);
  } finally {
    signal.removeEventListener("abort", stop);
    timer.abort(null);
  }
}

/** What an envelope holds: a snapshot's data, nothing that matters here, or garbage. */
function dataOf(text: string): { readonly value: unknown } | "other" | "garbage" {
  try {
    const envelope: unknown = JSON.parse(text);
    if (typeof envelope !== "object" || envelope === null || !("type" in envelope)) {
      return "garbage";
    }
    if (envelope.type !== "status") return "other";
    return { value: "data" in envelope ? envelope.data : undefined };
  } catch {
    return "garbage";
  }
}

function refusal({ status }: SocketEnd): string {
  return status === 403
    ? "the WebSocket was refused (403): the service does not take this token, or a proxy lets none through"
    : `the WebSocket was refused (${status}), most likely by a proxy`;
}

function problemOf({ opened, code, reason, status }: SocketEnd): string {
  if (reason !== "") return `the service closed the connection (${code} ${reason})`;
  if (status !== undefined) return `the WebSocket was refused (${status})`;
  return opened ? "the connection was lost" : "no connection could be made";
}

function notFound(headline: string): NotFoundError {
  const hint =
    "it belongs to another account, or never was: client.jobsStatus.get() lists your tasks";
  return new NotFoundError(
    wordMessage(`${headline}: the service answered TASK_NOT_FOUND`, { hint }),
    { status: 404, errorCode: "TASK_NOT_FOUND", content: "", hint },
  );
}

function notAuthenticated(headline: string): AuthenticationError {
  const hint =
    "the token has expired and there is no fresh one: sign in anew and watch again, the work goes on meanwhile; a token function (option token) lets the client ask by itself";
  return new AuthenticationError(
    wordMessage(`${headline}: the service answered AUTHENTICATION_FAILED`, { hint }),
    { status: 401, errorCode: "AUTHENTICATION_FAILED", content: "", hint },
  );
}
