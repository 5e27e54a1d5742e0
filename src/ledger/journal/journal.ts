import { constants } from "node:fs";
import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import { describeValue } from "../../models/schema/issue.ts";
import { LedgerError } from "../ledger_error.ts";
import { type LedgerEntry, withLine } from "./entry.ts";
import { encodeLine, type HeaderLine, type JournalLine, readJournal } from "./line.ts";
import { type Release, takeLock } from "./lock.ts";

/** The file of a ledger: lines are put behind one another, and none is ever changed. */
export interface Journal {
  /** Where it is. */
  readonly path: string;
  /** Whose it is; nothing as long as nothing was written. */
  readonly header: HeaderLine | undefined;
  /** What stands in it, by key. */
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  /** What of it was passed over. */
  readonly notes: readonly string[];
  /** Keeps others from writing until the holder lets go; what they wrote before is read first. */
  hold(signal?: AbortSignal): Promise<Release>;
  /** Reads what others wrote since. */
  refresh(): Promise<void>;
  /**
   * Writes lines and puts them on the disk: once this has resolved, neither a killed process nor a lost machine loses
   * them.
   *
   * @throws {LedgerError} if they cannot be written; then none of them is.
   */
  append(...lines: readonly JournalLine[]): Promise<void>;
}

/** How a journal is opened. */
export interface JournalOptions {
  /** How long to wait for another program that holds it, in milliseconds. */
  readonly patience: number;
  /** Opens the file, for tests. */
  readonly openFile?: ((path: string) => Promise<FileHandle>) | undefined;
}

const openToWrite = (path: string) => open(path, constants.O_RDWR | constants.O_CREAT, 0o600);

/**
 * Opens the file of a ledger. One that is not there is an empty one: it is made when something is written.
 *
 * @throws {LedgerError} if it cannot be read, or is damaged.
 */
export async function openJournal(
  path: string,
  { patience, openFile = openToWrite }: JournalOptions,
): Promise<Journal> {
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    throw new LedgerError(
      `Cannot open the ledger: expected the path of a file, got ${describeValue(path)}`,
      { reason: "file", hint: 'say where to write down what is sent: openLedger("fields.jsonl")' },
    );
  }
  let header: HeaderLine | undefined;
  let entries = new Map<string, LedgerEntry>();
  let notes: readonly string[] = [];
  let end = 0, size = -1, lacksNewline = false;
  let handle: FileHandle | undefined;
  let holders = 0;
  let taking: Promise<Release> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const take = (line: JournalLine) => {
    if ("ledger" in line) header = line;
    else {
      const entry = withLine(entries.get(line.key), line);
      if (entry !== undefined) entries.set(line.key, entry);
    }
  };
  const refresh = async () => {
    const now = await stat(path).then((found) => found.size, () => 0);
    if (now === size) return;
    const bytes = await readBytes(path);
    const read = readJournal(bytes, path);
    header = undefined;
    entries = new Map();
    read.lines.forEach(take);
    [end, size, lacksNewline] = [read.end, bytes.length, read.open];
    notes = read.note === undefined ? [] : [read.note];
  };
  const begin = async (signal: AbortSignal | undefined): Promise<Release> => {
    const unlock = await takeLock(path, { patience, signal }).catch((error: unknown) => {
      if (error instanceof LedgerError || signal?.aborted) throw error;
      throw fileError("write", path, error);
    });
    try {
      await refresh();
    } catch (error) {
      await unlock();
      throw error;
    }
    return async () => {
      await writing.catch(() => {});
      await handle?.close();
      handle = undefined;
      await unlock();
    };
  };
  const write = async (lines: readonly JournalLine[]) => {
    const text = (lacksNewline ? "\n" : "") + lines.map(encodeLine).join("");
    const bytes = new TextEncoder().encode(text);
    try {
      handle ??= await openFile(path);
      // What was cut off goes: what follows it would make of it a damaged line in the middle.
      if (size > end) await handle.truncate(end);
      size = end;
      for (let from = 0; from < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, from, bytes.length - from, end + from);
        from += bytesWritten;
      }
      await handle.datasync();
    } catch (error) {
      await handle?.truncate(end).catch(() => {});
      throw fileError("write", path, error);
    }
    [end, size, lacksNewline] = [end + bytes.length, end + bytes.length, false];
    lines.forEach(take);
  };

  await refresh();
  return {
    path,
    get header() {
      return header;
    },
    get entries() {
      return entries;
    },
    get notes() {
      return notes;
    },
    refresh: async () => {
      if (holders === 0) await refresh();
    },
    async hold(signal) {
      holders++;
      try {
        const release = await (taking ??= begin(signal));
        let isHeld = true;
        return async () => {
          if (!isHeld) return;
          isHeld = false;
          if (--holders > 0) return;
          taking = undefined;
          await release();
        };
      } catch (error) {
        holders--;
        taking = undefined;
        throw error;
      }
    },
    append(...lines) {
      writing = writing.catch(() => {}).then(() => write(lines));
      return writing;
    },
  };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (Object(error).code === "ENOENT") return new Uint8Array();
    throw fileError("read", path, error);
  }
}

function fileError(what: "read" | "write", path: string, error: unknown): LedgerError {
  const { code, message }: { code?: unknown; message?: unknown } = Object(error);
  const isDenied = code === "EACCES" || code === "EPERM" || /NotCapable|Requires/.test(`${error}`);
  const hint = code === "ENOSPC" || code === "EDQUOT"
    ? "make room on the disk: what cannot be written down is not sent"
    : code === "EISDIR"
    ? "name a file, not a folder"
    : code === "ENOENT"
    ? "make the folder that it is to be in"
    : isDenied
    ? "see that you may read and write it (deno run --allow-read --allow-write)"
    : "see that the file can be written: what cannot be written down is not sent";
  const reason = typeof message === "string" ? message.split("\n")[0] : String(error);
  return new LedgerError(`Cannot ${what} ${path}: ${reason}`, {
    reason: "file",
    hint,
    cause: error,
  });
}
