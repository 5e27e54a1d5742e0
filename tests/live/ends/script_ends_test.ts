// A script ends when its work has, whatever the server does: each of these is alone with a server that never lets go.
import { assert, assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { badServer } from "./bad_server.ts";
import { KINDS, WAYS } from "./measure.ts";

/** After what time a script that has said that it is over is taken to live for ever, in milliseconds. */
const FOR_EVER = 20_000;

for (const way of WAYS) {
  test(`a script ends that leaves a watch on a bad server (${way})`, async () => {
    await using server = badServer();
    const endings = await Promise.all(KINDS.map(async (kind) => {
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--no-check",
          "--no-prompt",
          "--allow-net=127.0.0.1",
          "--import-map",
          new URL("../../import_map.npm.json", import.meta.url).pathname,
          new URL("leave_child.ts", import.meta.url).pathname,
          String(server.port),
          way,
          kind,
        ],
        env: { NO_COLOR: "1", NO_PROXY: "127.0.0.1" },
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      let killed = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let out = "";
      const errors = new Response(child.stderr).text();
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        out += chunk;
        timer ??= setTimeout(() => {
          killed = true;
          child.kill("SIGKILL");
        }, FOR_EVER);
      }
      const { code } = await child.status;
      clearTimeout(timer);
      return { kind, killed, code, out, err: await errors };
    }));
    assertEquals(
      endings.map(({ kind, killed, code, out }) => ({ kind, killed, code, out })),
      KINDS.map((kind) => ({ kind, killed: false, code: 0, out: "over\n" })),
    );
    for (const { err } of endings) assert(!err.includes("error"), err);
  });
}
