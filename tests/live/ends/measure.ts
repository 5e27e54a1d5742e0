/**
 * Measures how long a script lives on when its work is over, for each way to leave a watch and each server that does not
 * let go.
 *
 * ```sh
 * deno task ends
 * ```
 *
 * Fails above a second.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { badServer, MANNERS } from "./bad_server.ts";

/** The ways to leave a watch, and the kinds of watches. */
export const WAYS = ["break", "throw", "signal", "return", "dispose", "given up"];
export const KINDS = ["job", "task", "task by socket", "list by socket"];

/** The longest that a script may live on, in milliseconds. */
const MOST = 1_000;

/** After what time one is ended, in milliseconds. */
const FOR_EVER = 20_000;

if (import.meta.main) await report();

async function report(): Promise<void> {
  await using server = badServer();
  const all: number[] = [];
  console.log(["", ...MANNERS].map((name) => name.padStart(8)).join(""), " ms from its end");
  for (const kind of KINDS) {
    for (const way of WAYS) {
      const times: number[] = [];
      // One after the other: they would wait for each other's turns.
      for (const manner of MANNERS) times.push(await livesOn(server.port, [way, kind, manner]));
      all.push(...times);
      const row = times.map((time) =>
        (time === Infinity ? "for ever" : time.toFixed(0)).padStart(8)
      );
      console.log(`${"".padStart(8)}${row.join("")}  ${kind}, ${way}`);
    }
  }
  all.sort((a, b) => a - b);
  const median = all[all.length >> 1] ?? NaN, worst = all.at(-1) ?? NaN;
  console.log(
    `${all.length} scripts: ${median.toFixed(0)} ms in the middle, ${
      worst.toFixed(0)
    } ms at the most ` +
      `(at most ${MOST} ms)`,
  );
  if (!(worst <= MOST)) Deno.exitCode = 1;
}

/** How long a script lives on after it has said that it is over, in milliseconds. */
async function livesOn(port: number, how: readonly string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-prompt", "--allow-net=127.0.0.1"],
      ...["--import-map", fileURLToPath(new URL("../../import_map.npm.json", import.meta.url))],
      fileURLToPath(new URL("leave_child.ts", import.meta.url)),
      ...[String(port), ...how],
    ],
    env: { NO_COLOR: "1", NO_PROXY: "127.0.0.1" },
    stdout: "piped",
  }).spawn();
  let over = NaN, killed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (!chunk.includes("over")) continue;
    over = performance.now();
    timer = setTimeout(() => {
      killed = true;
      child.kill("SIGKILL");
    }, FOR_EVER);
  }
  const { success } = await child.status;
  clearTimeout(timer);
  if (killed) return Infinity;
  if (!success || Number.isNaN(over)) throw new Error(`the script failed: ${how.join(", ")}`);
  return performance.now() - over;
}
