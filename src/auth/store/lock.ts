import type { Clock } from "../../core/clock.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import { folderOf, orSignInError } from "./private_file.ts";

/** How a lock is waited for. */
export interface LockOptions {
  /** What the time is read from. */
  readonly clock: Clock;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** A lock that is held, or why there is none. */
export interface Lock {
  /** Whether others are kept out. */
  readonly held: boolean;
  /** Lets the next one in. */
  release(): void;
}

/** How long another program may hold it, in milliseconds: longer than a request to the sign-in service may take. */
const PATIENCE = 90_000;

/** The pause between two tries, in milliseconds. */
const PAUSE = 40;

/**
 * Takes the lock of a file, which the operating system gives back when its holder dies. Where there are no locks (Node.js,
 * some network file systems), it is not held.
 *
 * @throws {SignInError} if another program holds it for longer than any request takes.
 */
export async function takeLock(path: string, { clock, signal }: LockOptions): Promise<Lock> {
  if (typeof Deno === "undefined" || !("FsFile" in Deno)) return { held: false, release() {} };
  const { mkdir } = await import("node:fs/promises");
  const file = await orSignInError(path, async () => {
    await mkdir(folderOf(path), { recursive: true, mode: 0o700 });
    return await Deno.open(path, { create: true, write: true, mode: 0o600 });
  });
  const until = clock.now() + PATIENCE;
  try {
    for (;;) {
      const held = await file.tryLock(true).catch(() => undefined);
      if (held === undefined) {
        file.close();
        return { held: false, release() {} };
      }
      // Closing the file gives the lock back.
      if (held) return { held: true, release: () => file.close() };
      if (clock.now() >= until) throw heldTooLong(path);
      await clock.sleep(PAUSE * (0.5 + Math.random()), signal);
    }
  } catch (error) {
    file.close();
    throw error;
  }
}

function heldTooLong(path: string): SignInError {
  return new SignInError(
    `Cannot renew the sign-in: another program has held ${path} for ${
      PATIENCE / 1000
    } s: see which one hangs (fuser '${path}'), and end it`,
    { reason: "store" },
  );
}
