import { count, formatDuration } from "../core/units.ts";
import type { LedgerWire } from "../api/known/job_ledger.ts";
import { type Screen, screenAtHand } from "../display/follow/screen.ts";
import { displayable } from "../display/render/displayable.ts";
import { stopwatch } from "../live/options.ts";
import { mayPass, problemOf } from "../live/trouble.ts";
import { LedgerError } from "./ledger_error.ts";

/** How an answer is waited for while the service cannot be reached. */
export interface PatienceOptions {
  /** How the service is reached. */
  readonly wire: Pick<LedgerWire, "clock">;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long an outage is borne, in milliseconds.
   *
   * @default {1_800_000}
   */
  readonly maxOutage?: number | undefined;
  /** Is told what is waited for, in words. */
  readonly onWait?: ((words: string) => void) | undefined;
}

/** How long an outage is borne where nobody says otherwise, in milliseconds. */
export const MAX_OUTAGE = 1_800_000;

/** The first pause between two questions, and the longest, in milliseconds. */
const FIRST_PAUSE = 5_000, LONGEST_PAUSE = 60_000;

/**
 * Asks until there is an answer: what may pass by itself is waited for, with growing pauses.
 *
 * @throws {LedgerError} if the outage lasts too long; whatever cannot heal, as it is.
 */
export async function askPatiently<T>(
  ask: () => Promise<T>,
  { wire: { clock }, signal, maxOutage = MAX_OUTAGE, onWait }: PatienceOptions,
): Promise<T> {
  const lasted = stopwatch(LONGEST_PAUSE * 2);
  for (let pause = FIRST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      if (maxOutage === 0 || !mayPass(error, false)) throw error;
      const time = lasted(clock.now());
      if (time >= maxOutage) throw outage(error, time);
      onWait?.(`${awayWords(error)}; asking again in ${formatDuration(pause)}`);
      await clock.sleep(pause, signal);
    }
  }
}

/** That the service does not answer, and why, in words. */
export function awayWords(error: unknown): string {
  return `the service gives no answer (${problemOf(error)})`;
}

/** What is looked for, and when again, in words. */
export function lookingWords(amount: number, milliseconds: number): string {
  const what = amount === 1
    ? "what was sent without an answer"
    : `${count(amount, "request")} that were sent without an answer`;
  return `looking for ${what}, again in ${formatDuration(milliseconds)}`;
}

/** That something is looked for while others are sent, in words. */
export function meanwhileWords(amount: number, others: number): string {
  const words = `looking for ${count(amount, "request")} sent without an answer`;
  return others === 0 ? words : `${words}; what else there is to send is sent meanwhile`;
}

function outage(cause: unknown, lasted: number): LedgerError {
  return new LedgerError(
    `Cannot learn what came of what was sent: for ${formatDuration(lasted)} ${awayWords(cause)}`,
    {
      reason: "unknown",
      hint: "nothing is lost, and nothing is sent twice: run the same call again later, " +
        "or with maxOutage for more patience",
      cause,
    },
  );
}

/** A line that says what is waited for, on the screen at hand; nothing is shown where nothing is waited for. */
export function waitingLine(
  open: () => Screen = screenAtHand,
): { readonly say: (words: string) => void; readonly close: () => Promise<void> } {
  let screen: Screen | undefined;
  const show = async (line: string) => {
    try {
      screen ??= open();
      await screen.show({ line, view: displayable(() => [{ kind: "line", line: [line] }]) });
    } catch {
      // A screen that is gone does not keep anybody from looking.
    }
  };
  return {
    say: (words) => void show(`Waiting: ${words}`),
    async close() {
      if (screen === undefined) return;
      await show("Looked for what was sent without an answer: the ledger says what came of it");
      await screen.close();
    },
  };
}
