/** The bits of a frame's first two bytes (RFC 6455, section 5.2). */
const FINAL = 0x80;
const CONTROL = 0x08;
const LENGTH = 0x7f;

/**
 * Watches the bytes that a server sends from the answer to a WebSocket handshake on, for the place
 * where a number of messages is complete.
 *
 * @returns a function that takes the bytes as they come, and says how many of them belong to those
 * messages as soon as the last one is complete; nothing before.
 */
export function messageCounter(count: number): (bytes: Uint8Array) => number | undefined {
  let left = count;
  let headEnd = 0;
  let header: number[] = [];
  let payload = 0;

  /** Reads one byte of the answer's head; says whether that was the last one. */
  const readHead = (byte: number): boolean => {
    const wanted = headEnd % 2 === 0 ? 13 : 10;
    headEnd = byte === wanted ? headEnd + 1 : byte === 13 ? 1 : 0;
    return headEnd === 4;
  };
  /** Notes that a frame is complete; says whether it was the last of those looked for. */
  const endFrame = (): boolean => {
    const [first = 0] = header;
    header = [];
    if ((first & FINAL) !== 0 && (first & CONTROL) === 0) left--;
    return left === 0;
  };

  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      if (headEnd < 4) {
        if (readHead(bytes[at++] ?? 0) && left === 0) return at;
        continue;
      }
      if (payload === 0) {
        header.push(bytes[at++] ?? 0);
        const length = payloadLength(header);
        if (length === undefined) continue;
        payload = length;
      }
      const taken = Math.min(payload, bytes.length - at);
      payload -= taken;
      at += taken;
      if (payload === 0 && endFrame()) return at;
    }
    return undefined;
  };
}

/** How long the payload behind a server's frame header is; nothing while the header is incomplete. */
function payloadLength([_first, second, ...extended]: readonly number[]): number | undefined {
  if (second === undefined) return undefined;
  const short = second & LENGTH;
  const size = short === 127 ? 8 : short === 126 ? 2 : 0;
  if (extended.length < size) return undefined;
  return size === 0 ? short : extended.reduce((length, byte) => length * 256 + byte, 0);
}
