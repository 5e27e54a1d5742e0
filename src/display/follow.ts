import { type Clock, systemClock } from "../models/clock.ts";
import type { JobsStatusResponse } from "../models/jobs_status.ts";
import type { ProcessingJob } from "../models/jobs.ts";
import type { Snapshot, Watch } from "../models/snapshot.ts";
import type { UpscalingTask } from "../models/upscaling.ts";
import type { Block } from "./document.ts";
import { displayable, jupyterDisplay } from "./displayable.ts";
import { frameBlocks, frameKey, frameLine, type FrameState, type Work } from "./frame.ts";
import { type Screen, screenAtHand } from "./screen.ts";
import { createPainter } from "./picture.ts";
import { onStop } from "./stop.ts";

/** How work is followed. */
export interface FollowOptions {
  /** Gives up when it aborts; rejects with the signal's reason. The work goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether to draw where the work is, if it has a place.
   *
   * @default {true}
   */
  readonly map?: boolean | undefined;
  /**
   * Where the frames go, for tests.
   *
   * @default the notebook's output, the terminal's last line, or a log
   */
  readonly screen?: Screen | undefined;
  /**
   * What tells the time and waits, for tests.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/** The most frames that are shown in a second. */
const LEAST_PAUSE = 1_000;

/** How often a frame is shown in which only the clock has moved, in milliseconds. */
const CLOCK_PAUSE = 15_000;

/**
 * Follows work to its end in one output that updates in place: status, counts, elapsed time, the map where there is
 * geometry, the jobs with failed and running ones first. In a terminal it is one line that rewrites itself, in a
 * log a line for each change.
 *
 * Stop ends the watching, not the work: the frame says how to take it up again, and the kernel with its variables
 * stays as it is.
 *
 * @returns the last snapshot; nothing if it was stopped before there was one. It shows nothing by itself, because
 * the frame above it does already; its `value` does.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient, follow } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const job = await client.unitJobs.create({
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     application: "/processes/vegetation-index",
 *     namespace: "apex",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
 *   format: "geojson",
 * });
 * const last = await follow(client.unitJobs.watch(job));
 * assertEquals(last?.value.status, "finished");
 * ```
 */
export async function follow<T extends ProcessingJob | UpscalingTask | JobsStatusResponse>(
  watch: Watch<T>,
  options: FollowOptions = {},
): Promise<Snapshot<T> | undefined> {
  const { signal, clock = systemClock, screen = screenAtHand() } = options;
  signal?.throwIfAborted();
  const stopping = new AbortController();
  const stop = onStop(() => stopping.abort(STOPPED));
  const view = viewOf(watch, screen, clock, options.map ?? true);
  let last: Snapshot<T> | undefined;
  try {
    const bounded = watch.until(stopping.signal);
    for await (last of signal === undefined ? bounded : bounded.until(signal)) view.update(last);
    await view.finish();
  } catch (error) {
    if (error === STOPPED) await view.finish({ kind: "stopped" });
    else if (signal?.aborted) {
      await view.finish({ kind: "stopped" });
      throw error;
    } else {
      await view.finish({ kind: "error", error });
      throw error;
    }
  } finally {
    stop();
  }
  return last === undefined ? undefined : silent(last);
}

const STOPPED = new DOMException("Stopped watching", "AbortError");

interface View {
  update(snapshot: Snapshot<Work>): void;
  finish(end?: FrameState["end"]): Promise<void>;
}

/** Draws frames: on change and at most once a second, now and then for the clock alone, and the last one exactly once. */
function viewOf(
  watch: Watch<unknown>,
  screen: Screen,
  clock: Clock,
  wantsMap: boolean,
): View {
  const began = new Date(clock.now());
  const states: { status: string; since: Date }[] = [];
  const closing = new AbortController();
  let snapshot: Snapshot<Work> | undefined;
  let changed = Promise.withResolvers<void>();
  let map: Block | undefined;
  let drawn: Work | undefined;
  const paint = createPainter();

  const state = (end?: FrameState["end"]): FrameState => ({
    subject: watch.subject,
    began,
    now: new Date(clock.now()),
    states,
    snapshot,
    map,
    ...(end === undefined ? {} : { end }),
  });
  const draw = async (end?: FrameState["end"]): Promise<string> => {
    if (wantsMap && snapshot !== undefined && snapshot.value !== drawn) {
      drawn = snapshot.value;
      map = await paint("processing_jobs" in drawn ? drawn.processing_jobs : drawn) ?? map;
    }
    const now = state(end);
    const blocks = frameBlocks(now);
    await screen.show({ view: displayable(() => blocks), line: frameLine(now) });
    return frameKey(now);
  };

  const loop = (async () => {
    let shown = await draw();
    while (!closing.signal.aborted) {
      const pause = clock.sleep(CLOCK_PAUSE, closing.signal).then(() => "clock" as const);
      const why = await Promise.race([changed.promise.then(() => "change" as const), pause]);
      if (why === "change") {
        changed = Promise.withResolvers();
        pause.catch(() => {});
      } else if (!screen.redraws) continue;
      if (why === "clock" || frameKey(state()) !== shown) {
        shown = await draw();
        await clock.sleep(LEAST_PAUSE, closing.signal);
      }
    }
  })().catch(() => {
    // The loop ends by being closed; a screen that is gone is told of by the last frame.
  });

  return {
    update(next) {
      snapshot = next;
      const { value } = next;
      if ("status" in value && value.status !== states.at(-1)?.status) {
        states.push({ status: value.status, since: new Date(clock.now()) });
      }
      changed.resolve();
    },
    async finish(end) {
      closing.abort(null);
      await loop;
      await draw(end);
      await screen.close();
    },
  };
}

/** A snapshot that shows nothing when it ends a cell: the frame above has shown it. */
function silent<T>(snapshot: Snapshot<T>): Snapshot<T> {
  return Object.defineProperty({ ...snapshot }, jupyterDisplay, { value: () => ({}) });
}
