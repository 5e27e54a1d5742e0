import { comparisons } from "./cases.ts";

const { all, [Symbol.asyncDispose]: close } = await comparisons();
globalThis.addEventListener("unload", () => void close());
for (const { name, plain, ours, rounds } of all) {
  const n = Math.min(rounds, 200);
  if (plain !== undefined) {
    Deno.bench({ name: plain.name, group: name, baseline: true, n, fn: wait(plain.run) });
  }
  Deno.bench({
    name: ours.name,
    group: name,
    baseline: plain === undefined,
    n,
    fn: wait(ours.run),
  });
}

function wait(run: () => unknown): () => Promise<void> {
  return async () => void await run();
}
