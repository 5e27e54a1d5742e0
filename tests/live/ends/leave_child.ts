// A script that watches on every bad server at once, or on one, leaves each watch in one way, and has nothing more to do
// then.
import { AuthenticatedClient } from "../../../mod.ts";
import { type Clock, systemClock } from "../../../src/core/waiting.ts";
import type { Snapshot, Watch } from "../../../src/models/snapshot.ts";
import { MANNERS } from "./bad_server.ts";

const [port = "", way = "", kind = "", only] = Deno.args;

/** How long is watched, in milliseconds. */
const A_MOMENT = 250;

/** A clock on which a minute takes no longer than 30 ms, for what is given up after a time. */
const quickClock: Clock = {
  now: () => performance.now() * 2000,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / 2000, signal),
};

function watchOn(manner: string, signal?: AbortSignal): Watch<unknown> {
  const client = new AuthenticatedClient({
    baseUrl: `http://127.0.0.1:${port}/${manner}`,
    token: "t0ken",
    ...(way === "given up" ? { clock: quickClock } : {}),
  });
  const options = {
    signal,
    socket: kind.endsWith("socket"),
    ...(way === "given up" ? { maxOutage: 60_000 } : {}),
  };
  if (kind.startsWith("job")) return client.unitJobs.watch(1, options);
  return kind.startsWith("task")
    ? client.upscaleTasks.watch(1, options)
    : client.jobsStatus.watch(options);
}

/** Loops until something is told, at the longest for a moment. */
async function loop(manner: string, each: (snapshot: Snapshot<unknown>) => boolean): Promise<void> {
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), way === "given up" ? 3_000 : A_MOMENT);
  try {
    for await (const snapshot of watchOn(manner, stopping.signal)) if (each(snapshot)) break;
  } finally {
    clearTimeout(timer);
  }
}

async function leave(manner: string): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, A_MOMENT));
  switch (way) {
    case "break":
      return await loop(manner, () => true);
    case "throw":
      return await loop(manner, () => {
        throw new Error("my own");
      });
    case "signal":
    case "given up":
      return await loop(manner, () => false);
    case "return": {
      const snapshots = watchOn(manner)[Symbol.asyncIterator]();
      const next = (async () => {
        while (!(await snapshots.next()).done);
      })();
      await pause();
      await snapshots.return?.();
      return await next;
    }
    default: {
      await using snapshots = watchOn(manner)[Symbol.asyncIterator]();
      const next = snapshots.next().catch(() => {});
      await Promise.race([next, pause()]);
    }
  }
}

await Promise.all(
  (only === undefined ? MANNERS : [only]).map((manner) => leave(manner).catch(() => {})),
);
console.log("over");
