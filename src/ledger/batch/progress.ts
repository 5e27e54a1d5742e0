import { count } from "../../core/units.ts";
import type { Frame } from "../../display/follow/screen.ts";
import { displayable } from "../../display/render/displayable.ts";
import { barOf, type Figures, figuresLine, figuresWords } from "../../display/follow/frame/lead.ts";
import { barPieces } from "../../display/render/bar.ts";
import { type Block, type Line, muted } from "../../display/render/document.ts";
import { isMade, type LedgerEntry } from "../journal/entry.ts";
import { fileName, wordOf } from "../views/ledger_table.ts";

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
export const UNSENT = "to send";

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
