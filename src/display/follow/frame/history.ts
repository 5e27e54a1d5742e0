import { hasEnded } from "../../../models/jobs.ts";
import { type Part, partsOf, type Work } from "./work.ts";

/** Since when something is as it is. */
export interface Since {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether the change was seen; else it was so when following began, and may have been for long. */
  readonly seen: boolean;
}

/** What was seen of work while it was followed. The service tells of a task's jobs no times at all. */
export interface History {
  /** Since when a piece has its status, as far as that was seen. */
  since(part: Pick<Part, "kind" | "id">): Since | undefined;
  /** How long jobs ran that were seen from their beginning to their end, in milliseconds. */
  readonly ran: readonly number[];
  /** How many ran at once at the last readings, at the most. */
  readonly atOnce: number;
  /** When a status was last seen to change, in milliseconds since 1970. */
  readonly lastChange: number | undefined;
}

/** A history that is being written. */
export interface WritableHistory extends History {
  /** Is told how the work is at a time. */
  learn(work: Work, at: number): void;
}

/** Over how many readings the most that ran at once is remembered: places are free for a moment between two jobs. */
const READINGS = 10;

/** Makes an empty history. */
export function createHistory(): WritableHistory {
  const known = new Map<string, Since & { readonly status: string }>();
  const ran: number[] = [];
  let running: number[] = [];
  let learned = false;
  let lastChange: number | undefined;
  return {
    ran,
    get atOnce() {
      return Math.max(0, ...running);
    },
    get lastChange() {
      return lastChange;
    },
    since: (part) => known.get(keyOf(part)),
    learn(work, at) {
      let atOnce = 0;
      for (const part of partsOf(work)) {
        const { status } = part;
        const key = keyOf(part);
        const before = known.get(key);
        if (status === "running") atOnce++;
        if (before?.status === status) continue;
        if (learned) lastChange = at;
        if (before?.status === "running" && before.seen && hasEnded(status)) {
          ran.push(at - before.at);
        }
        // A job that was not there at the last reading was made since.
        known.set(key, { status, at, seen: learned });
      }
      running = [...running, atOnce].slice(-READINGS);
      learned = true;
    },
  };
}

function keyOf({ kind, id }: Pick<Part, "kind" | "id">): string {
  return `${kind} ${id}`;
}
