/** Reads a body piece by piece. */
export interface PieceReader {
  /** The next piece, which holds until the next is asked for; nothing at the end. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Lets go of the rest. */
  cancel(): Promise<void>;
}

const PIECE = 262_144;

/**
 * Reads a body into one buffer over and over where the runtime can do that: what is thrown away is collected late, and a
 * large file would take a hundred megabytes of it.
 */
export function piecesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): PieceReader {
  const reader = byteReader(body);
  if (reader === undefined) {
    const plain = body.getReader();
    return {
      read: async () => (await plain.read()).value,
      cancel: () => plain.cancel(),
    };
  }
  let buffer = new ArrayBuffer(PIECE);
  return {
    async read() {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (value !== undefined) buffer = value.buffer;
      return done ? undefined : value;
    },
    cancel: () => reader.cancel(),
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
