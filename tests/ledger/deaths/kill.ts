/**
 * Kills a program that submits a batch, again and again, with and without marked titles, and sees that each request was
 * sent once. `deno task kill [--requests=200] [--kills=50] [--latest=60]`
 *
 * @module
 */
import { killAgainAndAgain } from "./kills.ts";

const OPTIONS = { requests: 200, kills: 50, latest: 60 };

/** The options that were given, and of the others what is usual. */
function parse(args: readonly string[]): typeof OPTIONS {
  const given = { ...OPTIONS };
  for (const arg of args) {
    const [, name, value] = /^--(requests|kills|latest)=(\d+)$/.exec(arg) ?? [];
    if (name !== "requests" && name !== "kills" && name !== "latest") {
      throw new Error(`${arg}: expected --requests=, --kills= or --latest=, each a number`);
    }
    given[name] = Number(value);
  }
  return given;
}

const { requests: amount, kills, latest } = parse(Deno.args);
for (const titleToken of ["on", "off"] as const) {
  const { killed, midway, jobs } = await killAgainAndAgain({ amount, kills, latest, titleToken });
  console.log(
    `titleToken ${titleToken}: started ${
      kills + 1
    } times, killed ${killed} times before the end, ` +
      `with ${midway} requests on their way; ${jobs} jobs for ${amount} requests, each once`,
  );
}
