import type { Clock } from "../../../core/waiting.ts";
import { ResultsError } from "../../results_error.ts";
import { diskError } from "../disk_error.ts";
import type { PartFile } from "./part_file.ts";
import { plainBody, type RangeAnswer } from "./range_answer.ts";
import { piecesOf } from "../../../http/attempt/body.ts";
import type { Checksum } from "../plan/checksum.ts";
import { freeBytes, sizeProblem } from "./room.ts";

/** How much is read at once, in bytes. */
const PIECE = 262_144;

/** One file that is to be brought home. */
export interface TransferFile {
  /** What it is called. */
  readonly name: string;
  /** Where it is to lie. */
  readonly path: string;
  /** How large it has to be, where that is known. */
  readonly size: number | undefined;
  /** What it has to digest to, where that is known. */
  readonly checksum: Checksum | undefined;
  /** Its media type, where that is known. */
  readonly type?: string | undefined;
}

/** How a file is brought home. */
export interface TransferOptions {
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** What waits. */
  readonly clock: Clock;
  /** Whether to go on with a part that is there. */
  readonly resume: boolean;
  /** Gives up at once when it aborts; what is there stays. */
  readonly signal: AbortSignal | undefined;
  /** Where the file is; asked anew with the address that has ended. */
  readonly address: (ended?: string) => Promise<string>;
  /** Is told how many bytes are there, of how many. */
  readonly onBytes: (there: number, total: number | undefined) => void;
  /** Is told from which byte on a part is continued. */
  readonly onResume: (from: number) => void;
  /** How many bytes a folder's disk has room for; nothing where nobody knows. */
  readonly free?: (folder: string) => Promise<number | undefined>;
}

/** What came of one request. */
export type Outcome =
  | { readonly kind: "whole"; readonly total: number | undefined }
  | { readonly kind: "anew"; readonly why: string }
  | { readonly kind: "ended" }
  | { readonly kind: "refused"; readonly status: number }
  | {
    readonly kind: "cut";
    readonly reason: string;
    readonly pause: number | undefined;
    readonly cause?: unknown;
  };

/** Why a file is asked for as a whole once more. */
export const CHANGED = "it changed each time it was read";
/** The same, where a host does not do what it says. */
export const UNASKED = "its host answers with parts of it that were not asked for";

/** Refuses at once what is not the file: a page in its place, or a size that cannot be. */
export async function throwUnfit(
  { from, total }: RangeAnswer & { readonly kind: "bytes" },
  response: Response,
  part: PartFile,
  file: TransferFile,
  { free = freeBytes }: TransferOptions,
): Promise<void> {
  const folder = file.path.replace(/[/\\][^/\\]*$/, "") || "/";
  const problem = isPage(response, file)
    ? new ResultsError(
      `Cannot download ${file.name}: its host sends a web page in its place, such as one to sign in\n` +
        "  What to do: ask for the results again: that gives new addresses; if that changes nothing, look at the platform",
      { reason: "refused" },
    )
    : total === undefined
    ? undefined
    : sizeProblem(file, total, from === 0 ? 0 : part.size, await free(folder));
  if (problem === undefined) return;
  await response.body?.cancel().catch(() => {});
  throw problem;
}

/** Whether an answer is a web page where another file was asked for. */
function isPage({ headers }: Response, { name, type }: TransferFile): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "") &&
    !/\.x?html?$/i.test(name) && !/html/i.test(type ?? "");
}

/** Writes what comes, after it was seen to follow what is there. */
export async function receive(
  response: Response,
  { from, total, encoded, etag, modified }: RangeAnswer & { readonly kind: "bytes" },
  part: PartFile,
  file: TransferFile,
  options: TransferOptions,
): Promise<Outcome> {
  const { signal } = options;
  const body = plainBody(response, file);
  if (from === 0 && part.size > 0) await part.restart();
  if (from === 0) {
    await part.remember({
      ...(total === undefined ? {} : { total }),
      ...(encoded || etag === undefined ? {} : { etag }),
      ...(encoded || modified === undefined ? {} : { modified }),
    });
  }
  const overlap = part.size - from;
  let known = overlap > 0 ? await part.tail(overlap) : new Uint8Array();
  if (body === null) return { kind: "whole", total };
  const reader = piecesOf(body, { size: PIECE });
  const close = () => void reader.cancel().catch(() => {});
  signal?.addEventListener("abort", close, { once: true });
  try {
    while (true) {
      const next = await reader.read();
      signal?.throwIfAborted();
      if (next === undefined) break;
      let bytes = next;
      if (known.length > 0) {
        const length = Math.min(known.length, bytes.length);
        if (!sameBytes(known.subarray(0, length), bytes.subarray(0, length))) {
          return { kind: "anew", why: CHANGED };
        }
        known = known.subarray(length);
        bytes = bytes.subarray(length);
      }
      if (bytes.length === 0) continue;
      await write(part, bytes, file);
      options.onBytes(part.size, total);
      if (total !== undefined && part.size > total) {
        return { kind: "anew", why: "its host sends more of it than it says that there is" };
      }
    }
  } catch (error) {
    if (error instanceof ResultsError) throw error;
    return { kind: "cut", reason: "the connection broke", pause: undefined, cause: error };
  } finally {
    signal?.removeEventListener("abort", close);
    close();
  }
  await write(part, new Uint8Array(), file, true);
  if (total !== undefined && part.size < total) {
    return { kind: "cut", reason: "the answer ended early", pause: undefined };
  }
  return { kind: "whole", total: encoded ? undefined : total };
}

/** Writes bytes behind those that are there; or, at the end, what is still to be put on the disk. */
async function write(
  part: PartFile,
  bytes: Uint8Array,
  { name }: TransferFile,
  end = false,
): Promise<void> {
  try {
    await part.append(bytes);
    if (end) await part.flush();
  } catch (error) {
    throw diskError(name, error) ?? error;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
