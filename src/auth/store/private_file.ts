import { SignInError } from "../../http/token/sign_in_error.ts";

/** The bits of a mode that are other people's. */
const OTHERS = 0o077;

/**
 * Reads a file that belongs to its owner alone; nothing if there is none.
 *
 * @throws {SignInError} if others can read it, or it cannot be read.
 */
export async function readPrivate(path: string): Promise<string | undefined> {
  const { open } = await import("node:fs/promises");
  return await orSignInError(path, async () => {
    let file;
    try {
      file = await open(path, "r");
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
    try {
      // Of the file that was opened, not of whatever stands under its name now.
      const { mode } = await file.stat();
      if ((mode & OTHERS) !== 0 && !isWindows()) throw openToOthers(path, mode);
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  });
}

/**
 * Writes a file that belongs to its owner alone from its birth: beside the old one, and then in its place, so that
 * nobody ever sees half of it.
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  const { mkdir, open, rename, rm } = await import("node:fs/promises");
  await orSignInError(path, async () => {
    await mkdir(folderOf(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${crypto.randomUUID()}`;
    try {
      const file = await open(beside, "wx", 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => {});
      throw error;
    }
  });
}

/** Whether a note is not in a file yet; it is afterwards. The file is added to, never replaced: others may hold it. */
export async function isNew(path: string, note: string): Promise<boolean> {
  const { appendFile, mkdir } = await import("node:fs/promises");
  if ((await readPrivate(path))?.includes(note)) return false;
  await orSignInError(path, async () => {
    await mkdir(folderOf(path), { recursive: true, mode: 0o700 });
    await appendFile(path, note, { mode: 0o600 });
  });
  return true;
}

/** Removes what a write left behind that was killed: only when nobody writes. */
export async function sweep(path: string): Promise<void> {
  const { readdir, rm } = await import("node:fs/promises");
  const name = path.slice(folderOf(path).length + 1);
  const left = /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  for (const entry of await readdir(folderOf(path)).catch(() => [])) {
    if (entry.startsWith(name) && left.test(entry.slice(name.length))) {
      await rm(`${folderOf(path)}/${entry}`, { force: true }).catch(() => {});
    }
  }
}

/** The folder of a file. */
export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, "");
}

/** What some work with the file brings; a failure is worded as one of the sign-in. */
export async function orSignInError<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SignInError) throw error;
    const folder = folderOf(path);
    const name = error instanceof Error ? error.name : "";
    if (name === "NotCapable" || codeOf(error) === "ERR_ACCESS_DENIED") {
      throw new SignInError(
        `Cannot keep the sign-in in ${folder}: this program may not read or write there: allow it ` +
          `(deno run --allow-read="${folder}" --allow-write="${folder}"), or use signIn({ store: "memory" })`,
        { reason: "permission" },
      );
    }
    const code = codeOf(error) ?? name;
    throw new SignInError(
      `Cannot keep the sign-in in ${path} (${code}): ${
        HINTS[code] ?? "see whether the folder is there and yours"
      }, or use signIn({ store: "memory" })`,
      { reason: "store" },
    );
  }
}

const HINTS: Readonly<Record<string, string>> = {
  EACCES:
    "the folder or the file is not yours: change its owner, or name another with XDG_STATE_HOME",
  EROFS: "it cannot be written to: name another folder with XDG_STATE_HOME",
  ENOSPC: "the disk is full: make room",
  EDQUOT: "your quota is used up: make room",
};

function openToOthers(path: string, mode: number): SignInError {
  const octal = (mode & 0o777).toString(8).padStart(3, "0");
  return new SignInError(
    `Cannot use the sign-in kept in ${path}: others can read or write it (mode ${octal}). ` +
      `If nobody has: chmod 600 '${path}'. If you are not sure: rm '${path}', and sign in again`,
    { reason: "store" },
  );
}

function codeOf(error: unknown): string | undefined {
  const { code }: { code?: unknown } = Object(error);
  return typeof code === "string" ? code : undefined;
}

function isWindows(): boolean {
  const { platform }: { platform?: unknown } = Object(Reflect.get(globalThis, "process"));
  return typeof Deno === "undefined" ? platform === "win32" : Deno.build.os === "windows";
}
