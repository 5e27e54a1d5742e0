// Measures each comparison in turns, ours and the other ways, and prints the ratio of the medians: what a machine is
// busy with besides falls on all alike.
import { type Comparison, comparisons, type Other } from "./cases.ts";

/** As many rounds go before those that count, and no more than these: an engine compiles what it has seen often. */
const MOST_WARM_UP = 1500;

/** Measures only what has this in its name. */
const [wanted = ""] = Deno.args;

await using set = await comparisons();
for (const comparison of set.all.filter(({ name }) => name.includes(wanted))) {
  console.log(await report(comparison));
}
const { atOnce, all } = set.modules;
console.log(`modules on the way of mod.ts: ${all}, of which ${atOnce} are loaded with it`);

async function report({ name, ours, most, others, rounds }: Comparison): Promise<string> {
  const ways = [ours, ...others];
  const times = ways.map((): number[] => []);
  const warmUp = Math.min(rounds, MOST_WARM_UP);
  for (let round = -warmUp; round < rounds; round++) {
    // What one way leaves behind, such as garbage, the next one pays for: so that is another one each time.
    for (const index of shuffled([...ways.keys()])) {
      const start = performance.now();
      await ways[index]?.run();
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  const [own = NaN, ...theirs] = times.map(median);
  const lines = others.map((other, index) => lineOf(other, own, theirs[index] ?? NaN));
  const first = `  ${ours.name}`.padEnd(56) + show(own).padStart(11) +
    (most === undefined ? "" : `${" ".repeat(12)}aim ≤ ${most} ms ${verdict(own <= most)}`);
  return [`${name} (median of ${rounds})`, first, ...lines, ""].join("\n");
}

function lineOf({ name, aim }: Other, own: number, other: number): string {
  const ratio = own / other;
  const more = own - other;
  const found = aim !== undefined && "more" in aim
    ? `${more < 0 ? "−" : "+"}${Math.abs(more).toFixed(1)} ms`
    : `${ratio.toFixed(2)} ×`;
  const wanted = aim === undefined
    ? ""
    : "more" in aim
    ? `  aim ≤ +${aim.more} ms ${verdict(more <= aim.more)}`
    : `  aim ${aim.ratio === 1 ? "<" : "≤"} ${aim.ratio.toFixed(2)} × ${
      verdict(aim.ratio === 1 ? ratio < 1 : ratio <= aim.ratio)
    }`;
  return `  ${name}`.padEnd(56) + show(other).padStart(11) + found.padStart(10) + wanted;
}

function verdict(met: boolean): string {
  return met ? "met" : "NOT MET";
}

function shuffled(items: readonly number[]): number[] {
  return items.map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function show(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 3 : 1)} ms`;
}
