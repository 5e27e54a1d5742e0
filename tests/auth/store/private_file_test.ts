import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  folderOf,
  orSignInError,
  readPrivate,
  sweep,
  writePrivate,
} from "../../../src/auth/store/private_file.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { test } from "../../support/test.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("writePrivate() makes folder and file for their owner alone, and readPrivate() reads it", () =>
  inFolder(async (folder) => {
    const path = `${folder}/deep/er/sign-in.json`;
    assertEquals(await readPrivate(path), undefined);
    await writePrivate(path, "one");
    await writePrivate(path, "two");
    assertEquals(await readPrivate(path), "two");
    assertEquals((await Deno.stat(path)).mode ?? 0, 0o100600);
    assertEquals(((await Deno.stat(folderOf(path))).mode ?? 0) & 0o777, 0o700);
    assertEquals([...Deno.readDirSync(folderOf(path))].length, 1);
  }));

test("readPrivate() refuses a file that others can read, with the command that mends it", () =>
  inFolder(async (folder) => {
    const path = `${folder}/sign-in.json`;
    for (const mode of [0o644, 0o640, 0o602]) {
      await Deno.writeTextFile(path, "secret");
      await Deno.chmod(path, mode);
      const error = await assertRejects(
        () => readPrivate(path),
        SignInError,
        `chmod 600 '${path}'`,
      );
      assertStringIncludes(error.message, mode.toString(8));
    }
  }));

test("writePrivate() is never seen with others' bits, or half written", () =>
  inFolder(async (folder) => {
    const path = `${folder}/sign-in.json`;
    const watcher = new Worker(new URL("../support/watch_file.ts", import.meta.url), {
      type: "module",
    });
    const told = (type: string) =>
      new Promise<unknown>((resolve) => {
        watcher.addEventListener("message", (event) =>
          event.data.type === type && resolve(event.data), { once: false });
      });
    const ready = told("ready");
    const result = told("result");
    watcher.postMessage(folder);
    await ready;
    for (let round = 0; round < 1_000; round++) {
      await writePrivate(path, `{${String(round % 10).repeat(5_000)}}`);
    }
    watcher.postMessage("end");
    const seen = Object(await result);
    watcher.terminate();
    assertEquals([seen.open, seen.half], [[], 0]);
    assertEquals(seen.looks > 100, true);
  }));

test("sweep() removes what a killed write left behind, and nothing else", () =>
  inFolder(async (folder) => {
    const path = `${folder}/sign-in.json`;
    const kept = ["sign-in.json", "sign-in.json.lock", "sign-in.json.mine", "other"];
    for (const name of [...kept, `sign-in.json.${crypto.randomUUID()}`]) {
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    await sweep(path);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [...kept].sort());
  }));

test("orSignInError() names a permission that is missing, and a disk that is full", async () => {
  const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
  await assertRejects(
    () => orSignInError("/x/y", () => Promise.reject(full)),
    SignInError,
    "make room",
  );
  const refused = Object.assign(new Error("Requires read access"), { name: "NotCapable" });
  const error = await assertRejects(
    () => orSignInError("/x/y", () => Promise.reject(refused)),
    SignInError,
  );
  assertStringIncludes(error.message, '--allow-read="/x"');
  assertEquals(error.reason, "permission");
});
