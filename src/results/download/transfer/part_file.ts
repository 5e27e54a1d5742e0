import { createHash } from "node:crypto";
import { type FileHandle, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { ResultsError } from "../../results_error.ts";
import { takePart } from "./part_lock.ts";
import type { Checksum } from "../plan/checksum.ts";

/** What is written down beside a part, so that another program can go on with it. Never an address. */
export interface PartNote {
  /** How large the whole file is, where that is known. */
  readonly total?: number | undefined;
  /** The strong entity tag of what was read. */
  readonly etag?: string | undefined;
  /** When what was read was last changed, as the server words it. */
  readonly modified?: string | undefined;
}

/** A file that is being brought home: `name.part` until it is whole. */
export interface PartFile extends AsyncDisposable {
  /** How many bytes are there. */
  readonly size: number;
  /** What is known of the whole. */
  readonly note: PartNote | undefined;
  /** Writes bytes behind those that are there; they are copied before it waits. */
  append(bytes: Uint8Array): Promise<void>;
  /** Puts on the disk what was appended. */
  flush(): Promise<void>;
  /** The last bytes that are there, at most so many. */
  tail(most: number): Promise<Uint8Array>;
  /** Forgets what is there. */
  restart(): Promise<void>;
  /** Writes down what is known of the whole. */
  remember(note: PartNote): Promise<void>;
  /** The digest of all that is there. */
  digest(algorithm: Checksum["algorithm"]): Promise<string>;
  /** Gives the file its name: it is flushed first, and nothing of the part stays. */
  finish(): Promise<void>;
  /** Throws away what is there: it is not what was wanted. */
  discard(): Promise<void>;
}

/** How many bytes are written at once: each write costs a turn of the event loop. */
const BATCH = 524_288;

/** Opens the part of a file, and goes on with one that is there if that is wanted. */
export async function openPart(
  path: string,
  { resume }: { readonly resume: boolean },
): Promise<PartFile> {
  const part = `${path}.part`, notePath = `${path}.part.json`;
  await refuseLink(part);
  await refuseLink(notePath);
  let note = resume ? readNote(await readFile(notePath, "utf8").catch(() => "")) : undefined;
  const { handle, goesOn, lock } = await takePart(part, note !== undefined);
  let size = goesOn ? (await handle.stat()).size : 0;
  let written = size;
  // One buffer for all: what is thrown away is collected late, and a large file would take that much memory.
  const batch = new Uint8Array(BATCH);
  let closed = false;
  const flush = async () => {
    const length = size - written;
    for (let from = 0; from < length;) {
      const { bytesWritten } = await handle.write(batch, from, length - from, written + from);
      from += bytesWritten;
    }
    written += length;
  };
  const close = async () => {
    if (closed) return;
    closed = true;
    // What has come is kept, whatever came then: it was paid for with somebody's time.
    await flush().catch(() => {});
    await handle.close();
    lock.release();
  };
  return {
    get size() {
      return size;
    },
    get note() {
      return note;
    },
    async append(bytes) {
      for (let from = 0; from < bytes.length;) {
        const piece = bytes.subarray(from, from + BATCH - (size - written));
        batch.set(piece, size - written);
        size += piece.length;
        from += piece.length;
        if (size - written === BATCH) await flush();
      }
    },
    flush,
    async tail(most) {
      await flush();
      const length = Math.min(most, size);
      return await readAt(handle, size - length, length);
    },
    async restart() {
      await handle.truncate(0);
      size = written = 0;
    },
    async remember(next) {
      note = next;
      await writeFile(notePath, JSON.stringify(next), { mode: 0o600 });
    },
    async digest(algorithm) {
      await flush();
      const state = createHash(algorithm);
      for (let from = 0; from < size;) {
        // Everything is flushed: the buffer is free.
        const { bytesRead } = await handle.read(batch, 0, Math.min(BATCH, size - from), from);
        if (bytesRead === 0) break;
        state.update(batch.subarray(0, bytesRead));
        from += bytesRead;
      }
      return state.digest("hex");
    },
    async finish() {
      await flush();
      await handle.sync();
      await refuseLink(path);
      await rename(part, path);
      await rm(notePath, { force: true });
      await close();
    },
    async discard() {
      size = written = 0;
      await handle.truncate(0);
      await rm(part, { force: true });
      await rm(notePath, { force: true });
      await close();
    },
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
}

async function readAt(handle: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

/** Refuses to write through a symbolic link: it could lead out of the folder. */
export async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink()) {
    throw new ResultsError(
      `Cannot write ${path}: it is a symbolic link, which could lead out of the folder`,
      { reason: "name", hint: "remove the link, or choose another folder" },
    );
  }
}

/** Makes a folder within another, where no part of the way leads elsewhere. */
export async function makeFolder(root: string, parts: readonly string[]): Promise<string> {
  await mkdir(root, { recursive: true });
  let end = root.length;
  while (end > 1 && /[/\\]/.test(root[end - 1] ?? "")) end--;
  let path = root.slice(0, end);
  for (const part of parts) {
    path = `${path}/${part}`;
    await refuseLink(path);
    await mkdir(path, { recursive: true });
  }
  return path;
}

function readNote(text: string): PartNote | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { total, etag, modified }: Readonly<Record<string, unknown>> = { ...value };
  return {
    ...(typeof total === "number" ? { total } : {}),
    ...(typeof etag === "string" ? { etag } : {}),
    ...(typeof modified === "string" ? { modified } : {}),
  };
}
