import { orAborted } from "../../core/waiting.ts";

/** A body, read to its end or as far as was allowed. */
export interface Body {
  /** What was read. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Whether there was more of it. */
  readonly cut: boolean;
}

/** How a body is read. */
export interface BodyOptions {
  /** The most bytes that are read, after decompression. */
  readonly limit: number;
  /**
   * Whether it can only be JSON: of one that does not begin like it no more is read than is shown.
   *
   * @default {false}
   */
  readonly json?: boolean | undefined;
  /** Closes the body when it aborts. */
  readonly signal: AbortSignal | undefined;
  /**
   * Whether the response is one of the machine's own `fetch`, which closes it when its signal aborts and holds it to
   * its `Content-Length`.
   */
  readonly native: boolean;
}

/** How much is kept of a body that is too long, or is not what was wanted, in bytes: 1 MiB. */
const LONGEST_EXCERPT = 1024 ** 2;

/** Reads a body, and never more of it than is allowed: the rest is cancelled. */
export async function readBody(response: Response, options: BodyOptions): Promise<Body> {
  const { limit, signal, native } = options;
  const length = response.headers.get("Content-Length");
  const encoded = response.headers.has("Content-Encoding");
  if (native && length !== null && Number(length) <= limit && !encoded) {
    // Whoever looks at `body` makes reading it whole slower.
    const content = new Uint8Array(await response.arrayBuffer());
    return { content, cut: false };
  }
  const reader = response.body?.getReader();
  if (reader === undefined) return { content: new Uint8Array(), cut: false };
  try {
    return await readParts(reader, options);
  } catch (error) {
    reader.cancel(signal?.reason).catch(() => {});
    throw error;
  }
}

async function readParts(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  { limit, json = false, signal }: BodyOptions,
): Promise<Body> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  // Until it is seen to begin as JSON does, it is taken for something else.
  let most = json ? Math.min(limit, LONGEST_EXCERPT) : limit;
  while (true) {
    const { value } = await orAborted(reader.read(), signal);
    if (value === undefined) return { content: joined(parts, length), cut: false };
    // A part can be a small piece of much memory, as those of a compressed body are.
    parts.push(value.buffer.byteLength > 2 * value.length ? value.slice() : value);
    length += value.length;
    if (most < limit && beginsAsJson(parts)) most = limit;
    if (length > most) {
      reader.cancel().catch(() => {});
      return { content: joined(parts, Math.min(most, LONGEST_EXCERPT)), cut: true };
    }
  }
}

/** What a JSON text can begin with, after spaces: RFC 8259, section 2. */
const JSON_START = new Set(new TextEncoder().encode('{["-0123456789tfn'));

function beginsAsJson(parts: readonly Uint8Array[]): boolean {
  for (const part of parts) {
    for (const byte of part) {
      const isSpace = byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
      if (!isSpace) return JSON_START.has(byte) || byte === BYTE_ORDER_MARK;
    }
  }
  return false;
}

/** The first byte of one in UTF-8, which may stand before a JSON text. */
const BYTE_ORDER_MARK = 0xef;

/** The first so many bytes of parts, in one piece. */
function joined(
  parts: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, length - at), at);
    at += Math.min(part.length, length - at);
  }
  return whole;
}

/** How a stream is handed over. */
export interface StreamOptions {
  /** Ends the stream when it aborts. */
  readonly signal: AbortSignal | undefined;
  /** Told when the stream has ended, however it ended. */
  readonly onEnd: () => void;
  /** The error that the stream ends with, for whatever cut it off. */
  readonly errorOf: (cause: unknown) => unknown;
}

/** A body that ends with its signal too, at once, and says when it has ended. */
export function watchedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { signal, onEnd, errorOf }: StreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let onAbort = () => {};
  const close = (reason: unknown) => {
    signal?.removeEventListener("abort", onAbort);
    onEnd();
    reader.cancel(reason).catch(() => {});
  };
  return new ReadableStream({
    start(controller) {
      onAbort = () => {
        close(signal?.reason);
        controller.error(errorOf(signal?.reason));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    },
    async pull(controller) {
      try {
        const { value } = await reader.read();
        if (value !== undefined) return controller.enqueue(value);
      } catch (error) {
        // After an abort the stream has its error already, and this one is not heard.
        close(error);
        throw errorOf(error);
      }
      close(undefined);
      controller.close();
    },
    cancel: close,
  });
}
