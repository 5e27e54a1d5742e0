import { assert, assertEquals, assertRejects } from "@std/assert";
import { systemClock } from "../../../src/core/clock.ts";
import { takeLock } from "../../../src/auth/store/lock.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { instantClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";

test("takeLock() lets one in at a time, and the next one when it is released", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.lock`;
  const first = await takeLock(path, { clock: systemClock });
  assert(first.held);
  let entered = false;
  const second = takeLock(path, { clock: systemClock }).then((lock) => {
    entered = true;
    return lock;
  });
  await systemClock.sleep(60);
  assertEquals(entered, false);
  first.release();
  (await second).release();
  await Deno.remove(folder, { recursive: true });
});

test("takeLock() gives up when its signal aborts, or when it is held for too long", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.lock`;
  const first = await takeLock(path, { clock: systemClock });
  const reason = new Error("enough");
  const aborting = new AbortController();
  const waiting = takeLock(path, { clock: systemClock, signal: aborting.signal });
  aborting.abort(reason);
  assertEquals(await assertRejects(() => waiting), reason);
  const error = await assertRejects(
    () => takeLock(path, { clock: instantClock() }),
    SignInError,
    "fuser",
  );
  assertEquals(error.reason, "store");
  first.release();
  await Deno.remove(folder, { recursive: true });
});

test("takeLock() is free at once when its holder is killed", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.lock`;
  const code = `const file = await Deno.open(${
    JSON.stringify(path)
  }, { create: true, write: true });
await file.lock(true); console.log("held"); await new Promise((resolve) => setTimeout(resolve, 60_000));`;
  const holder = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read();
  const waiting = takeLock(path, { clock: systemClock });
  holder.kill("SIGKILL");
  await holder.status;
  const lock = await waiting;
  assert(lock.held);
  lock.release();
  await reader.cancel();
  await Deno.remove(folder, { recursive: true });
});
