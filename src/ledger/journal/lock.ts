import { hostname } from "node:os";
import { open, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import process from "node:process";
import { type Clock, systemClock } from "../../core/waiting.ts";
import { isObject } from "../../core/objects.ts";
import { formatInstant } from "../../core/units.ts";
import { LedgerError } from "../ledger_error.ts";

/** How a lock is waited for. */
export interface LockOptions {
  /** How long, in milliseconds. */
  readonly patience: number;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** What the time is read from. */
  readonly clock?: Clock | undefined;
}

/** Lets the next one in. */
export type Release = () => Promise<void>;

const PAUSE = 50;

/**
 * Keeps every other program from writing a ledger, by a lock file beside it. The operating system frees it when its
 * holder dies; where a runtime has no such locks (Node.js), the number of a process that is no more frees it.
 *
 * @throws {LedgerError} if somebody else has held it for so long; the message says who.
 */
export async function takeLock(
  path: string,
  { patience, signal, clock = systemClock }: LockOptions,
): Promise<Release> {
  const lock = `${path}.lock`;
  const until = clock.now() + patience;
  const take = "Deno" in globalThis ? takeFileLock : takeProcessLock;
  while (true) {
    signal?.throwIfAborted();
    const release = await take(lock);
    if (release !== undefined) return release;
    if (clock.now() >= until) throw heldBy(path, await readFile(lock, "utf8").catch(() => ""));
    await clock.sleep(PAUSE, signal);
  }
}

async function takeFileLock(lock: string): Promise<Release | undefined> {
  if (typeof Deno === "undefined" || !("tryLock" in Deno.FsFile.prototype)) {
    return await takeProcessLock(lock);
  }
  const file = await Deno.open(lock, { read: true, write: true, create: true, mode: 0o600 });
  try {
    if (!await file.tryLock(true)) {
      file.close();
      return undefined;
    }
  } catch (error) {
    file.close();
    throw error;
  }
  await writeFile(lock, holder()).catch(() => {});
  return async () => {
    await truncate(lock).catch(() => {});
    // Closing the file gives the lock back.
    file.close();
  };
}

async function takeProcessLock(lock: string): Promise<Release | undefined> {
  try {
    const handle = await open(lock, "wx", 0o600);
    await handle.writeFile(holder());
    await handle.close();
    return () => rm(lock, { force: true });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  const text = await readFile(lock, "utf8").catch(() => "");
  if (isAlive(text)) return undefined;
  // Whoever moves it away first may look whether it still is the dead one's.
  const aside = `${lock}.${process.pid}`;
  await rename(lock, aside).catch(() => {});
  const moved = await readFile(aside, "utf8").catch(() => text);
  if (moved === text) await rm(aside, { force: true });
  else await rename(aside, lock).catch(() => {});
  return undefined;
}

function holder(): string {
  return JSON.stringify({
    pid: process.pid,
    host: machine(),
    since: new Date().toISOString(),
  });
}

/** What this machine is called, where a program may know. */
function machine(): string {
  try {
    return hostname();
  } catch {
    // Deno asks for a permission of its own (--allow-sys).
    return "";
  }
}

/** What stands in a lock file. */
function readHolder(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Whether the holder of a lock lives, as far as can be known: on another machine it may. */
function isAlive(text: string): boolean {
  const { pid, host } = readHolder(text);
  if (typeof pid !== "number" || host !== machine()) return text !== "";
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

function codeOf(error: unknown): unknown {
  return Object(error).code;
}

function heldBy(path: string, text: string): LedgerError {
  const { pid, host, since } = readHolder(text);
  const who = typeof pid === "number"
    ? `process ${pid}${host === machine() ? "" : ` on ${host}`}${
      typeof since === "string" ? `, since ${formatInstant(new Date(since))}` : ""
    }`
    : "another program";
  return new LedgerError(`Cannot write ${path}: ${who} holds it`, {
    reason: "held",
    hint:
      "wait until it has ended, or end it (a notebook by restarting its kernel): what it has sent stands in the ledger",
  });
}
