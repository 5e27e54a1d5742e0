/**
 * Calls back when the Stop button of a notebook, or Ctrl+C in a terminal, asks to stop: a kernel to which nobody
 * listens dies of it.
 *
 * @returns a function that stops listening.
 */
export function onStop(callback: () => void): () => void {
  try {
    Deno.addSignalListener("SIGINT", callback);
  } catch {
    // No signals on this platform: then nothing can be stopped either.
    return () => {};
  }
  return () => Deno.removeSignalListener("SIGINT", callback);
}
