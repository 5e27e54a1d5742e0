import { assert, assertEquals } from "@std/assert";
import { test } from "../support/test.ts";

const MAIN = new URL("../../src/sandbox/main.ts", import.meta.url);
const MAP = new URL("../import_map.npm.json", import.meta.url);

function run(...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-net=127.0.0.1",
      `--import-map=${MAP}`,
      `${MAIN}`,
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

test("deno task sandbox prints what is needed and ends on Ctrl+C", async () => {
  const child = run("--port", "0");
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("Ctrl+C")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  const curl = /curl -H "Authorization: (Bearer \S+)" (http:\S+)/.exec(text);
  const [, authorization = "", url = ""] = curl ?? [];
  const response = await fetch(url, { headers: { authorization } });
  assertEquals(await response.json(), { upscaling_tasks: [], processing_jobs: [] });
  child.kill("SIGINT");
  await reader.cancel();
  await child.stderr.cancel();
  assertEquals((await child.status).code, 0);
});

test("deno task sandbox explains how it is used", async () => {
  const { code, stderr } = await run("--prot", "1").output();
  assertEquals(code, 2);
  assert(new TextDecoder().decode(stderr).includes("--port"));
});
