/** Where this package's own files are: frames there are nobody's but ours. */
const HERE = new URL("../", import.meta.url).href;

/** How many frames the runtimes keep by themselves. */
const USUAL_FRAMES = 10;

/** A frame of a stack, as V8 and JavaScriptCore write them. */
const FRAME = /^\s{0,9}at \S|^[^\s@]{0,200}@\S+:\d+:\d+$/;

/** A frame that is the runtime's, not somebody's: in its own modules, or a built-in function. */
const RUNTIME = /\b(?:ext|node|deno|bun|internal):|\(<anonymous>\)|\(index \d+\)|\(native\)/;

/**
 * A stack as somebody wants to see it who calls this package: the message, and the line of their own that led here.
 * Whoever works on the package asks the runtime for more than its ten frames, `Error.stackTraceLimit = 50`, and gets all.
 */
export function shortStack(stack: string, limit: unknown = limitOf(Error)): string {
  if (typeof limit === "number" && limit > USUAL_FRAMES) return stack;
  const lines = stack.split("\n");
  let first = lines.length;
  while (first > 0 && FRAME.test(lines[first - 1] ?? "")) first--;
  const own = lines.slice(first).find((frame) => !frame.includes(HERE) && !RUNTIME.test(frame));
  return [...lines.slice(0, first), ...(own === undefined ? [] : [own])].join("\n");
}

/** The reason of a stop: as the platform's own aborts, with the stack as somebody wants to see it who stopped. */
export function abortError(message: string): DOMException {
  const error = new DOMException(message, "AbortError");
  const value = shortStack(error.stack ?? "");
  Reflect.defineProperty(error, "stack", { value, writable: true, configurable: true });
  return error;
}

function limitOf(error: object): unknown {
  return "stackTraceLimit" in error ? error.stackTraceLimit : undefined;
}
