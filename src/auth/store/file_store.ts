import type { Clock } from "../../core/clock.ts";
import { isObject } from "../../core/objects.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import { takeLock } from "./lock.ts";
import { isNew, readPrivate, sweep, writePrivate } from "./private_file.ts";
import type { SignInStore } from "./store.ts";

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
