// What a watcher costs: CPU time at one snapshot of 10,000 jobs a second, and memory over 10,000 snapshots. Service
// and watcher run in a process each, so that what the one costs is not counted with the other.
import process from "node:process";
import { AuthenticatedClient } from "../../mod.ts";
import { manyJobs } from "./cases.ts";

/** Snapshots of 10,000 jobs, one a second. */
const SECONDS = 10;

/** Small snapshots, as fast as they go. */
const SMALL_SNAPSHOTS = 10_000;

const [role, scene = "", port = ""] = Deno.args;
if (role === "service") serve();
else if (role === "watcher") console.log(JSON.stringify(await watch(scene)));
else await report();

/** What a watcher found out about itself. */
interface Cost {
  /** How many snapshots it was told of. */
  readonly told: number;
  /** CPU time, user and system, in milliseconds. */
  readonly cpu: number;
  /** From the first snapshot to the last, in milliseconds. */
  readonly elapsed: number;
  /** The heap in use after the first tenth of the snapshots, and at the end, in bytes. */
  readonly heap: readonly [begin: number, end: number];
}

async function report(): Promise<void> {
  const [service, at] = await start(["service"]);
  try {
    for (const name of ["changing", "unchanged"]) {
      const { cpu, elapsed, told } = await costOf(name, at);
      const share = (100 * cpu / elapsed).toFixed(1);
      console.log(
        `10,000 jobs once a second, ${name}: ${share} % of one core (aim ≤ 10 %); ` +
          `${(cpu / SECONDS).toFixed(1)} ms each, told of ${told} in ${
            (elapsed / 1000).toFixed(1)
          } s`,
      );
    }
    const { heap: [begin, end], told } = await costOf("small", at);
    console.log(
      `${SMALL_SNAPSHOTS} snapshots: ${
        mebibytes(end - begin)
      } MiB more heap than after the first tenth ` +
        `(aim: flat); ${mebibytes(begin)} MiB, then ${mebibytes(end)} MiB, told of ${told}`,
    );
  } finally {
    service.kill();
    await service.status;
  }
}

async function costOf(name: string, at: string): Promise<Cost> {
  const [watcher, line] = await start(["watcher", name, at]);
  await watcher.status;
  return JSON.parse(line);
}

/** Runs this file in another role, and reads the first line that it prints. */
async function start(args: readonly string[]): Promise<readonly [Deno.ChildProcess, string]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-net=127.0.0.1",
      "--allow-env",
      "--v8-flags=--expose-gc",
      new URL(import.meta.url).pathname,
      ...args,
    ],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot run the ${args[0]}`);
    text += value;
  }
  await reader.cancel();
  return [child, text.trim()];
}

async function watch(name: string): Promise<Cost> {
  const client = new AuthenticatedClient({
    baseUrl: `http://127.0.0.1:${port}/${name}`,
    token: "t0ken-of-a-user",
  });
  let told = 0;
  let begin: { readonly cpu: number; readonly time: number } | undefined;
  let heap = 0;
  for await (const { value } of client.jobsStatus.watch({ interval: 1000, socket: true })) {
    begin ??= { cpu: cpuTime(), time: performance.now() };
    told++;
    const number = Number(value.upscaling_tasks[0]?.id);
    if (heap === 0 && name === "small" && number >= SMALL_SNAPSHOTS / 10) heap = heapInUse();
  }
  const cpu = cpuTime() - (begin?.cpu ?? 0);
  const elapsed = performance.now() - (begin?.time ?? 0);
  return { told, cpu, elapsed, heap: [heap, heapInUse()] };
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function heapInUse(): number {
  const gc: unknown = Reflect.get(globalThis, "gc");
  if (typeof gc === "function") gc();
  return Deno.memoryUsage().heapUsed;
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(2);
}

/** Tells of 10,000 jobs once a second, or of a few as fast as it goes; the last snapshot says that all has ended. */
function serve(): void {
  const many = manyJobs();
  const few = many.slice(0, 10);
  Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: ({ port }) => console.log(port),
  }, (request) => {
    const name = new URL(request.url).pathname.split("/")[1];
    const { socket, response } = Deno.upgradeWebSocket(request);
    const send = (task: number, ended: boolean) => {
      const status = ended ? "finished" : "running";
      const jobs = name === "small" ? few : many;
      const data = {
        upscaling_tasks: [{ id: task, title: "Tiles", label: "openeo", status }],
        processing_jobs: ended ? jobs.map((job) => ({ ...job, status })) : jobs,
      };
      socket.send(JSON.stringify({ type: "status", data, message: null }));
    };
    socket.onopen = async () => {
      const count = name === "small" ? SMALL_SNAPSHOTS : SECONDS;
      for (let number = 0; number < count; number++) {
        send(name === "unchanged" ? 1 : number + 1, false);
        // In bursts of ten, as fast as whoever reads: what comes in one breath is one snapshot to a watcher.
        if (name !== "small") await delay(1000);
        else if (number % 10 === 0) await delay(0);
        while (socket.bufferedAmount > 0) await delay(1);
      }
      send(count + 1, true);
    };
    return response;
  });
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
