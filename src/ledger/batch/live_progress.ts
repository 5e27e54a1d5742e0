import type { Clock } from "../../core/clock.ts";
import type { Screen } from "../../display/follow/screen.ts";
import { createPainter } from "../../display/views/results/footprints.ts";
import type { LedgerEntry } from "../journal/entry.ts";
import { wordOf } from "../views/ledger_table.ts";
import type { PlannedRequest } from "./plan.ts";
import { type BatchProgress, frameOf, progressOf, UNSENT } from "./progress.ts";

/** What is shown, and where. */
export interface LiveProgressOptions {
  /** The requests of the batch. */
  readonly requests: readonly PlannedRequest[];
  /** What the ledger holds, as it is now. */
  readonly journal: {
    readonly path: string;
    readonly entries: ReadonlyMap<string, LedgerEntry>;
  };
  /** Where the frames go; nowhere if there is none. */
  readonly screen: Screen | undefined;
  /** What waits between two frames. */
  readonly clock: Pick<Clock, "sleep">;
  /** Whether to draw where the requests are. */
  readonly map: boolean;
  /** Is told of everything. */
  readonly onUpdate?: ((progress: BatchProgress) => void) | undefined;
}

/** The view of a batch that is being sent. */
export interface LiveProgress {
  /** Is told what it waits for, and what went wrong. */
  report(news: { readonly waiting?: string; readonly error?: string }): void;
  /** Shows the last frame, and lets go of the screen. */
  close(): Promise<void>;
}

/** The least pause between two frames, in milliseconds. */
const LEAST_PAUSE = 1_000;

/** The most errors that are kept. */
const MOST_ERRORS = 3;

/**
 * Shows how a batch goes, in one output that updates in place. A frame that cannot be shown is none: what is sent does
 * not depend on it.
 */
export function liveProgress(options: LiveProgressOptions): LiveProgress {
  const { requests, journal, screen, clock, onUpdate } = options;
  const keys = requests.map(({ key }) => key);
  const paint = createPainter();
  let errors: readonly string[] = [];
  let waiting: string | undefined;
  let isNew = false, isEmpty = true;
  let showing: Promise<void> | undefined;
  const closing = new AbortController();

  const show = async (to: Screen) => {
    const progress = progressOf(keys, journal.entries, { errors, waiting });
    const map = options.map && to.pictures
      ? await paint(placesOf(requests, journal.entries), { compact: true })
      : undefined;
    try {
      await to.show(frameOf(progress, journal.path, map));
    } catch {
      // A screen that is gone takes its frames with it, not the batch.
    }
  };
  /** Shows what is new, a pause after the one before: also the last thing that is told before a long wait. */
  const keepShowing = async (to: Screen) => {
    while (isNew && !closing.signal.aborted) {
      isNew = false;
      await show(to);
      await clock.sleep(LEAST_PAUSE, closing.signal).catch(() => {});
    }
    showing = undefined;
  };
  return {
    report(news) {
      waiting = news.waiting;
      if (news.error !== undefined) errors = [...errors, news.error].slice(-MOST_ERRORS);
      onUpdate?.(progressOf(keys, journal.entries, { errors, waiting }));
      [isNew, isEmpty] = [true, false];
      if (screen !== undefined) showing ??= keepShowing(screen);
    },
    async close() {
      if (screen === undefined) return;
      closing.abort(null);
      await showing;
      if (!isEmpty) await show(screen);
      await screen.close().catch(() => {});
    },
  };
}

/** Where the requests are, and how far each is. */
function placesOf(
  requests: readonly PlannedRequest[],
  entries: ReadonlyMap<string, LedgerEntry>,
) {
  return requests.map(({ key, request: { parameters } }) => {
    const entry = entries.get(key);
    const status = entry === undefined ? UNSENT : wordOf(entry);
    return { parameters, status, ...(entry?.id === undefined ? {} : { id: entry.id }) };
  });
}
