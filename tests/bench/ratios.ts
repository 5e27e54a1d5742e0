// Measures each comparison in turns, ours and the plain way, and prints the ratio of the medians: what a
// machine is busy with besides falls on both alike.
import { type Comparison, comparisons } from "./cases.ts";

const WARM_UP = 10;

await using set = await comparisons();
for (const comparison of set.all) console.log(await report(comparison));

async function report(comparison: Comparison): Promise<string> {
  const { name, plain, ours, rounds, aim } = comparison;
  const times: { readonly plain: number[]; readonly ours: number[] } = { plain: [], ours: [] };
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const side of round % 2 === 0 ? ["plain", "ours"] as const : ["ours", "plain"] as const) {
      const run = side === "plain" ? plain?.run : ours.run;
      if (run === undefined) continue;
      const start = performance.now();
      await run();
      if (round >= 0) times[side].push(performance.now() - start);
    }
  }
  const own = median(times.ours);
  if (plain === undefined || "time" in aim) {
    return `${name}: ${ours.name} ${show(own)}${"time" in aim ? ` (aim ≤ ${aim.time} ms)` : ""}`;
  }
  const other = median(times.plain);
  const wanted = "ratio" in aim ? `aim ≤ ${aim.ratio} ×` : `aim ≤ +${aim.more} ms`;
  const found = "ratio" in aim
    ? `${(own / other).toFixed(2)} ×`
    : `${own >= other ? "+" : "−"}${Math.abs(own - other).toFixed(1)} ms (${
      (own / other).toFixed(2)
    } ×)`;
  return `${name}: ${found} (${wanted}); ${ours.name} ${show(own)}, ${plain.name} ${show(other)}`;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function show(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 3 : 1)} ms`;
}
