import { statfs } from "node:fs/promises";
import { formatBytes } from "../../../core/units.ts";
import { ResultsError } from "../../results_error.ts";

/** How many bytes a folder's disk has room for; nothing where nobody may ask. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  if (!mayAsk()) return undefined;
  try {
    const { bavail, bsize } = await statfs(folder);
    return Number(bavail) * Number(bsize);
  } catch {
    return undefined;
  }
}

/** Deno has a permission of its own for it (--allow-sys=statfs), and nobody is asked for that on the way. */
function mayAsk(): boolean {
  if (!("Deno" in globalThis)) return true;
  try {
    return Deno.permissions.querySync({ name: "sys", kind: "statfs" }).state === "granted";
  } catch {
    return false;
  }
}

/** What is wrong with how large a host says that a file is, before any of it is taken. */
export function sizeProblem(
  { name, size, checksum }: {
    readonly name: string;
    readonly size: number | undefined;
    readonly checksum: unknown;
  },
  told: number,
  there: number,
  free: number | undefined,
): ResultsError | undefined {
  // Where there is a checksum, that is what counts.
  if (size !== undefined && checksum === undefined && told !== size) {
    return new ResultsError(
      `Cannot download ${name}: its host says that it has ${bytes(told)}, and the results name ${
        bytes(size)
      }\n  What to do: ask for the results again; if it stays so, tell the platform's team`,
      { reason: "size" },
    );
  }
  if (free !== undefined && told - there > free) {
    return new ResultsError(
      `Cannot download ${name}: it has ${formatBytes(told)}, and the disk has room for ${
        formatBytes(free)
      } more\n  What to do: make room, or choose a folder on another disk, and call again`,
      { reason: "disk" },
    );
  }
  return undefined;
}

/** Sizes that look alike are told apart by their bytes. */
function bytes(size: number): string {
  return size < 1_000 ? `${size} bytes` : `${formatBytes(size)} (${size} bytes)`;
}
