import type { HttpConfig } from "../../http/config.ts";
import { AuthenticationError, NotFoundError } from "../../http/errors.ts";
import { retryPause } from "../../http/retry.ts";
import { wordMessage } from "../../http/wording.ts";
import { connection, type Memory, type StreamOptions } from "./connection.ts";
import type { Report } from "../report.ts";
import { mayPass, problemOf } from "../trouble.ts";

/** That a stream cannot be had or kept, and why: whoever watches has to ask instead. */
export interface StreamLost {
  /** Why, in words. */
  readonly lost: string;
}

/** How often in a row a connection is made anew before the stream is given up. */
const RECONNECTS = 5;

/** How long a connection has to last before its loss is the first in a row again, in milliseconds. */
const LASTING = 60_000;

/**
 * The snapshots of a stream, over as many connections as it takes: a lost one is made anew after growing pauses,
 * five times in a row at most. Only a connection that has lasted, and told something, ends such a row: one that dies
 * after each snapshot would be made for ever. A refused token is replaced by a fresh one.
 *
 * @returns why the stream is lost, when it is; it never ends by itself.
 * @throws {NotFoundError} if there is no such task.
 * @throws {AuthenticationError} if a fresh token is refused as well, or there is none.
 */
export async function* stream<T>(
  config: HttpConfig,
  options: StreamOptions<T>,
): AsyncGenerator<Report<T>, StreamLost> {
  const { signal } = options;
  const { clock, auth, timeout } = config;
  const memory: Memory<T> = { heard: false, readings: 0 };
  let failures = 0;
  let shortRenewals = 0;
  let renewed = false;
  let fresh: string | undefined;
  while (true) {
    signal.throwIfAborted();
    let problem: string;
    let took: number | undefined;
    try {
      const token = fresh ?? await auth?.tokens.get({ signal, timeout }) ?? "";
      fresh = undefined;
      const began = clock.now();
      const before = memory.readings;
      const end = yield* connection(config, options, { token, memory });
      const lasted = clock.now() - began >= LASTING;
      const read = memory.readings > before;
      if (read) renewed = false;
      if (read && lasted) failures = shortRenewals = 0;
      if (end.kind === "none") return { lost: end.problem };
      if (end.kind === "not-found") throw notFound(options);
      if (end.kind === "refused") {
        fresh = renewed ? token : await auth?.tokens.renew(token, { signal, timeout }) ?? token;
        if (fresh === token) throw notAuthenticated(options, { words: end.words, renewed });
        renewed = true;
        if (lasted || shortRenewals++ === 0) continue;
        problem = "the service takes each token for a moment only";
      } else {
        ({ problem, took } = { took: undefined, ...end });
      }
    } catch (error) {
      // Of what is thrown here, only a token function that failed can pass.
      signal.throwIfAborted();
      if (!mayPass(error, memory.heard)) throw error;
      problem = problemOf(error);
    }
    if (failures >= RECONNECTS) return { lost: `${problem}, ${RECONNECTS + 1} times in a row` };
    yield {
      kind: "failure",
      problem: `${problem}; reconnecting`,
      ...(took === undefined ? {} : { took }),
    };
    await clock.sleep(retryPause(failures++, config.random), signal);
  }
}

type Wording = Pick<StreamOptions<unknown>, "headline" | "hintFor">;

function notFound({ headline, hintFor }: Wording): NotFoundError {
  const errorCode = "TASK_NOT_FOUND";
  const hint = hintFor({ status: 404, errorCode, message: "" });
  return new NotFoundError(
    wordMessage(`${headline}: the service answered ${errorCode}`, { hint }),
    { status: 404, errorCode, content: "", hint },
  );
}

function notAuthenticated(
  { headline, hintFor }: Wording,
  { words, renewed }: { readonly words: string; readonly renewed: boolean },
): AuthenticationError {
  const errorCode = "AUTHENTICATION_FAILED";
  const hint = hintFor({ status: 401, errorCode, message: words });
  const said = `${errorCode}${renewed ? ", to a fresh token as well" : ""}`;
  return new AuthenticationError(
    wordMessage(`${headline}: the service answered ${said}${words === "" ? "" : `: ${words}`}`, {
      hint,
    }),
    { status: 401, errorCode, content: "", hint },
  );
}
