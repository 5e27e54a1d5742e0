// deno task fuzz [--seconds=10] [--inputs=1000000] [--seed=1] [--kind=answers]
import { fuzz } from "./fuzz.ts";

const given = new Map(Deno.args.map((text): [string, string] => {
  const [name = "", value = ""] = text.replace(/^--/, "").split("=");
  return [name, value];
}));
const seed = Number(given.get("seed") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const most = Number(given.get("inputs") ?? Infinity);
const seconds = given.has("inputs") ? Infinity : Number(given.get("seconds") || 10);
const end = performance.now() + seconds * 1000;
const kind = given.get("kind");

const { counts, failure } = await fuzz({
  seed,
  goesOn: (inputs) => inputs < most && performance.now() < end,
  only: kind === undefined ? undefined : [kind],
});
const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
const each = [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
console.log(`${all} inputs from seed ${seed}: ${each}`);
if (failure !== undefined) {
  console.error(failure.error);
  console.error(
    `Failed: once more with deno task fuzz --kind=${failure.kind} --seed=${failure.seed} --inputs=1`,
  );
  Deno.exit(1);
}
