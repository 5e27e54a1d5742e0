import { formatBytes } from "../../core/units.ts";

/** Where the pages of a column lie, and what its footer says of them. */
export interface ColumnPages {
  /** The first byte. */
  readonly from: number;
  /** How many bytes. */
  readonly length: number;
  /** How many values the footer promises. */
  readonly values: number;
}

/** No table that fits here unpacks to more, or has more values. */
const MOST_UNPACKED = 1_073_741_824;
const MOST_VALUES = 200_000_000;

/** Looks at the heads of all pages before one is read; says what cannot be, if anything. */
export function wrongPages(bytes: Uint8Array, columns: readonly ColumnPages[]): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let unpacked = 0, values = 0;
  for (const column of columns) {
    const end = column.from + column.length;
    if (!(column.from >= 0 && column.length >= 0 && end <= bytes.length)) {
      return "a column of it lies outside of the file";
    }
    let own = 0;
    const reader: Reader = { view, at: column.from };
    while (reader.at < end) {
      const head = structAt(reader, 0);
      const size = numberIn(head, 2), packed = numberIn(head, 3);
      if (size < 0 || packed < 0 || reader.at + packed > end) return "a page of it has no end";
      reader.at += packed;
      unpacked += size;
      // Fields 5 and 8 are the heads of data pages, 7 that of a dictionary.
      own += Math.max(0, ...[5, 8].map((field) => numberIn(partOf(head, field), 1)));
      const named = numberIn(partOf(head, 7), 1);
      if (own > column.values || named > MOST_VALUES) {
        return "a page of it has more values than the file says: it is broken, or means harm";
      }
    }
    values += own;
  }
  if (unpacked > MOST_UNPACKED) {
    return `it unpacks to ${formatBytes(unpacked)}, more than fits here`;
  }
  return values > MOST_VALUES ? `it has ${values} values, more than fit here` : undefined;
}

interface Reader {
  readonly view: DataView;
  at: number;
}

type Struct = ReadonlyMap<number, unknown>;

function numberIn(struct: Struct, field: number): number {
  const value = struct.get(field);
  return typeof value === "number" ? value : 0;
}

function partOf(struct: Struct, field: number): Struct {
  const value = struct.get(field);
  return value instanceof Map ? value : new Map();
}

const MOST_DEPTH = 8;

/** A struct of Thrift's compact protocol, with its numbers and structs; the rest is gone over. */
function structAt(reader: Reader, depth: number): Struct {
  if (depth > MOST_DEPTH) throw new RangeError("nested too deep");
  const fields = new Map<number, unknown>();
  for (let field = 0;;) {
    const byte = reader.view.getUint8(reader.at++);
    const type = byte & 15, step = byte >> 4;
    if (type === 0) return fields;
    field = step === 0 ? zigzag(reader) : field + step;
    fields.set(field, valueAt(reader, type, depth));
  }
}

/** The types of the protocol by their numbers. */
function valueAt(reader: Reader, type: number, depth: number): unknown {
  switch (type) {
    case 1:
    case 2:
      return type === 1;
    case 3:
      return reader.view.getInt8(reader.at++);
    case 4:
    case 5:
    case 6:
      return zigzag(reader);
    case 7:
      reader.at += 8;
      return undefined;
    case 8: {
      const length = varint(reader);
      reader.at += length;
      return undefined;
    }
    case 9:
    case 10: {
      const head = reader.view.getUint8(reader.at++);
      const length = head >> 4 === 15 ? varint(reader) : head >> 4;
      for (let index = 0; index < length; index++) valueAt(reader, head & 15, depth + 1);
      return undefined;
    }
    case 12:
      return structAt(reader, depth + 1);
    default:
      throw new RangeError("a type that there is not");
  }
}

function varint(reader: Reader): number {
  let value = 0;
  for (let factor = 1; factor <= 2 ** 63; factor *= 128) {
    const byte = reader.view.getUint8(reader.at++);
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
  throw new RangeError("a number without an end");
}

function zigzag(reader: Reader): number {
  const value = varint(reader);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
