import { assert, assertEquals } from "@std/assert";
import { openLedger } from "../../../src/ledger/mod.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, withFolder } from "../support.ts";

interface Submission {
  readonly sandbox: Sandbox;
  readonly path: string;
  readonly amount: number;
  readonly titleToken?: "on" | "off";
}

/** Starts a program that submits a batch. */
function submit({ sandbox, path, amount, titleToken = "on" }: Submission): Deno.ChildProcess {
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
async function run(child: Deno.ChildProcess, killAfter?: number): Promise<string> {
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
async function assertOnce({ sandbox, path, amount }: Submission): Promise<void> {
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

/** How often the program is killed, and at most how long after it was ready, in milliseconds. */
const KILLS = 8, LATEST = 60;

for (const titleToken of ["on", "off"] as const) {
  test(`a program killed ${KILLS} times sends each request once, with titleToken ${titleToken}`, async () => {
    await using sandbox = startSandbox();
    await withFolder(async (folder) => {
      const submission = { sandbox, path: `${folder}/a.jsonl`, amount: 120, titleToken };
      let killed = 0;
      for (let round = 0; round < KILLS; round++) {
        const said = await run(submit(submission), Math.random() * LATEST);
        if (!said.includes("done")) killed++;
        // What the dead program sent is carried out.
        await settled(sandbox);
      }
      assert(killed > 0);
      const said = await run(submit(submission));
      assert(said.includes("done 120"), said);
      await assertOnce(submission);
    });
  });
}

test("two programs with one ledger send each request once", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const submission = { sandbox, path: `${folder}/a.jsonl`, amount: 40 };
    const said = await Promise.all([run(submit(submission)), run(submit(submission))]);
    for (const one of said) assert(one.includes("done 40"), one);
    await assertOnce(submission);
  });
});

test("the holder of a ledger is killed, and the one that waits goes on", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const submission = { sandbox, path: `${folder}/a.jsonl`, amount: 40 };
    const [first, second] = [run(submit(submission), 15), run(submit(submission))];
    await first;
    const said = await second;
    assert(said.includes("done 40"), said);
    await assertOnce(submission);
  });
});
