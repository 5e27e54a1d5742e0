// A script that asks a server which gives more than anybody wants, and says what it took at its peak, in bytes.
import { AuthenticatedClient } from "../../../mod.ts";

const [baseUrl = "", way = ""] = Deno.args;
const client = new AuthenticatedClient({ baseUrl, token: "t0ken" });
const said = way === "socket" ? await watched() : await asked();
const status = Deno.readTextFileSync("/proc/self/status");
const peak = 1024 * Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]);
console.log(JSON.stringify({ said, peak }));

async function asked(): Promise<string> {
  try {
    return `job ${(await client.unitJobs.get(1)).id}`;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] ?? "" : "";
  }
}

/** What a watch says first that is more than that it has begun. */
async function watched(): Promise<string> {
  const said = Promise.withResolvers<string>();
  const leaving = new AbortController();
  const watch = client.upscaleTasks.watch(1, {
    socket: true,
    signal: leaving.signal,
    onProblem: (problem) => said.resolve(problem ?? ""),
  });
  const watching = (async () => {
    let snapshots = 0;
    for await (const { value } of watch) {
      // Of those that come again and again, several have to be borne.
      if (++snapshots === 5) said.resolve(`${value.jobs.length} jobs`);
    }
  })();
  const words = await Promise.race([said.promise, watching.then(() => "over", String)]);
  leaving.abort();
  await watching.catch(() => {});
  return words;
}
