/** Counts the "abort" listeners that come and go on a signal from now on; hands back how many are there. */
export function listenerCount(signal: AbortSignal): () => number {
  const there = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.defineProperty(signal, "addEventListener", {
    value(
      type: string,
      listener: EventListenerOrEventListenerObject,
      options?: AddEventListenerOptions,
    ) {
      there.add(listener);
      add(type, listener, options);
      // A listener for one event is gone after it.
      if (options?.once) add(type, () => there.delete(listener), { once: true });
    },
  });
  Object.defineProperty(signal, "removeEventListener", {
    value(type: string, listener: EventListenerOrEventListenerObject) {
      there.delete(listener);
      remove(type, listener);
    },
  });
  return () => there.size;
}
