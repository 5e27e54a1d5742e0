import { formatBytes } from "../../core/units.ts";

/** What a WebSocket tells whoever holds it. */
export interface SocketEvents {
  open(): void;
  /** A message came; a binary one is empty here. */
  message(text: string): void;
  /** Something is wrong: what the runtime threw, or its words. */
  error(reason: unknown): void;
  /** What came is not taken: why, and whether it is too long. The close comes next. */
  refused(problem: string, tooLong: boolean): void;
  /** It is closed; nothing comes after this. */
  close(code: number, reason: string): void;
  /** This program may not open it; nothing comes after this. */
  forbidden(): void;
}

/** A WebSocket that can be let go of. */
export interface SocketHolder {
  /** Closes it: nothing is told after this, and a moment later nothing is left of it, whatever the server does. */
  close(): Promise<void>;
}

/**
 * The longest message that is taken, in bytes. A snapshot of a task has about 650 bytes for a job whose area is a polygon,
 * so that one of 10,000 jobs has 6.6 MB. A task that is longer is asked for instead, where `maxBody` is the limit. As a
 * text so many bytes take some 35 MB of memory beside what the runtime has, where one letter makes all take two bytes.
 */
export const LONGEST_MESSAGE = 8_000_000;

/** What is wrong with a message of so many bytes. */
export function tooLong(bytes: number): string {
  return `the service sent a message of ${formatBytes(bytes)} through the WebSocket, ` +
    `which takes ${formatBytes(LONGEST_MESSAGE)} at the most`;
}
