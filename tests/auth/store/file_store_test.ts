import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileStore, takeLock } from "../../../src/auth/store/file_store.ts";
import { systemClock } from "../../../src/core/waiting.ts";
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

async function inFolder(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(`${folder}/state/sign-in.json`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const options = { clock: systemClock, warn: () => {} };

test("fileStore() keeps several sign-ins, and forgets one", () =>
  inFolder(async (path) => {
    const store = fileStore(path, options);
    await store.set("a", "1");
    await store.set("b", "2");
    const other = fileStore(path, options);
    assertEquals([await other.get("a"), await other.get("b"), await other.get("toString")], [
      "1",
      "2",
      undefined,
    ]);
    await store.set("a", undefined);
    assertEquals([await other.get("a"), await other.get("b")], [undefined, "2"]);
  }));

test("fileStore() lets no two programs read, renew and write at the same time", () =>
  inFolder(async (path) => {
    const stores = Array.from({ length: 6 }, () => fileStore(path, options));
    await Promise.all(stores.map((store) =>
      store.exclusive?.(async () => {
        const before = Number(await store.get("count") ?? 0);
        await systemClock.sleep(5);
        await store.set("count", String(before + 1));
      }, {})
    ));
    assertEquals(await stores[0]?.get("count"), "6");
  }));

test("fileStore() refuses what it did not write, with the command that mends it", () =>
  inFolder(async (path) => {
    const store = fileStore(path, options);
    await store.set("a", "1");
    for (const text of ["", "{", "[]", '{"version":2,"refresh_tokens":{}}', '{"version":1}']) {
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(
        async () => await store.get("a"),
        SignInError,
        `rm '${path}'`,
      );
      assertEquals(error.reason, "store");
    }
  }));
