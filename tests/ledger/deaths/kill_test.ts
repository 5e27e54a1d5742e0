import { assert, assertEquals } from "@std/assert";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { withFolder } from "../support.ts";
import { assertOnce, killAgainAndAgain, run, submit } from "./kills.ts";

/** How often the program is killed; `deno task kill` does it at full size. */
const KILLS = 8;

for (const titleToken of ["on", "off"] as const) {
  test(`a program killed ${KILLS} times sends each request once, with titleToken ${titleToken}`, async () => {
    const killing = { amount: 120, kills: KILLS, latest: 60, titleToken };
    const { killed, jobs } = await killAgainAndAgain(killing);
    assert(killed > 0);
    assertEquals(jobs, killing.amount);
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
