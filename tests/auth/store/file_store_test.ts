import { assertEquals, assertRejects } from "@std/assert";
import { systemClock } from "../../../src/core/clock.ts";
import { fileStore } from "../../../src/auth/store/file_store.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { test } from "../../support/test.ts";

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
