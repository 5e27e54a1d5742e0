import { assert, assertEquals } from "@std/assert";
import { systemClock } from "../../src/core/waiting.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { storePath } from "../../src/auth/store/place.ts";
import { fileStore } from "../../src/auth/store/file_store.ts";
import type { Sandbox } from "../../src/sandbox/start.ts";
import { test } from "../support/test.ts";
import { approving, at, quickSandbox, surroundings } from "./support/around.ts";

/** Runs a program of its own on the sign-in that is kept in a folder. */
async function program(
  sandbox: Sandbox,
  { home, rounds = 1, dies = false }: { home: string; rounds?: number; dies?: boolean },
): Promise<{ tokens?: number; prompts?: number; error?: string; signal?: string | null }> {
  const { stdout, signal } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--import-map",
      new URL("../import_map.npm.json", import.meta.url).pathname,
      // What signing in needs, and no more: the network of two hosts, the store's folder, where that is.
      `--allow-net=${new URL(sandbox.url).host}`,
      `--allow-read=${home}/state/apex-dispatch`,
      `--allow-write=${home}/state/apex-dispatch`,
      "--allow-env=HOME,XDG_STATE_HOME",
      ...(dies ? ["--allow-run"] : []),
      new URL("support/program.ts", import.meta.url).pathname,
      sandbox.issuer,
      sandbox.clientId,
      sandbox.url,
      String(rounds),
      dies ? "dies" : "",
    ],
    env: { HOME: home, XDG_STATE_HOME: `${home}/state`, DENO_DIR: denoDir(), NO_COLOR: "1" },
    clearEnv: true,
    stderr: "inherit",
  }).output();
  const text = new TextDecoder().decode(stdout).trim();
  return text === "" ? { signal } : JSON.parse(text);
}

function denoDir(): string {
  return Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
}

/** A sandbox in which somebody has signed in, and the folder that this is kept in. */
async function signedIn(work: (sandbox: Sandbox, home: string) => Promise<void>): Promise<void> {
  await using sandbox = quickSandbox({ identity: { accessTokenLife: 1_000 } });
  const home = await Deno.makeTempDir();
  try {
    const variable = (name: string) => name === "XDG_STATE_HOME" ? `${home}/state` : undefined;
    await signInWith(at(sandbox), surroundings(approving(sandbox), { variable }));
    await work(sandbox, home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** How the token endpoint answered. */
function answers(sandbox: Sandbox, status: number): number {
  return sandbox.requests.filter((request) =>
    request.path.endsWith("/token") && request.status === status
  ).length;
}

test("a second program asks nobody, refreshes once, and needs no permission but its own", () =>
  signedIn(async (sandbox, home) => {
    const before = answers(sandbox, 200);
    assertEquals(await program(sandbox, { home }), { tokens: 1, prompts: 0 });
    assertEquals(answers(sandbox, 200) - before, 1);
  }));

test("four programs with tokens of one second do not end each other's session", () =>
  signedIn(async (sandbox, home) => {
    const rounds = 4;
    const before = { good: answers(sandbox, 200), bad: answers(sandbox, 400) };
    const found = await Promise.all(
      Array.from({ length: 4 }, () => program(sandbox, { home, rounds })),
    );
    assertEquals(found, Array.from({ length: 4 }, () => ({ tokens: rounds, prompts: 0 })));
    // One refresh for each token that a program had.
    assertEquals(answers(sandbox, 200) - before.good, 4 * rounds);
    assertEquals(answers(sandbox, 400) - before.bad, 0);
  }));

test("a program that dies between a refresh's answer and the write leaves no stack to the next one", () =>
  signedIn(async (sandbox, home) => {
    assertEquals((await program(sandbox, { home, dies: true })).signal, "SIGKILL");
    // The refresh token that is kept was used: the provider ends the session, and whoever comes next is asked.
    const variable = (name: string) => name === "XDG_STATE_HOME" ? `${home}/state` : undefined;
    const around = surroundings(approving(sandbox), { variable });
    const session = await signInWith(at(sandbox), around);
    assertEquals([session.user, around.prompts.length], ["ada", 1]);
    assertEquals(await program(sandbox, { home }), { tokens: 1, prompts: 0 });
  }));

test("Stop ends a sign-in that waits, and the program goes on to say so", async () => {
  await using sandbox = quickSandbox({ identity: { interval: 60 } });
  const home = await Deno.makeTempDir();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--import-map",
      new URL("../import_map.npm.json", import.meta.url).pathname,
      "--allow-net",
      "--allow-env",
      `--allow-read=${home}`,
      `--allow-write=${home}`,
      new URL("support/program.ts", import.meta.url).pathname,
      sandbox.issuer,
      sandbox.clientId,
      sandbox.url,
      "1",
      "waits",
    ],
    env: { XDG_STATE_HOME: home, NO_COLOR: "1" },
    stdout: "piped",
  }).spawn();
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text === "waiting\n") child.kill("SIGINT");
  }
  assertEquals((await child.status).code, 0);
  assert(text.includes("Sign-in stopped: nobody is signed in"), text);
  await Deno.remove(home, { recursive: true });
});

test("a folder without locks is used all the same, which is said once, not by each program", async () => {
  const folder = await Deno.makeTempDir();
  const warnings: string[] = [];
  const place = storePath((name) => name === "HOME" ? folder : undefined, "linux");
  for (let program = 0; program < 3; program++) {
    const store = fileStore(place, {
      clock: systemClock,
      warn: (message) => void warnings.push(message),
      lock: () => Promise.resolve({ held: false, release() {} }),
    });
    await store.exclusive?.(async () => await store.set("a", String(program)), {});
    assertEquals([await store.get("a"), warnings.length], [String(program), 1]);
  }
  assert(warnings[0]?.includes("One program at a time is safe"));
  assertEquals(((await Deno.stat(`${place}.lock`)).mode ?? 0o777) & 0o077, 0);
  // Where there are locks, the note is in nobody's way.
  const locked = fileStore(place, { clock: systemClock, warn: (text) => void warnings.push(text) });
  assertEquals(await locked.exclusive?.(async () => await locked.get("a"), {}), "2");
  assertEquals(warnings.length, 1);
  await Deno.remove(folder, { recursive: true });
});
