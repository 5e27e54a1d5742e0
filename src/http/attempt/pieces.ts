/** Reads a body piece by piece. */
export interface PieceReader {
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
