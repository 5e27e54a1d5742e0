import { assertEquals, assertMatch } from "@std/assert";
import { test } from "../support/test.ts";
import { entrypoints, ROOT } from "./entrypoints.ts";

const doors = entrypoints();

test("entrypoints() are the front door and those beside it", () => {
  assertEquals(doors[0], { name: "@apex-dispatch/client", path: "mod.ts" });
  assertEquals(doors.map(({ name }) => name).includes("@apex-dispatch/client/sandbox"), true);
});

for (const { name, path } of doors) {
  test(`${name} is imported without any permission, and does nothing by it`, async () => {
    const { code, stdout, stderr } = await run(`await import(${JSON.stringify(urlOf(path))});`);
    assertEquals({ code, stdout }, { code: 0, stdout: "" }, stderr);
  });
}

test("a module that wants to know something at its import is found out", async () => {
  for (const text of ['Deno.env.get("HOME")', 'Deno.readTextFileSync("/etc/hostname")']) {
    const { code, stderr } = await run(`${text};`);
    assertEquals(code, 1);
    assertMatch(stderr, /NotCapable/);
  }
});

function urlOf(path: string): string {
  return new URL(path, ROOT).href;
}

async function run(text: string): Promise<{ code: number; stdout: string; stderr: string }> {
  // A module of its own beside nothing, so that what it imports has its own imports alone.
  const main = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(main, text);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--no-check",
        "--config",
        "deno.json",
        "--import-map",
        "tests/import_map.npm.json",
        main,
      ],
      cwd: ROOT,
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    await Deno.remove(main);
  }
}
