/**
 * Runs the tests on a machine that has other things to do: pinned to one core beside busy processes, several times in a
 * row, until one of them fails. Whatever depends on how long something takes shows itself here.
 * `deno task test:loaded [--times=3] [--busy=5] [--core=1] [what deno test takes]`
 *
 * @module
 */
import { parseLoad, pinned } from "./load.ts";

const text = new TextEncoder();
const say = (line: string) => void Deno.stderr.writeSync(text.encode(`${line}\n`));

const load = parseLoad(Deno.args, navigator.hardwareConcurrency);
const hasTaskset = await new Deno.Command("taskset", { args: ["--version"], stdout: "null" })
  .output().then(({ success }) => success, () => false);
if (!hasTaskset) {
  say(`There is no taskset here: ${load.busy} busy processes for every core instead`);
}

// A busy process looks up now and then: it ends with whoever holds the other end of its input, however that one ended.
const BUSY = `Deno.stdin.read(new Uint8Array(1)).then(() => Deno.exit());
while (true) {
  const until = performance.now() + 100;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve));
}`;
const start = (command: readonly string[], stdin: "piped" | "null") => {
  const [program = "", ...args] = hasTaskset ? pinned(command, load.core) : command;
  return new Deno.Command(program, { args, stdin }).spawn();
};

let failed = false;
const amount = load.busy * (hasTaskset ? 1 : navigator.hardwareConcurrency);
const busy = Array.from(
  { length: amount },
  () => start([Deno.execPath(), "eval", "--no-lock", BUSY], "piped"),
);
try {
  for (let run = 1; run <= load.times && !failed; run++) {
    const begin = Date.now();
    const { success } = await start(
      [Deno.execPath(), "task", "--quiet", "test", ...load.args],
      "null",
    ).status;
    failed = !success;
    const minutes = ((Date.now() - begin) / 60_000).toFixed(1);
    say(`Run ${run} of ${load.times}: ${success ? "passed" : "FAILED"} after ${minutes} min`);
  }
} finally {
  for (const { stdin } of busy) await stdin.close();
  await Promise.all(busy.map(({ status }) => status));
}
if (failed) Deno.exit(1);
