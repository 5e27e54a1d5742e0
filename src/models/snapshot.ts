/** How a snapshot was learned: pushed through a WebSocket, or asked for. */
export type Via = "socket" | "polling";

/**
 * What is known of a piece of work at one moment.
 *
 * @typeParam T a job, a task, or the list of all one's work.
 */
export interface Snapshot<T> {
  /** The work as it was last read. */
  readonly value: T;
  /** When it was read. */
  readonly at: Date;
  /** How it was learned. */
  readonly via: Via;
  /** Whether the work has ended: no snapshot comes after this one. */
  readonly done: boolean;
  /** How many jobs there will be, if it is known; of a task. */
  readonly expectedJobs?: number;
  /**
   * What stands in the way at the moment, in words: a connection that is being made anew, a platform that cannot be
   * asked. The work itself is as it was.
   */
  readonly problem?: string;
}

/** What a watch watches. */
export interface WatchSubject {
  /** A job, an upscaling task, or all of one's work. */
  readonly kind: "job" | "task" | "list";
  /** The number of the job or task. */
  readonly id?: number;
}

/**
 * Work being watched: an async iterable of snapshots, which comes to its end when the work does. Each loop over it
 * watches anew; leaving the loop closes whatever it had open.
 */
export interface Watch<T> extends AsyncIterable<Snapshot<T>> {
  /** What is watched. */
  readonly subject: WatchSubject;
  /**
   * Begins to watch. Leaving the iterator (`return()`, or `await using`) closes at once what it has open, even while
   * its next snapshot is awaited.
   */
  [Symbol.asyncIterator](): AsyncIteratorObject<Snapshot<T>, void>;
  /** The same watch, which also ends, with the signal's reason, when the signal aborts. */
  until(signal: AbortSignal): Watch<T>;
}
