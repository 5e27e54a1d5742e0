import type { Clock } from "../../core/waiting.ts";
import { stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { ResultsError } from "../results_error.ts";
import type { DownloadedFile } from "./files_view.ts";
import { diskError } from "./disk_error.ts";
import { makeFolder, refuseLink } from "./transfer/part_file.ts";
import type { PlannedFile } from "./plan/plan.ts";
import type { ProgressKeeper } from "./progress.ts";
import { type FileCheck, transfer } from "./transfer/transfer.ts";

/** One file, and where its address comes from. */
export interface WantedFile {
  readonly file: PlannedFile;
  /** Where its address comes from. */
  readonly source: {
    readonly addressOf: (file: PlannedFile, ended?: string) => Promise<string>;
  };
}

/** How files are brought home. */
export interface BringHomeOptions {
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** What waits. */
  readonly clock: Clock;
  /** What is told how far it is. */
  readonly progress: ProgressKeeper;
  /** How many at once. */
  readonly concurrency: number;
  /** Whether to go on with parts. */
  readonly resume: boolean;
  /** Whether another file of the name is replaced. */
  readonly overwrite: boolean;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface BroughtHome {
  /** The files that are there. */
  readonly files: ReadonlyMap<PlannedFile, DownloadedFile>;
  /** Why others are not. */
  readonly failures: readonly ResultsError[];
}

/** Brings files home, a few at once; one that fails keeps no other from coming. */
export async function bringHome(
  wanted: readonly WantedFile[],
  folder: string,
  options: BringHomeOptions,
): Promise<BroughtHome> {
  const home = new Map<PlannedFile, DownloadedFile>();
  const failures: ResultsError[] = [];
  const waiting = wanted.values();
  const work = async () => {
    for (const one of waiting) {
      const { file } = one;
      try {
        home.set(file, await bringOne(one, folder, options));
      } catch (error) {
        options.signal.throwIfAborted();
        options.progress.state(file, "failed");
        const failure = error instanceof ResultsError
          ? error
          : diskError(file.name, error) ?? unforeseen(file.name, error);
        failures.push(failure);
      }
    }
  };
  const atOnce = Math.min(wanted.length, Math.floor(options.concurrency));
  const workers = Array.from({ length: atOnce }, work);
  // All of them have to have let go of their files before this one does.
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  // In the order of the results, whichever came first.
  const files = new Map(wanted.flatMap(({ file }) => {
    const found = home.get(file);
    return found === undefined ? [] : [[file, found] as const];
  }));
  return { files, failures };
}

async function bringOne(
  { file, source }: WantedFile,
  folder: string,
  options: BringHomeOptions,
): Promise<DownloadedFile> {
  const { progress } = options;
  const place = await makeFolder(folder, file.folders);
  const path = `${place}/${file.name}`;
  await refuseLink(path);
  const about = {
    key: file.key,
    name: file.name,
    path,
    type: file.type,
    host: URL.parse(file.address)?.host ?? "",
  };
  const there = await checkThere(path, file);
  const isRight = there !== undefined && there.checked !== "another" &&
    // Whoever wants it replaced wants it anew where nothing says that it is the same.
    !(options.overwrite && there.checked === "not checked");
  if (isRight) {
    progress.bytes(file, there.size, there.size);
    progress.state(file, "was there");
    return { ...about, size: there.size, checked: there.checked, fetched: false };
  }
  if (there !== undefined && !options.overwrite) {
    throw new ResultsError(
      `Cannot download ${file.name}: another file of that name is there already\n` +
        "  What to do: choose another folder, or replace it: { overwrite: true }",
      { reason: "exists" },
    );
  }
  const { size, checked } = await transfer({ ...file, path }, {
    ...options,
    address: (ended) => source.addressOf(file, ended),
    onBytes: (bytes, total) => progress.bytes(file, bytes, total),
    onResume: (from) => progress.resumed(file, from),
  });
  progress.bytes(file, size, size);
  progress.state(file, "whole");
  return { ...about, size, checked, fetched: true };
}

/** How a file that is there already was checked; `another` where it is not the one that is wanted. */
async function checkThere(
  path: string,
  { size, checksum }: PlannedFile,
): Promise<{ readonly size: number; readonly checked: FileCheck | "another" } | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) return { size: 0, checked: "another" };
  if (checksum !== undefined) {
    const hash = createHash(checksum.algorithm);
    for await (const bytes of createReadStream(path)) hash.update(bytes);
    return {
      size: found.size,
      checked: hash.digest("hex") === checksum.digest ? checksum.name : "another",
    };
  }
  if (size !== undefined) {
    return { size: found.size, checked: found.size === size ? "size" : "another" };
  }
  // Nothing says how it has to be: a file has its name only when it was whole.
  return { size: found.size, checked: "not checked" };
}

/** What is neither the host's fault nor the disk's is this program's: it is said as it is. */
function unforeseen(name: string, error: unknown): ResultsError {
  const what = error instanceof Error ? error.name : typeof error;
  return new ResultsError(
    `Cannot download ${name}: this program failed (${what})\n` +
      "  What to do: report it with the error's cause; the other files are not concerned",
    { reason: "invalid", cause: error },
  );
}
