import { assert, assertEquals } from "@std/assert";
import { openLedger } from "../../../src/ledger/mod.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/mod.ts";
import { clientOf, withFolder } from "../support.ts";

/** A batch that is submitted by a program of its own. */
export interface Submission {
  /** The service. */
  readonly sandbox: Sandbox;
  /** The ledger. */
  readonly path: string;
  /** How many requests. */
  readonly amount: number;
  /** Whether titles are marked. */
  readonly titleToken?: "on" | "off";
}

/** Starts a program that submits a batch. */
export function submit(
  { sandbox, path, amount, titleToken = "on" }: Submission,
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"],
      ...["--allow-net=127.0.0.1", "--import-map", "tests/import_map.npm.json"],
      new URL("submit_child.ts", import.meta.url).pathname,
      ...[sandbox.url, sandbox.token, path, `${amount}`, titleToken],
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Kills a program so many milliseconds after it was ready; hands back what it had said by its end. */
export async function run(child: Deno.ChildProcess, killAfter?: number): Promise<string> {
  const errors = new Response(child.stderr).text();
  let said = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    if (killAfter === undefined || timer !== undefined) continue;
    timer = setTimeout(() => {
      try {
        child.kill("SIGKILL");
      } catch {
        // It had ended before.
      }
    }, killAfter);
  }
  clearTimeout(timer);
  await child.status;
  return said + await errors;
}

/** Waits until what has been sent to a sandbox is carried out: what comes later is answered later. */
async function settled(sandbox: Sandbox): Promise<void> {
  const client = clientOf(sandbox);
  const creations = () =>
    sandbox.requests.filter(({ operation }) => operation === "unitJobs.create").length;
  for (let calm = 0, before = -1; calm < 3; calm++) {
    await client.health();
    if (creations() !== before) calm = 0;
    before = creations();
  }
}

/** Every request is one job at the platform, and the ledger knows its number. */
export async function assertOnce({ sandbox, path, amount }: Submission): Promise<void> {
  const { entries, notes } = await openLedger(path);
  const titles = new Map(
    (await clientOf(sandbox).unitJobs.list()).map(({ id, title }) => [id, title]),
  );
  assertEquals([sandbox.platformJobs.length, entries.length, notes.length], [amount, amount, 0]);
  assertEquals(new Set(entries.map(({ id }) => id)).size, amount);
  for (const { id = 0, request } of entries) {
    assertEquals(titles.get(id)?.replace(/ \[#\w+\]$/, ""), request.title);
  }
}

/** How a program is killed again and again. */
export interface Killing {
  /** How many requests there are. */
  readonly amount: number;
  /** How often it is killed. */
  readonly kills: number;
  /** How long after it was ready at the latest, in milliseconds. */
  readonly latest: number;
  /** Whether titles are marked. */
  readonly titleToken: "on" | "off";
}

/** What came of it. */
export interface Killed {
  /** How often it was killed before it had said that it was done. */
  readonly killed: number;
  /** How many jobs the platform holds. */
  readonly jobs: number;
  /** How many requests were on their way, their answers not yet written down, when it died. */
  readonly midway: number;
}

/** Kills a program at random moments, starts it again each time, and sees that each request was sent once. */
export async function killAgainAndAgain(
  { amount, kills, latest, titleToken }: Killing,
): Promise<Killed> {
  await using sandbox = startSandbox();
  let killed = 0;
  const midway = new Set<string>();
  await withFolder(async (folder) => {
    const submission = { sandbox, path: `${folder}/a.jsonl`, amount, titleToken };
    for (let round = 0; round < kills; round++) {
      const said = await run(submit(submission), Math.random() * latest);
      if (!said.includes("done")) killed++;
      const { entries } = await openLedger(submission.path);
      for (const { key, state, at } of entries) {
        if (state === "sent") midway.add(`${key} ${at.toISOString()}`);
      }
      // What the dead program sent is carried out.
      await settled(sandbox);
    }
    const said = await run(submit(submission));
    assert(said.includes(`done ${amount}`), said);
    await assertOnce(submission);
  });
  return { killed, midway: midway.size, jobs: sandbox.platformJobs.length };
}
