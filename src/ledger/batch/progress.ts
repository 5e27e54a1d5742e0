import { count } from "../../core/units.ts";
import type { Clock } from "../../core/waiting.ts";
import { barOf, type Figures, figuresLine, figuresWords } from "../../display/follow/frame/lead.ts";
import type { Frame, Screen } from "../../display/follow/screen.ts";
import { barPieces, type Block, type Line, muted } from "../../display/render/document.ts";
import { displayable } from "../../display/render/displayable.ts";
import { createPainter } from "../../display/views/results/footprints.ts";
import { isMade, type LedgerEntry } from "../journal/entry.ts";
import { fileName, wordOf } from "../ledger_table.ts";
import type { PlannedRequest } from "./plan.ts";

/** How a batch goes. */
export interface BatchProgress {
  /** How many requests there are. */
  readonly total: number;
  /** How many of them are known to be made. */
  readonly made: number;
  /** How many there are of each status; `to send` are those that were not sent yet. */
  readonly counts: ReadonlyMap<string, number>;
  /** The latest that went wrong, at most three. */
  readonly errors: readonly string[];
  /** What it waits for, in words. */
  readonly waiting?: string | undefined;
}

/** How a batch goes, by what its ledger holds. */
export function progressOf(
  keys: readonly string[],
  entries: ReadonlyMap<string, LedgerEntry>,
  { errors, waiting }: Pick<BatchProgress, "errors" | "waiting">,
): BatchProgress {
  const counts = new Map<string, number>();
  let made = 0;
  for (const key of keys) {
    const entry = entries.get(key);
    if (entry !== undefined && isMade(entry)) made++;
    const word = entry === undefined ? UNSENT : wordOf(entry);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { total: keys.length, made, counts, errors: errors.slice(-3), waiting };
}

/** The word for what was not sent yet. */
const UNSENT = "to send";

/** What is not made yet, or of which nobody knows. */
const UNMADE: readonly string[] = [UNSENT, "not sent", "refused", "answer lost", "ambiguous"];

/** The order of the counts: what asks for somebody, what moves, what waits. */
const ORDER = ["ambiguous", "answer lost", "refused", "failed", "canceled", "finished", "running"];

/** The one frame that a batch shows while it is sent: the bar and the signs are those of following. */
export function frameOf(progress: BatchProgress, path: string, map?: Block): Frame {
  const { total, made, counts, errors, waiting } = progress;
  const rank = (word: string) => (ORDER.indexOf(word) + ORDER.length + 1) % (ORDER.length + 1);
  const facts = [...counts].filter(([word]) => word !== "failed")
    .toSorted(([one], [other]) => rank(one) - rank(other))
    .map(([word, amount]) => `${amount} ${word}`);
  const figures: Figures = {
    bar: barOf(new Map([...counts].filter(([word]) => !UNMADE.includes(word))), total - made),
    head: `${made} of ${count(total, "job")} made`,
    failed: counts.get("failed") ?? 0,
    facts,
  };
  const lines: Line[] = [
    ...(waiting === undefined ? [] : [`Waiting: ${waiting}`]),
    ...errors.map((error) => `Went wrong: ${error}`),
  ];
  const kept = `Written down in ${fileName(path)}; after Stop the same call goes on.`;
  return {
    lead: barPieces(figures.bar),
    line: [figuresWords(figures), ...(waiting === undefined ? [] : [waiting])].join(" · "),
    view: displayable(() => [
      { kind: "line", line: figuresLine(figures), bar: figures.bar },
      ...(lines.length === 0
        ? []
        : [{ kind: "note", tone: errors.length === 0 ? "plain" : "warning", lines } as const]),
      ...(map === undefined ? [] : [map]),
      { kind: "line", line: muted(kept) },
    ]),
  };
}

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
