/**
 * Calls back when the Stop button of a notebook, or Ctrl+C in a terminal, asks to stop: a kernel to which nobody
 * listens dies of it.
 *
 * @returns a function that stops listening.
 */
export function onStop(callback: () => void): () => void {
  if (typeof Deno === "undefined") return onNodeStop(callback);
  try {
    Deno.addSignalListener("SIGINT", callback);
  } catch {
    // No signals on this platform: then nothing can be stopped either.
    return () => {};
  }
  return () => Deno.removeSignalListener("SIGINT", callback);
}

/** The same with the events of Node.js and Bun. */
function onNodeStop(callback: () => void): () => void {
  const process: unknown = Reflect.get(globalThis, "process");
  if (!hasEvents(process)) return () => {};
  process.on("SIGINT", callback);
  return () => void process.off("SIGINT", callback);
}

interface Events {
  on(event: string, callback: () => void): unknown;
  off(event: string, callback: () => void): unknown;
}

function hasEvents(value: unknown): value is Events {
  return typeof value === "object" && value !== null && "on" in value && "off" in value &&
    typeof value.on === "function" && typeof value.off === "function";
}
