import { oneLine } from "../core/text.ts";
import type { Creation } from "./wire.ts";

/** What a message says after its headline. */
export interface Particulars {
  /** What to do. */
  readonly hint?: string | undefined;
  /** The reason that the other side gave, beyond its headline. */
  readonly reason?: string | undefined;
  /** What the service said itself, where the headline is somebody else's words. */
  readonly passedOn?: string | undefined;
  /** The correlation id. */
  readonly requestId?: string | undefined;
}

/**
 * A whole message: a notebook prints nothing of an error but its message, so everything is in it, each
 * particular on a line of its own.
 */
export function wordMessage(headline: string, particulars: Particulars): string {
  const { reason, passedOn, hint, requestId } = particulars;
  return [
    headline,
    ...(reason === undefined || reason === "" ? [] : [`Reason given: ${reason}`]),
    ...(passedOn === undefined ? [] : [`Passed on as: ${passedOn}`]),
    ...(hint === undefined ? [] : [`What to do: ${hint}`]),
    ...(requestId === undefined ? [] : [`Request id: ${oneLine(requestId, 200)}`]),
  ].join("\n  ");
}

/** What to do before a call that creates is made again, and why. */
export function lookFirst(
  { what, where }: Creation = { what: "result", where: "look whether it was carried out" },
  how: string = "may exist all the same",
): string {
  return `before you try again, ${where}: the ${what} ${how}`;
}
