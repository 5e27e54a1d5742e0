import type { Clock } from "../../core/clock.ts";
import { orAborted } from "../../core/waiting.ts";
import { ResultsError } from "../results_error.ts";
import type { Checksum } from "./plan/checksum.ts";
import type { PartFile } from "./part_file.ts";
import { diskError } from "./disk_error.ts";
import { piecesOf } from "./pieces.ts";
import { type RangeAnswer, readAnswer } from "./range_answer.ts";

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
}

/** How much of a part is read again where nothing says that the file is still the same. */
const OVERLAP = 65_536;

/** How long nothing may come, in milliseconds, before a connection counts as lost. */
const SILENCE = 60_000;

/** What came of one request. */
export type Outcome =
  | { readonly kind: "whole"; readonly total: number | undefined }
  | { readonly kind: "anew" }
  | { readonly kind: "ended" }
  | { readonly kind: "refused"; readonly status: number }
  | {
    readonly kind: "cut";
    readonly reason: string;
    readonly pause: number | undefined;
    readonly cause?: unknown;
  };

/** One request, and what of its answer could be written. */
export async function attempt(
  part: PartFile,
  file: TransferFile,
  address: string,
  options: TransferOptions,
): Promise<Outcome> {
  const { signal, clock } = options;
  const validator = part.note?.etag ?? part.note?.modified;
  const from = validator === undefined ? Math.max(0, part.size - OVERLAP) : part.size;
  const connection = new AbortController();
  const onAbort = () => connection.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const stopWatching = abortWhenSilent(part, connection, clock);
  try {
    let response: Response;
    try {
      const asked = options.fetch(address, {
        signal: connection.signal,
        headers: {
          // What is packed for the way cannot be continued, and its length says nothing.
          "accept-encoding": "identity",
          ...(from === 0 ? {} : {
            range: `bytes=${from}-`,
            ...(validator === undefined ? {} : { "if-range": validator }),
          }),
        },
      });
      response = await orAborted(asked, connection.signal);
    } catch (error) {
      signal?.throwIfAborted();
      throwPermission(file, error);
      return { kind: "cut", reason: "its host cannot be reached", pause: undefined, cause: error };
    }
    const answer = readAnswer(response, from, clock.now());
    const told = await answered(answer, response, part, from);
    if (told !== undefined) {
      await response.body?.cancel().catch(() => {});
      return told;
    }
    if (answer.kind !== "bytes") return { kind: "anew" };
    return await receive(response, answer, part, file, { ...options, signal: connection.signal });
  } finally {
    stopWatching();
    signal?.removeEventListener("abort", onAbort);
    connection.abort();
  }
}

/** What an answer without usable bytes comes to; nothing of one whose bytes are to be read. */
async function answered(
  answer: RangeAnswer,
  response: Response,
  part: PartFile,
  from: number,
): Promise<Outcome | undefined> {
  switch (answer.kind) {
    case "bytes": {
      const before = part.note?.total;
      const changed = from > 0 && answer.from > 0 && before !== undefined &&
        answer.total !== undefined && answer.total !== before;
      return changed ? { kind: "anew" } : undefined;
    }
    case "past-end":
      // Whoever asks behind the last byte of a file that is whole has all of it.
      return answer.total === part.size && part.note?.total === part.size &&
          (part.note.etag ?? part.note.modified) !== undefined
        ? { kind: "whole", total: part.size }
        : { kind: "anew" };
    case "unusable":
      return { kind: "anew" };
    case "passing":
      return { kind: "cut", reason: `its host answers ${answer.status}`, pause: answer.pause };
    case "refused":
      return answer.status === 403 && !await saysExpired(response)
        ? { kind: "refused", status: 451 }
        : answer;
    default:
      return answer;
  }
}

/** Whether a refusal is about time: only then a new address helps. */
async function saysExpired(response: Response): Promise<boolean> {
  const reader = response.body?.getReader();
  const text = new TextDecoder().decode((await reader?.read().catch(() => undefined))?.value);
  await reader?.cancel().catch(() => {});
  return /expired|has passed|no longer valid/i.test(text.slice(0, 10_000));
}

/** Writes what comes, after it was seen to follow what is there. */
async function receive(
  response: Response,
  { from, total, encoded, etag, modified }: RangeAnswer & { readonly kind: "bytes" },
  part: PartFile,
  file: TransferFile,
  options: TransferOptions,
): Promise<Outcome> {
  const { signal } = options;
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
  if (response.body === null) return { kind: "whole", total };
  const reader = piecesOf(response.body);
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
          return { kind: "anew" };
        }
        known = known.subarray(length);
        bytes = bytes.subarray(length);
      }
      if (bytes.length === 0) continue;
      await write(part, bytes, file);
      options.onBytes(part.size, total);
      if (total !== undefined && part.size > total) return { kind: "anew" };
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

/** Gives a connection up on which nothing has come for too long. */
function abortWhenSilent(part: PartFile, connection: AbortController, clock: Clock): () => void {
  const stopping = new AbortController();
  const watch = async () => {
    for (let before = -1; part.size !== before;) {
      before = part.size;
      await clock.sleep(SILENCE, stopping.signal);
    }
    connection.abort(new DOMException("Nothing came for a minute", "TimeoutError"));
  };
  watch().catch(() => {});
  return () => stopping.abort(null);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** A host that Deno was not allowed to reach is named: no address is. */
function throwPermission({ name }: TransferFile, error: unknown): void {
  if (!(error instanceof Error) || error.name !== "NotCapable") return;
  const [, host] = /net access to "([^"/]+)"/.exec(error.message) ?? [];
  throw new ResultsError(
    `Cannot download ${name}: Deno was started without the permission to reach ${
      host ?? "its host"
    }\n` +
      `  What to do: run with --allow-net=${host ?? "…"}`,
    { reason: "permission" },
  );
}
