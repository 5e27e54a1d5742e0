import { type Clock, orAborted } from "../../../core/waiting.ts";
import { ResultsError } from "../../results_error.ts";
import type { PartFile } from "./part_file.ts";
import { type RangeAnswer, readAnswer } from "./range_answer.ts";
import {
  CHANGED,
  type Outcome,
  receive,
  throwUnfit,
  type TransferFile,
  type TransferOptions,
  UNASKED,
} from "./receive.ts";

/** How much of a part is read again where nothing says that the file is still the same. */
const OVERLAP = 65_536;

/** How long nothing may come, in milliseconds, before a connection counts as lost. */
const SILENCE = 60_000;

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
    if (answer.kind !== "bytes") return { kind: "anew", why: UNASKED };
    await throwUnfit(answer, response, part, file, options);
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
      return changed ? { kind: "anew", why: CHANGED } : undefined;
    }
    case "past-end":
      // Whoever asks behind the last byte of a file that is whole has all of it.
      return answer.total === part.size && part.note?.total === part.size &&
          (part.note.etag ?? part.note.modified) !== undefined
        ? { kind: "whole", total: part.size }
        : { kind: "anew", why: CHANGED };
    case "unusable":
      return { kind: "anew", why: UNASKED };
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
