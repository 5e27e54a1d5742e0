/**
 * What to tell somebody whose runtime is too old for this package, judged by what it can do; nothing if it is not.
 * Without it he would be told the name of a function that is missing.
 */
export function tooOld(
  union: unknown = Reflect.get(Set.prototype, "union"),
  // Asked for only where it is needed: the mere look at it makes Deno load its Node.js side, which takes 10 ms.
  process: () => unknown = () => Reflect.get(globalThis, "process"),
): string | undefined {
  if (typeof union === "function") return undefined;
  const { node }: { node?: unknown } = Object(Object(process()).versions);
  const here = typeof node === "string" ? `Node.js ${node}` : "an older runtime";
  return `@apex-dispatch/client needs Node.js 22.12 or newer, Deno 2.9 or newer, or Bun: this is ${here}`;
}

// The first thing that every door of the package loads.
const message = tooOld();
if (message !== undefined) throw new Error(message);
