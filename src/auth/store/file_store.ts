import { isObject } from "../../core/objects.ts";
import type { Clock } from "../../core/waiting.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import {
  folderOf,
  isNew,
  orSignInError,
  readPrivate,
  sweep,
  writePrivate,
} from "./private_file.ts";
import type { SignInStore } from "./store.ts";

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

/** How a file keeps sign-ins. */
export interface FileStoreOptions {
  /** What the time is read from. */
  readonly clock: Clock;
  /** Is told what is not as it should be: once, and no other program is told it again. */
  readonly warn: (message: string) => void;
  /** Takes the lock of a file. @default the operating system's */
  readonly lock?: typeof takeLock;
}

/** The layout of the file: another one is not touched. */
const VERSION = 1;

/** What stands in the file of the lock once somebody was told that it locks nobody out. */
const UNLOCKED = "Programs do not lock each other out here, which was said once.\n";

/**
 * A store in one file of its owner's. Programs take turns by a lock beside it; a write is whole or not there at all.
 */
export function fileStore(
  path: string,
  { clock, warn, lock: take = takeLock }: FileStoreOptions,
): SignInStore {
  async function read(): Promise<Readonly<Record<string, unknown>>> {
    const text = await readPrivate(path);
    if (text === undefined) return {};
    const content = parse(text);
    if (content?.["version"] !== VERSION || !isObject(content["refresh_tokens"])) {
      throw new SignInError(
        `Cannot use the sign-in kept in ${path}: it is not as this version of the package writes it: ` +
          `rm '${path}', and sign in again`,
        { reason: "store" },
      );
    }
    return content["refresh_tokens"];
  }

  return {
    async get(key) {
      const tokens = await read();
      const found = Object.hasOwn(tokens, key) ? tokens[key] : undefined;
      return typeof found === "string" && found !== "" ? found : undefined;
    },
    async set(key, refreshToken) {
      const { [key]: before, ...others } = await read();
      if (before === refreshToken) return;
      const tokens = refreshToken === undefined ? others : { ...others, [key]: refreshToken };
      const content = { version: VERSION, refresh_tokens: tokens };
      await writePrivate(path, `${JSON.stringify(content, undefined, 2)}\n`);
    },
    async exclusive(work, { signal }) {
      const lock = await take(`${path}.lock`, { clock, signal });
      if (!lock.held && await isNew(`${path}.lock`, UNLOCKED)) {
        warn(
          `The sign-in is kept in ${path}, where programs cannot lock each other out: two that renew it in the same ` +
            'moment may end it, and you would sign in again. One program at a time is safe; so is signIn({ store: "memory" })',
        );
      }
      try {
        if (lock.held) await sweep(path);
        return await work();
      } finally {
        lock.release();
      }
    },
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
