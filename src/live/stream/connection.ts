import { redact } from "../../core/redact.ts";
import type { HttpConfig } from "../../http/config.ts";
import { phrase, plainText } from "../../core/text.ts";
import type { Reading } from "../../models/schema/model.ts";
import { type ReadingTime, type Report, worthAWordAfter } from "../report.ts";
import { openSocket, type Socket, type SocketEnd, type SocketNews } from "./socket.ts";

export interface StreamOptions<T> {
  /** How a message about it begins: `Cannot watch upscaling task 7`. */
  readonly headline: string;
  /** The path below the base URL. */
  readonly path: string;
  /** The query, all but the token. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Reads a snapshot's data as its model. */
  readonly read: (data: unknown) => Reading<T>;
  /** What to do about an error that the service ended a stream with. */
  readonly hintFor: (failure: {
    readonly status: number;
    readonly errorCode: string;
    readonly message: string;
  }) => string;
  /** How much time a reading is given: that long may a stream be silent that has said that it is loading. */
  readonly time: ReadingTime<T>;
  /** What is known of the work already. */
  readonly known: T | undefined;
  /** The pause between two readings, in milliseconds. */
  readonly interval: number;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** What a stream remembers from one connection to the next. */
export interface Memory<T> {
  /** Whether the service has ever said anything. */
  heard: boolean;
  /** How many snapshots there have been. */
  readings: number;
  /** The latest snapshot, and its text. */
  latest?: { readonly text: string; readonly value: T };
}

/** How a connection ended. */
export type ConnectionEnd =
  /** It was lost, or cannot be made: why, and how long it took to find that out by waiting. */
  | { readonly kind: "lost"; readonly problem: string; readonly took?: number }
  /** There is nothing to be had from a stream here: why. */
  | { readonly kind: "none"; readonly problem: string }
  /** The service does not take the token: what it says. */
  | { readonly kind: "refused"; readonly words: string }
  /** The service knows no such work. */
  | { readonly kind: "not-found" };

/** How long a connection may take until its first message, in milliseconds. */
const FIRST_WORD = 60_000;

/** How much longer than the interval a stream may be silent between two readings, in milliseconds. */
const PATIENCE = 120_000;

/** The snapshots that come through one connection, until it ends. */
export async function* connection<T>(
  config: HttpConfig,
  options: StreamOptions<T>,
  { token, memory }: { readonly token: string; readonly memory: Memory<T> },
): AsyncGenerator<Report<T>, ConnectionEnd> {
  const { signal, interval, time } = options;
  const { clock } = config;
  const known = () => memory.latest?.value ?? options.known;
  const socket = connect(config, options, token);
  const close = () => void socket.close();
  // Whoever watches may be busy with the last snapshot: the connection does not wait for that.
  signal.addEventListener("abort", close, { once: true });
  let words = "";
  let patience: number | null = FIRST_WORD;
  let loadingSince: number | undefined;
  let lastTook = 0;
  let told = false;
  try {
    while (true) {
      const word = loadingSince === undefined || told ? Infinity : worthAWordAfter(lastTook);
      const news = await nextWithin(config, socket, Math.min(word, patience ?? Infinity));
      signal.throwIfAborted();
      if (news === "silence" && word < (patience ?? Infinity)) {
        told = true;
        if (patience !== null) patience -= word;
        yield { kind: "waiting", problem: time.slowBecause(known()) };
        continue;
      }
      if (news === "silence") {
        if (!memory.heard) return { kind: "none", problem: "nothing came through the WebSocket" };
        const took = patience ?? 0;
        return { kind: "lost", problem: "the service has fallen silent", took };
      }
      if (news.kind === "end") return endOf(news.end, { words, memory });
      memory.heard = true;
      if (news.kind === "error") {
        words = wordsOf(news.text, token);
        continue;
      }
      if (news.kind === "life") {
        // It asks the platform now about each job, one after the other.
        loadingSince ??= clock.now();
        patience = time.limit(known());
        continue;
      }
      const { text, at } = news;
      const unchanged = text === memory.latest?.text;
      const data = unchanged ? undefined : dataOf(text);
      if (data === "other") continue;
      if (data !== undefined) {
        const reading = data === "garbage" ? undefined : options.read(data.value);
        if (!reading?.ok) {
          return { kind: "lost", problem: "the service sent something that is no snapshot" };
        }
        memory.latest = { text, value: reading.value };
      }
      if (loadingSince !== undefined) lastTook = at - loadingSince;
      loadingSince = undefined;
      told = false;
      patience = interval + PATIENCE;
      const value = memory.latest?.value;
      if (value === undefined) continue;
      memory.readings++;
      yield { kind: "value", value, changed: !unchanged, at, next: at + interval };
    }
  } finally {
    signal.removeEventListener("abort", close);
    await socket.close();
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
  socket: Socket,
  patience: number,
): Promise<SocketNews | "silence"> {
  const timer = new AbortController();
  const silence = () => "silence" as const;
  const tooLong = clock.sleep(patience, timer.signal).then(silence, silence);
  try {
    return await Promise.race([socket.next(), tooLong]);
  } finally {
    timer.abort(null);
  }
}

function endOf<T>(
  end: SocketEnd,
  { words, memory }: { readonly words: string; readonly memory: Memory<T> },
): ConnectionEnd {
  const heard = memory.heard || end.opened;
  memory.heard = heard;
  if (end.tooLong === true) return { kind: "none", problem: problemOf(end) };
  if (!heard && (end.status !== undefined || end.forbidden === true)) {
    return { kind: "none", problem: refusal(end) };
  }
  if (end.reason === "TASK_NOT_FOUND") return { kind: "not-found" };
  if (end.reason === "AUTHENTICATION_FAILED") return { kind: "refused", words };
  return { kind: "lost", problem: problemOf(end) };
}

/** What an envelope holds: a snapshot's data, nothing that matters here, or garbage. */
export function dataOf(text: string): { readonly value: unknown } | "other" | "garbage" {
  const envelope = parse(text);
  if (envelope === undefined || !("type" in envelope)) return "garbage";
  if (envelope.type !== "status") return "other";
  return { value: "data" in envelope ? envelope.data : undefined };
}

/** The words of an `error` envelope, fit for a message. */
export function wordsOf(text: string, token: string): string {
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

function refusal({ status, forbidden }: SocketEnd): string {
  if (forbidden === true) return "this program may not open a WebSocket (deno run --allow-net)";
  return status === 403
    ? "the WebSocket was refused (403): the service does not take this token, or a proxy lets none through"
    : `the WebSocket was refused (${status}), most likely by a proxy`;
}

function problemOf({ opened, reason, status, trouble, problem }: SocketEnd): string {
  if (problem !== undefined) return problem;
  if (reason !== "") return `the service ended the stream (${phrase(reason, 100)})`;
  if (status !== undefined) return `the WebSocket was refused (${status})`;
  if (opened) return "the connection was lost";
  return `no connection could be made${trouble === undefined ? "" : `: ${trouble}`}`;
}
