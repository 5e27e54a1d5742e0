import { formatInstant } from "../../../core/units.ts";
import { hasEnded } from "../../../models/jobs.ts";
import { type Snapshot, watchCall, type WatchSubject } from "../../../models/snapshot.ts";
import { type Block, command, type Line } from "../../render/document.ts";
import { nextStep, remarksOn } from "../../views/work/job.ts";
import type { Work } from "./work.ts";

/** How following ended, if not with the work: nobody watches any more, or an error. */
export type End =
  | { readonly kind: "stopped" }
  | { readonly kind: "error"; readonly error: unknown };

/** The most lines of an error that are shown. */
const MAX_LINES = 20;

/** What is told of how following ended. */
export interface Ending {
  /** What is followed. */
  readonly subject: WatchSubject;
  /** What is known of it. */
  readonly snapshot: Snapshot<Work> | undefined;
  /** When it ended. */
  readonly now: Date;
}

/** What a frame says of how following ended. */
export function endBlock(end: End, ending: Ending): Block {
  if (end.kind === "error") return { kind: "note", tone: "error", lines: linesOf(end.error) };
  const again: Line = ["Take it up again with ", command(againCall(ending))];
  return {
    kind: "note",
    tone: "warning",
    lines: [
      `Stopped watching at ${formatInstant(ending.now)}: ${stillWords(ending)}`,
      again,
      "Run all goes on with the next cell.",
    ],
  };
}

/** The same in lines of plain words: the first to stand beside the figures, the others alone. */
export function endWords(end: End, ending: Ending): readonly string[] {
  return end.kind === "error"
    ? linesOf(end.error).slice(0, 1)
    : [`stopped watching: ${stillWords(ending)}`, `Take it up again with ${againCall(ending)}`];
}

/** What there is to do once the work has ended by itself. */
export function nextBlocks(work: Work): readonly Block[] {
  if ("processing_jobs" in work) return [];
  if ("jobs" in work) {
    const lost = work.jobs.some(({ status }) => hasEnded(status) && status !== "finished");
    const call = command(`await retryFailed(client, ${work.id}, { format })`);
    return lost
      ? [{
        kind: "line",
        line: ["Make again what failed: ", call, ", in the format that was asked for"],
      }]
      : [];
  }
  const next = nextStep(work);
  return [
    ...(next === undefined ? [] : [{ kind: "line", line: next } as const]),
    ...remarksOn(work),
  ];
}

/** What the followed work is called in a sentence. */
export function nameOf({ kind, id, part }: WatchSubject): string {
  if (part !== undefined) return part.name;
  return kind === "list" ? "all work" : `${kind}${id === undefined ? "" : ` ${id}`}`;
}

function stillWords({ subject, snapshot }: Ending): string {
  const value = snapshot?.value;
  const status = value !== undefined && "status" in value ? value.status : "";
  const is = ["created", "queued", "running"].includes(status) ? `is still ${status}` : "goes on";
  return `${
    subject.kind === "list" && subject.part === undefined ? "the work" : nameOf(subject)
  } ${is}`;
}

function againCall({ subject, snapshot }: Ending): string {
  return `await follow(${watchCall(subject, snapshot?.expectedJobs)})`;
}

function linesOf(error: unknown): string[] {
  const message = error instanceof Error && error.message !== "" ? error.message : String(error);
  const lines = message.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.length === 0 ? ["An error without a word"] : lines.slice(0, MAX_LINES);
}
