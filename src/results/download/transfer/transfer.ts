import { ResultsError } from "../../results_error.ts";
import { attempt } from "./attempt.ts";
import { openPart, type PartFile } from "./part_file.ts";
import type { TransferFile, TransferOptions } from "./receive.ts";

/** How a file was checked: by its checksum, by its size, or not at all. */
export type FileCheck = "sha2-256" | "sha1" | "md5" | "size" | "length" | "not checked";

/** What came of it. */
export interface Transferred {
  /** How many bytes it has. */
  readonly size: number;
  /** How it was checked. */
  readonly checked: FileCheck;
}

/** How many tries in a row may bring nothing. */
const TRIES = 5;

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;

/**
 * Brings one file home: into a part, which is continued where the server lets it, checked, flushed, and only then given
 * its name. A try that brings bytes begins the count of tries anew.
 *
 * @throws {ResultsError} that says why; the part stays, unless what is in it is wrong.
 */
export async function transfer(
  file: TransferFile,
  options: TransferOptions,
): Promise<Transferred> {
  const part = await openPart(file.path, { resume: options.resume });
  try {
    return await intoPart(part, file, options);
  } finally {
    await part[Symbol.asyncDispose]();
  }
}

async function intoPart(
  part: PartFile,
  file: TransferFile,
  options: TransferOptions,
): Promise<Transferred> {
  const { signal, clock } = options;
  if (part.size > 0) options.onResume(part.size);
  let failures = 0, wrong = 0, anew = 0;
  let address = await options.address();
  let worked = part.size > 0;
  while (true) {
    signal?.throwIfAborted();
    const before = part.size;
    const outcome = await attempt(part, file, address, options);
    signal?.throwIfAborted();
    const progressed = part.size > before;
    worked ||= progressed;
    if (progressed) failures = 0;
    if (outcome.kind === "whole") {
      const checked = await check(part, file, outcome.total);
      if (typeof checked === "string") {
        await part.finish();
        return { size: part.size, checked };
      }
      if (++wrong >= 2) {
        await part.discard();
        throw checked;
      }
      await part.restart();
      continue;
    }
    if (outcome.kind === "anew") {
      await part.restart();
      // Bytes that are thrown away are no progress.
      if (++anew >= TRIES) throw failure(file, "changed", outcome.why);
      await clock.sleep(FIRST_PAUSE, signal);
      continue;
    }
    const ended = outcome.kind === "ended" ||
      (outcome.kind === "refused" &&
        (outcome.status === 403 || (outcome.status === 404 && worked)));
    if (ended) {
      address = await options.address(address);
      if (++failures >= TRIES) throw failure(file, "expired", "its address has ended");
      continue;
    }
    if (outcome.kind === "refused") {
      throw failure(file, "refused", refusalOf(outcome.status));
    }
    if (++failures >= TRIES) throw failure(file, "unreachable", outcome.reason, outcome.cause);
    const pause = outcome.pause ?? Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);
    await clock.sleep(Math.min(pause, LONGEST_PAUSE), signal);
  }
}

/** How a whole part was checked, or what is wrong with it. */
async function check(
  part: PartFile,
  { name, size, checksum }: TransferFile,
  total: number | undefined,
): Promise<FileCheck | ResultsError> {
  if (checksum !== undefined) {
    return await part.digest(checksum.algorithm) === checksum.digest
      ? checksum.name
      : new ResultsError(
        `Cannot keep ${name}: twice, what came did not have the checksum that the results name; nothing of it is kept\n` +
          "  What to do: ask for the results again; if it stays so, tell the platform's team",
        { reason: "checksum" },
      );
  }
  if (size !== undefined) {
    return part.size === size ? "size" : new ResultsError(
      `Cannot keep ${name}: it has ${part.size} bytes, and the results name ${size}\n` +
        "  What to do: ask for the results again; if it stays so, tell the platform's team",
      { reason: "size" },
    );
  }
  return total === undefined ? "not checked" : "length";
}

function refusalOf(status: number): string {
  if (status === 401) return "its host wants a sign-in of its own, which this client does not have";
  if (status === 451) return "its host refuses it (403)";
  return status === 404
    ? "there is no such file any more (404)"
    : `its host refuses it (${status})`;
}

function failure(
  { name }: TransferFile,
  reason: "changed" | "expired" | "refused" | "unreachable",
  what: string,
  cause?: unknown,
): ResultsError {
  const hint = {
    changed: "wait until nobody writes it any more, and call again",
    expired: "ask for the results again: that gives new addresses",
    refused: "ask for the results again; if that changes nothing, look at the platform",
    unreachable: "call again: it goes on where it stopped",
  }[reason];
  return new ResultsError(`Cannot download ${name}: ${what}\n  What to do: ${hint}`, {
    reason,
    hint,
    ...(cause === undefined ? {} : { cause: safeCause(cause) }),
  });
}

/** What `fetch` throws can hold the address: only what kind it was is kept. */
function safeCause(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : "unknown");
}
