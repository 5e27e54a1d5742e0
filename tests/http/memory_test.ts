// What a script takes at its peak when a server gives it more than anybody wants. The kernel keeps the figure.
import { assert, assertStringIncludes } from "@std/assert";
import { serve } from "../support/server.ts";
import { test } from "../support/test.ts";

const MEGABYTE = 1024 ** 2;

/** The most that such a script may take, in bytes. */
const MOST = 150 * MEGABYTE;

/** The beginning of a JSON text, and so much of the same that it never comes to its end. */
function* neverEnding(parts: number): Generator<Uint8Array<ArrayBuffer>> {
  yield new TextEncoder().encode('{"id": "');
  const part = new Uint8Array(65_536).fill(97);
  for (let index = 0; index < parts; index++) yield part;
}

/**
 * Asks for a job in a program of its own: what it said, and how much memory it took at its peak, in bytes; only Linux
 * tells.
 */
async function ask(baseUrl: string): Promise<{ readonly said: string; readonly peak: number }> {
  const script = `
    import { AuthenticatedClient } from ${JSON.stringify(import.meta.resolve("../../mod.ts"))};
    const client = new AuthenticatedClient({ baseUrl: ${JSON.stringify(baseUrl)}, token: "t0ken" });
    const said = await client.unitJobs.get(42).catch((error) => error.message);
    const status = Deno.build.os === "linux" ? Deno.readTextFileSync("/proc/self/status") : "";
    const [, peak = 0] = /VmHWM:\\s*(\\d+) kB/.exec(status) ?? [];
    console.log(JSON.stringify({ said, peak: peak * 1024 }));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--ext=js", script],
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

async function stayBelow(answer: () => Response): Promise<void> {
  await using server = serve(answer);
  const { said, peak } = await ask(server.url);
  assertStringIncludes(said, "with a body that is longer than may be read");
  assertStringIncludes(said, "allow more (option maxBody of the client, in bytes)");
  assert(peak < MOST, `${Math.round(peak / MEGABYTE)} MiB`);
  assert(peak > 0 || Deno.build.os !== "linux");
}

test("a body that begins as JSON and never ends takes little memory", () =>
  stayBelow(() => new Response(ReadableStream.from(neverEnding(Infinity)))));

test("200 MB out of gzip that begin as JSON take little memory", async () => {
  const packing = ReadableStream.from(neverEnding(3200)).pipeThrough(new CompressionStream("gzip"));
  const packed = await new Response(packing).bytes();
  await stayBelow(() =>
    new Response(packed, {
      headers: { "Content-Encoding": "gzip", "Content-Type": "application/json" },
    })
  );
});
