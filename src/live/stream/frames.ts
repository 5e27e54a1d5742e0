import { LONGEST_MESSAGE, tooLong } from "./socket_events.ts";

/** The kinds of frames (RFC 6455, section 5.2). */
export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Why a WebSocket is closed (section 7.4.1). */
export const CODE = {
  normal: 1000,
  protocol: 1002,
  /** There was a close, without a code. */
  none: 1005,
  /** There was no close. */
  lost: 1006,
  noText: 1007,
  tooLong: 1009,
} as const;

/** How much is read at once, in bytes. */
const BUFFER = 65_536;

/** Bytes as they come. What waits for more than comes until the end is rejected. */
export interface ByteReader {
  /** So many bytes, which are few; they stand there until the next call. */
  take(count: number): Promise<Uint8Array>;
  /** Fills an array. */
  fill(target: Uint8Array): Promise<void>;
  /** The lines up to an empty one; nothing if they are longer than they may be, in bytes. */
  head(longest: number): Promise<string | undefined>;
  /** Passes over all that comes. */
  drain(): Promise<never>;
}

/**
 * Reads what comes by pieces.
 *
 * @param read puts the next piece into an array, as much of it as has room there, and tells how much; `null` at the end.
 */
export function byteReader(read: (into: Uint8Array) => Promise<number | null>): ByteReader {
  const buffer = new Uint8Array(BUFFER);
  let start = 0, end = 0;
  const readInto = async (target: Uint8Array): Promise<number> => {
    const count = await read(target);
    if (count === null) throw new Error("the connection has ended");
    return count;
  };
  const more = async () => {
    if (start > 0) buffer.copyWithin(0, start, end);
    end -= start;
    start = 0;
    end += await readInto(buffer.subarray(end));
  };
  return {
    async take(count) {
      while (end - start < count) await more();
      start += count;
      return buffer.subarray(start - count, start);
    },
    async fill(target) {
      for (let at = 0; at < target.length;) {
        const missing = target.length - at;
        if (start === end && missing >= BUFFER) {
          at += await readInto(target.subarray(at));
          continue;
        }
        if (start === end) await more();
        const piece = buffer.subarray(start, Math.min(end, start + missing));
        target.set(piece, at);
        at += piece.length;
        start += piece.length;
      }
    },
    async head(longest) {
      while (true) {
        const text = new TextDecoder("latin1").decode(buffer.subarray(start, end));
        const length = text.indexOf("\r\n\r\n");
        // The empty line may have come in part.
        if (length > longest || (length < 0 && text.length > longest + 3)) return undefined;
        if (length >= 0) {
          start += length + 4;
          return text.slice(0, length);
        }
        await more();
      }
    },
    async drain() {
      while (true) await readInto(buffer);
    },
  };
}

/** How messages ended: with a close, or with something that is not taken. */
export interface MessagesEnd {
  /** What the close says, or what to close with. */
  readonly code: number;
  /** The words of the close. */
  readonly reason: string;
  /** What is wrong with what came. */
  readonly problem?: string;
}

/** What is told of messages as they are read. */
export interface MessagesEvents {
  /** A message came; a binary one is empty here. */
  message(text: string): void;
  /** An answer with the same payload is asked for. */
  ping(payload: Uint8Array): void;
}

/** What has come of a message. */
interface Part {
  readonly isText: boolean;
  /** Room for it, of which so much is filled. */
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** Reads messages, each of which is one frame or several (section 5.4). Nothing is read of one that is too long. */
export async function readMessages(
  reader: ByteReader,
  { message, ping }: MessagesEvents,
): Promise<MessagesEnd> {
  let part: Part | undefined;
  while (true) {
    const [first = 0, second = 0] = await reader.take(2);
    const isFinal = first >= 128, opcode = first & 15, short = second & 127;
    const fault = faultOf(first, second, part !== undefined);
    if (fault !== undefined) return wrong(fault);
    if (opcode >= OPCODE.close) {
      const payload = (await reader.take(short)).slice();
      if (opcode === OPCODE.close) return closeOf(payload);
      if (opcode === OPCODE.ping) ping(payload);
      continue;
    }
    const size = short < 126 ? short : numberOf(await reader.take(short === 126 ? 2 : 8));
    const { isText, bytes, length }: Part = part ??
      { isText: opcode === OPCODE.text, bytes: new Uint8Array(), length: 0 };
    const whole = length + size;
    if (whole > LONGEST_MESSAGE) return { code: CODE.tooLong, reason: "", problem: tooLong(whole) };
    const roomy = withRoom(bytes, whole, isFinal);
    await reader.fill(roomy.subarray(length, whole));
    part = isFinal ? undefined : { isText, bytes: roomy, length: whole };
    if (!isFinal) continue;
    const text = isText ? textOf(roomy.subarray(0, whole)) : "";
    if (text === undefined) return wrong("a text that is none", CODE.noText);
    message(text);
  }
}

/** What a frame's first two bytes break of the rules, if they do. */
function faultOf(first: number, second: number, isWithin: boolean): string | undefined {
  const opcode = first & 15;
  if (second >= 128) return "a frame is masked";
  if ((first & 0x70) !== 0) return "a frame is of an extension that was not asked for";
  if (opcode > OPCODE.pong || (opcode > OPCODE.binary && opcode < OPCODE.close)) {
    return `a frame is of the unknown kind ${opcode}`;
  }
  if (opcode >= OPCODE.close) {
    if (first < 128) return "a control frame is cut in parts";
    return second > 125 ? "a control frame is too long" : undefined;
  }
  if (opcode === OPCODE.more) return isWithin ? undefined : "a part comes without a beginning";
  return isWithin ? "a message begins within another" : undefined;
}

function wrong(fault: string, code: number = CODE.protocol): MessagesEnd {
  return { code, reason: "", problem: `the service breaks the rules of WebSockets: ${fault}` };
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** Room for so many bytes, the first of which there are; for more to come there is more. */
function withRoom(bytes: Uint8Array, size: number, isFinal: boolean): Uint8Array {
  if (size <= bytes.length) return bytes;
  const room = isFinal ? size : Math.min(LONGEST_MESSAGE, Math.max(size, 2 * bytes.length));
  const roomy = new Uint8Array(room);
  roomy.set(bytes);
  return roomy;
}

/** Text that is UTF-8; nothing if it is not. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What a close says (section 5.5.1). */
function closeOf(payload: Uint8Array): MessagesEnd {
  if (payload.length === 0) return { code: CODE.none, reason: "" };
  const code = numberOf(payload.subarray(0, 2));
  const isKnown = payload.length > 1 &&
    ((code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||
      (code >= 3000 && code < 5000));
  if (!isKnown) return wrong("a close has a code that none may have");
  const reason = textOf(payload.subarray(2));
  return reason === undefined
    ? wrong("the words of a close are no text", CODE.noText)
    : { code, reason };
}
