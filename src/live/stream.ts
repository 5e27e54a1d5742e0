import type { HttpConfig } from "../http/config.ts";
import { AuthenticationError, NotFoundError } from "../http/errors.ts";
import { hintFor } from "../api/failures/hints.ts";
import { redact } from "../core/redact.ts";
import { retryPause } from "../http/retry.ts";
import { phrase, plainText } from "../core/text.ts";
import { wordMessage } from "../http/wording.ts";
import type { Reading } from "../models/schema/model.ts";
import type { WorkEvent } from "./event.ts";
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

/** That a stream cannot be had or kept, and why: whoever watches has to ask instead. */
export interface StreamLost {
  /** Why, in words. */
  readonly lost: string;
}

/** How often in a row a connection is made anew before the stream is given up. */
const RECONNECTS = 5;

/** How long a connection may take until its first message, in milliseconds. */
const FIRST_WORD = 60_000;

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
): AsyncGenerator<WorkEvent<T>, StreamLost> {
  const { signal } = options;
  let everHeard = false;
  let failures = 0;
  let renewed = false;
  let latest: { readonly text: string; readonly value: T } | undefined;
  let token = await config.auth?.tokens.get({ signal, timeout: config.timeout }) ?? "";
  while (true) {
    signal.throwIfAborted();
    const connection = connect(config, options, token);
    const close = () => connection.close();
    // Whoever watches may be busy with the last snapshot: the connection does not wait for that.
    signal.addEventListener("abort", close, { once: true });
    let problem: string;
    let words = "";
    let refused = false;
    let heard = false;
    try {
      while (true) {
        const patience = heard ? options.silence : Math.min(FIRST_WORD, options.silence);
        const news = await nextWithin(config, connection, patience);
        signal.throwIfAborted();
        if (news === "silence") {
          if (!everHeard) return { lost: "nothing came through the WebSocket" };
          problem = "the service has fallen silent";
          break;
        }
        if (news.kind === "end") {
          const { end } = news;
          everHeard ||= end.opened;
          if (!everHeard && isRefusal(end)) return { lost: refusal(end) };
          if (end.reason === "TASK_NOT_FOUND") throw notFound(options.headline);
          refused = end.reason === "AUTHENTICATION_FAILED";
          problem = problemOf(end);
          break;
        }
        heard = everHeard = true;
        if (news.kind === "life") continue;
        if (news.kind === "error") {
          words = wordsOf(news.text, token);
          continue;
        }
        const { at } = news;
        if (news.text === latest?.text) {
          failures = 0;
          renewed = false;
          yield { kind: "value", value: latest.value, changed: false, at };
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
        yield { kind: "value", value: reading.value, changed: true, at };
      }
    } finally {
      signal.removeEventListener("abort", close);
      connection.close();
    }
    if (refused) {
      const fresh = renewed
        ? token
        : await config.auth?.tokens.renew(token, { signal, timeout: config.timeout }) ?? token;
      if (fresh === token) throw notAuthenticated(options.headline, { words, renewed });
      renewed = true;
      token = fresh;
      continue;
    }
    if (failures >= RECONNECTS) {
      return { lost: `${problem}, ${RECONNECTS + 1} times in a row` };
    }
    yield { kind: "interrupted", problem: `${problem}; reconnecting` };
    await config.clock.sleep(retryPause(failures++, config.random), signal);
    token = await config.auth?.tokens.get({ signal, timeout: config.timeout }) ?? "";
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
  return openSocket(url.href, () => config.clock.now());
}

/** The next news, or that there was none for too long; a machine that slept finds out when it wakes. */
async function nextWithin(
  { clock }: HttpConfig,
  connection: Socket,
  patience: number,
): Promise<SocketNews | "silence"> {
  const timer = new AbortController();
  const silence = () => "silence" as const;
  const tooLong = clock.sleep(patience, timer.signal).then(silence, silence);
  try {
    return await Promise.race([connection.next(), tooLong]);
  } finally {
    timer.abort(null);
  }
}

/** What an envelope holds: a snapshot's data, nothing that matters here, or garbage. */
function dataOf(text: string): { readonly value: unknown } | "other" | "garbage" {
  const envelope = parse(text);
  if (envelope === undefined || !("type" in envelope)) return "garbage";
  if (envelope.type !== "status") return "other";
  return { value: "data" in envelope ? envelope.data : undefined };
}

/** The words of an `error` envelope, fit for a message. */
function wordsOf(text: string, token: string): string {
  const envelope = parse(text);
  const message = envelope !== undefined && "message" in envelope ? envelope.message : undefined;
  if (typeof message !== "string") return "";
  return phrase(plainText(redact(message, token.length >= 3 ? [token] : [])), 300);
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRefusal({ status, forbidden }: SocketEnd): boolean {
  return status !== undefined || forbidden === true;
}

function refusal({ status, forbidden }: SocketEnd): string {
  if (forbidden === true) return "this program may not open a WebSocket (deno run --allow-net)";
  return status === 403
    ? "the WebSocket was refused (403): the service does not take this token, or a proxy lets none through"
    : `the WebSocket was refused (${status}), most likely by a proxy`;
}

function problemOf({ opened, reason, status }: SocketEnd): string {
  if (reason !== "") return `the service ended the stream (${phrase(reason, 100)})`;
  if (status !== undefined) return `the WebSocket was refused (${status})`;
  return opened ? "the connection was lost" : "no connection could be made";
}

function notFound(headline: string): NotFoundError {
  const errorCode = "TASK_NOT_FOUND";
  const hint = hintFor({ name: "upscaleTasks.watch", status: 404, errorCode, message: "" });
  return new NotFoundError(
    wordMessage(`${headline}: the service answered ${errorCode}`, { hint }),
    { status: 404, errorCode, content: "", hint },
  );
}

function notAuthenticated(
  headline: string,
  { words, renewed }: { readonly words: string; readonly renewed: boolean },
): AuthenticationError {
  const errorCode = "AUTHENTICATION_FAILED";
  const cause = hintFor({ name: "watch", status: 401, errorCode, message: words });
  const hint = `${cause}; then watch again, the work goes on meanwhile`;
  const said = `${errorCode}${renewed ? ", to a fresh token as well" : ""}`;
  return new AuthenticationError(
    wordMessage(`${headline}: the service answered ${said}${words === "" ? "" : `: ${words}`}`, {
      hint,
    }),
    { status: 401, errorCode, content: "", hint },
  );
}
