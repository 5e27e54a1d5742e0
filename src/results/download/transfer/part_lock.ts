import { constants } from "node:fs";
import { type FileHandle, lstat, open, rm } from "node:fs/promises";
import { ResultsError } from "../../results_error.ts";

/** What keeps others from a part: whether it is still the one at its path, and letting go of it. */
export interface PartLock {
  /** Whether the part at the path is the one that was locked: another may have given it its name meanwhile. */
  isAt(path: string): Promise<boolean>;
  /** Lets others have it. */
  release(): void;
}

/**
 * Locks a part for one program, so that two do not write into one; nothing where another has it. The operating system
 * lets go of it when its holder dies. Where a runtime or a disk has no locks (Node.js, some network disks), all pass.
 */
export async function lockPart(path: string): Promise<PartLock | undefined> {
  if (typeof Deno === "undefined" || !("tryLock" in Deno.FsFile.prototype)) {
    return { isAt: () => Promise.resolve(true), release() {} };
  }
  const file = await Deno.open(path, { read: true, write: true });
  try {
    if (!await file.tryLock(true)) {
      file.close();
      return undefined;
    }
  } catch {
    // This disk has no locks.
  }
  return {
    async isAt(place) {
      const [held, there] = await Promise.all([
        file.stat(),
        lstat(place).catch(() => undefined),
      ]);
      return there !== undefined && (held.ino === null || held.ino === Number(there.ino));
    },
    release: () => file.close(),
  };
}

/** A part that is this program's alone. */
export interface TakenPart {
  /** The part, open. */
  readonly handle: FileHandle;
  /** Whether what is there is gone on with. */
  readonly goesOn: boolean;
  /** What keeps others from it. */
  readonly lock: PartLock;
}

/** How often a part may be given its name by another program while this one takes it. */
const TAKES = 5;

/**
 * Takes a part for this program alone, the one that is there or a new one. A new one must not be there: what somebody
 * else put there meanwhile is not written over. A part without its note is nobody's: what is in it cannot be known.
 */
export async function takePart(part: string, resume: boolean): Promise<TakenPart> {
  for (let take = 0; take < TAKES; take++) {
    const exists = await isFile(part);
    const handle = await openFile(part, exists);
    if (handle === undefined) continue;
    const lock = await lockPart(part).catch(() => undefined);
    if (lock === undefined) {
      await handle.close();
      throw busy(part);
    }
    const isOurs = await lock.isAt(part);
    if (isOurs && (resume || !exists)) return { handle, goesOn: exists, lock };
    await handle.close();
    if (isOurs) await rm(part, { force: true });
    lock.release();
  }
  throw busy(part);
}

async function openFile(path: string, exists: boolean): Promise<FileHandle | undefined> {
  const flags = exists ? constants.O_RDWR : constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
  try {
    return await open(path, flags, 0o666);
  } catch (error) {
    // Another program was quicker: what it did is looked at.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === (exists ? "ENOENT" : "EEXIST")) return undefined;
    throw error;
  }
}

function busy(part: string): ResultsError {
  return new ResultsError(
    `Cannot download ${nameOf(part)}: another download is writing it right now\n` +
      "  What to do: wait until that one has ended, and call again; or choose another folder",
    { reason: "exists" },
  );
}

function nameOf(part: string): string {
  return (part.split(/[/\\]/).at(-1) ?? part).replace(/\.part$/, "");
}

async function isFile(path: string): Promise<boolean> {
  return await lstat(path).then((found) => found.isFile(), () => false);
}
