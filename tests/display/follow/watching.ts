import type { ManualClock } from "../../support/clock.ts";
import type { Displayable } from "../../../src/display/render/displayable.ts";
import type { Kernel, Screen } from "../../../src/display/follow/screen.ts";
import type {
  ProblemListener,
  Snapshot,
  Watch,
  WatchSubject,
} from "../../../src/models/snapshot.ts";

/** A watch that says what a test tells it to say. */
export interface FakeWatch<T> extends Watch<T> {
  /** Tells a snapshot: of this value, read at the time 0 through the socket, with these changes. */
  tell(value: T, changes?: Partial<Snapshot<T>>): void;
  /** Tells the last snapshot. */
  finish(value: T, changes?: Partial<Snapshot<T>>): void;
  /** Ends with an error. */
  fail(error: unknown): void;
  /** Says what stands in the way. */
  trouble(problem: string | undefined): void;
  /** How many loops go over it. */
  readonly open: number;
}

/** Makes a watch that is driven by a test, for one loop. */
export function fakeWatch<T>(subject: WatchSubject = { kind: "job", id: 42 }): FakeWatch<T> {
  const told: (Snapshot<T> | { readonly error: unknown })[] = [];
  let wake = () => {};
  let open = 0;
  const listeners: ProblemListener[] = [];

  const say = (news: Snapshot<T> | { readonly error: unknown }) => {
    told.push(news);
    wake();
  };
  async function* snapshots(signals: readonly AbortSignal[]): AsyncGenerator<Snapshot<T>, void> {
    open++;
    try {
      while (true) {
        for (const signal of signals) signal.throwIfAborted();
        const next = told.shift();
        if (next === undefined) await change(signals);
        else if ("error" in next) throw next.error;
        else {
          yield next;
          if (next.done) return;
        }
      }
    } finally {
      open--;
    }
  }
  const change = (signals: readonly AbortSignal[]) =>
    new Promise<void>((resolve) => {
      wake = () => {
        for (const signal of signals) signal.removeEventListener("abort", wake);
        resolve();
      };
      for (const signal of signals) signal.addEventListener("abort", wake);
    });
  const over = (signals: readonly AbortSignal[]): Watch<T> => ({
    subject,
    until(signal, onProblem) {
      if (onProblem !== undefined) listeners.push(onProblem);
      return over([...signals, signal]);
    },
    [Symbol.asyncIterator]: () => snapshots(signals),
  });
  const base = { at: new Date(0), via: "socket" as const };
  return {
    ...over([]),
    get open() {
      return open;
    },
    tell: (value, changes) => say({ ...base, value, done: false, ...changes }),
    finish: (value, changes) => say({ ...base, value, done: true, ...changes }),
    fail: (error) => say({ error }),
    trouble: (problem) => listeners.forEach((listener) => listener(problem)),
  };
}

/** A screen that keeps what it is shown. */
export interface FakeScreen extends Screen {
  /** The frames as text. */
  readonly texts: readonly string[];
  /** The frames as lines. */
  readonly lines: readonly string[];
  /** How often it was told that no frame follows. */
  readonly closed: number;
}

/** Makes a screen that keeps what it is shown. */
export function fakeScreen(
  { redraws = true, pictures = false }: { redraws?: boolean; pictures?: boolean } = {},
): FakeScreen {
  const texts: string[] = [];
  const lines: string[] = [];
  let closed = 0;
  return {
    redraws,
    pictures,
    texts,
    lines,
    get closed() {
      return closed;
    },
    show({ view, line }: { view: Displayable; line: string }) {
      texts.push(String(view));
      lines.push(line);
      return Promise.resolve();
    },
    close() {
      closed++;
      return Promise.resolve();
    },
  };
}

/** What a kernel was told to show. */
export interface Message {
  readonly type: string;
  readonly id: unknown;
  readonly bundle: Readonly<Record<string, unknown>>;
}

/** A kernel that keeps what it is told. */
export function fakeKernel(): Kernel & { readonly messages: readonly Message[] } {
  const messages: Message[] = [];
  return {
    messages,
    broadcast(type, { data, transient }) {
      messages.push({ type, id: Object(transient).display_id, bundle: Object(data) });
      return Promise.resolve();
    },
  };
}

/** Lets everything happen that waits for nothing but its turn. */
export async function turn(): Promise<void> {
  for (let times = 0; times < 3; times++) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Lets so many seconds pass, one by one, so that nobody sleeps through the next wait. */
export async function pass(clock: ManualClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1_000);
    await turn();
  }
}
