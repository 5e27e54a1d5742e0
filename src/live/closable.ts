/** An iterator over something that goes on, which can be left at any time. */
export type Closable<T> = AsyncIteratorObject<T, undefined>;

const LEFT = new DOMException("The loop was left", "AbortError");

/**
 * An iterator that closes what is under way as soon as it is left, even while somebody waits for its next value:
 * that wait then ends without one. It ends with a signal's reason as soon as one of the signals aborts.
 *
 * @param start begins what is iterated over; the signal that it is given aborts in each of these cases.
 */
export function closable<T>(
  signals: readonly AbortSignal[],
  start: (signal: AbortSignal) => AsyncGenerator<T, void>,
): Closable<T> {
  const leaving = new AbortController();
  const onAbort = (event: Event) => {
    if (event.target instanceof AbortSignal) leaving.abort(event.target.reason);
  };
  for (const signal of signals) {
    if (signal.aborted) leaving.abort(signal.reason);
    else signal.addEventListener("abort", onAbort, { once: true });
  }
  const release = () => signals.forEach((signal) => signal.removeEventListener("abort", onAbort));
  const generator = start(leaving.signal);
  const end = { done: true, value: undefined } as const;
  const leave = async () => {
    release();
    leaving.abort(LEFT);
    await generator.return().catch(() => {});
    return end;
  };
  return {
    async next() {
      try {
        const result = await generator.next();
        if (!result.done) return result;
        release();
        return end;
      } catch (error) {
        release();
        if (error === LEFT) return end;
        throw error;
      }
    },
    return: leave,
    async [Symbol.asyncDispose]() {
      await leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
