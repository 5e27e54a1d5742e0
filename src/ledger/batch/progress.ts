import { count } from "../../core/units.ts";
import type { Frame } from "../../display/follow/screen.ts";
import { displayable } from "../../display/render/displayable.ts";
import { type Line, strong } from "../../display/render/document.ts";
import { isMade, type LedgerEntry } from "../journal/entry.ts";
import { wordOf } from "../views/ledger_table.ts";

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
    const word = entry === undefined ? "to send" : wordOf(entry);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { total: keys.length, made, counts, errors: errors.slice(-3), waiting };
}

/** The one frame that a batch shows while it is sent. */
export function frameOf(progress: BatchProgress, path: string): Frame {
  const { total, made, counts, errors, waiting } = progress;
  const parts = [...counts].map(([word, amount]) => `${amount} ${word}`);
  const lead = `${made} of ${count(total, "job")} made`;
  const lines: Line[] = [
    parts.join(" · "),
    ...(waiting === undefined ? [] : [`Waiting: ${waiting}`]),
    ...errors.map((error) => `Went wrong: ${error}`),
    `Written down in ${path}; after Stop the same call goes on.`,
  ];
  return {
    line: [lead, ...parts, ...(waiting === undefined ? [] : [waiting])].join(" · "),
    view: displayable(() => [
      { kind: "line", line: [strong(lead)] },
      { kind: "note", tone: errors.length === 0 ? "plain" : "warning", lines },
    ]),
  };
}
