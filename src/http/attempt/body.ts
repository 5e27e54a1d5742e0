import { orAborted } from "../../core/waiting.ts";

/** Reads a body piece by piece. */
interface PieceReader {
  /** The next piece, which holds until the next is asked for; nothing at the end. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Lets go of the rest. */
  cancel(reason?: unknown): Promise<void>;
}

/** How a body is read in pieces. */
export interface PieceOptions {
  /** How much is read at once, in bytes. */
  readonly size: number;
  /**
   * Whether all of it may be read into the same memory, where the runtime can do that: a stream that somebody made may
   * not know how to end such a reading.
   *
   * @default {true}
   */
  readonly reuse?: boolean | undefined;
}

/**
 * Reads a body into one buffer over and over where that can be done: what is thrown away is collected late, and a large
 * file, or a compressed body in small pieces of a new 64 KiB each, would take a hundred megabytes of it.
 */
export function piecesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { size, reuse = true }: PieceOptions,
): PieceReader {
  const reader = reuse ? byteReader(body) : undefined;
  if (reader === undefined) {
    const plain = body.getReader();
    return {
      read: async () => (await plain.read()).value,
      cancel: (reason) => plain.cancel(reason),
    };
  }
  let buffer = new ArrayBuffer(size);
  return {
    async read() {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (value !== undefined) buffer = value.buffer;
      return done ? undefined : value;
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/** A reader into buffers of one's own; nothing where the body is not one of bytes, as that of a test can be. */
function byteReader(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}

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
  /**
   * The most bytes that are read where nobody has said how many there are: of a body in chunks, or of what comes out of
   * a compressed one.
   *
   * @default {limit}
   */
  readonly unannounced?: number | undefined;
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
  const { limit, signal, native, unannounced = limit } = options;
  const length = response.headers.get("Content-Length");
  const announced = length === null || response.headers.has("Content-Encoding")
    ? undefined
    : Number(length);
  if (native && announced !== undefined && announced <= limit) {
    // Whoever looks at `body` makes reading it whole slower.
    const content = new Uint8Array(await response.arrayBuffer());
    return { content, cut: false };
  }
  if (response.body === null) return { content: new Uint8Array(), cut: false };
  const pieces = piecesOf(response.body, { size: BLOCK, reuse: native });
  try {
    // One that is longer than it said is no better than one that said nothing.
    const most = Math.min(limit, Math.max(announced ?? 0, unannounced));
    return await readPieces(pieces, { ...options, limit: most });
  } catch (error) {
    letGo(pieces, signal?.reason);
    throw error;
  }
}

/** Lets go of what is not read; that this fails as well changes nothing. */
function letGo(pieces: PieceReader, reason?: unknown): void {
  pieces.cancel(reason).catch(() => {});
}

async function readPieces(
  pieces: PieceReader,
  { limit, json = false, signal }: BodyOptions,
): Promise<Body> {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let isJson = json ? undefined : true;
  while (true) {
    const part = await orAborted(pieces.read(), signal);
    if (part === undefined) return { content: joined(blocks, length), cut: false };
    append(blocks, part, length);
    length += part.length;
    isJson ??= beginsAsJson(part);
    const most = isJson === true ? limit : Math.min(limit, LONGEST_EXCERPT);
    if (length > most) {
      letGo(pieces);
      return { content: joined(blocks, Math.min(most, LONGEST_EXCERPT)), cut: true };
    }
  }
}

/** Adds a part to blocks that hold so many bytes already. */
function append(blocks: Uint8Array<ArrayBuffer>[], part: Uint8Array, length: number): void {
  for (let at = 0; at < part.length;) {
    const filled = (length + at) % BLOCK;
    let block = blocks.at(-1);
    if (filled === 0 || block === undefined) blocks.push(block = new Uint8Array(BLOCK));
    const piece = part.subarray(at, at + BLOCK - filled);
    block.set(piece, filled);
    at += piece.length;
  }
}

/** How much is read at once, and kept in one piece of memory, in bytes: as much as runtimes hand over. */
const BLOCK = 64 * 1024;

/** What a JSON text can begin with, after spaces: RFC 8259, section 2. */
const JSON_START = new Set(new TextEncoder().encode('{["-0123456789tfn'));

/** Whether a part begins a JSON text; nothing if it is all space. */
function beginsAsJson(part: Uint8Array): boolean | undefined {
  const first = part.find((byte) => byte !== 0x20 && !(byte >= 0x09 && byte <= 0x0d));
  return first === undefined ? undefined : JSON_START.has(first) || first === BYTE_ORDER_MARK;
}

/** The first byte of one in UTF-8, which may stand before a JSON text. */
const BYTE_ORDER_MARK = 0xef;

/** The first so many bytes of blocks, in one piece. */
function joined(
  blocks: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; at += BLOCK) {
    const block = blocks[at / BLOCK];
    if (block !== undefined) whole.set(block.subarray(0, length - at), at);
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
