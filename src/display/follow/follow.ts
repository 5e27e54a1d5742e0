import { type Clock, systemClock } from "../../core/waiting.ts";
import { abortError } from "../../core/stack.ts";
import type { JobsStatusResponse } from "../../models/jobs_status.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../../models/jobs.ts";
import type { Snapshot, Watch, WatchSubject } from "../../models/snapshot.ts";
import type { UpscalingTask, UpscalingTaskSummary } from "../../models/upscaling.ts";
import { type Displayable, displayable, jupyterDisplay } from "../render/displayable.ts";
import type { Block } from "../render/document.ts";
import type { End } from "./frame/lead.ts";
import {
  frameAfterwords,
  frameBlocks,
  frameKey,
  frameLead,
  frameLine,
  type FrameState,
} from "./frame/frame.ts";
import { createHistory, type Watching, watchToFollow, type Work } from "./frame/work.ts";
import { createPainter } from "../views/results/footprints.ts";
import { type Screen, screenAtHand } from "./screen.ts";
import { onStop } from "./stop.ts";

/** How work is followed. */
export interface FollowOptions {
  /** Gives up when it aborts; rejects with the signal's reason. The work goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How often to ask, in milliseconds; of a watch that is handed in, the watch itself says so.
   *
   * @default {10_000}
   */
  readonly interval?: number | undefined;
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

/** The shortest time from one frame to the next, in milliseconds, and the longest; the last one comes at once. */
const TICK = 1_000;

/**
 * Follows work to its end in one output that updates in place, every second: how far it is, how long that has taken and
 * about how long it still takes, where it is, and the jobs that failed, run or have just ended. In a terminal it is one
 * line that rewrites itself, in a log a line for each change.
 *
 * Stop ends the watching, not the work: the frame says how to take it up again, and the kernel with its variables
 * stays as it is. Run all goes on with the next cell.
 *
 * @param work a job or a task as a client returned it, an area from `upscaleArea`, `client.jobsStatus` for all of one's
 * work, or a watch.
 * @returns the last snapshot; nothing if it was stopped before there was one.
 * @throws {DispatchError} if the work does not know how it is watched, such as a job that was read from JSON.
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
 * const last = await follow(job);
 * assertEquals(last?.value.status, "finished");
 * ```
 */
export function follow<T extends Work>(
  work: Watch<T> | Watching<T>,
  options?: FollowOptions,
): Promise<Snapshot<T> | undefined>;
/** Follows a task. */
export function follow(
  work: UpscalingTask,
  options?: FollowOptions,
): Promise<Snapshot<UpscalingTask> | undefined>;
/** Follows a job. */
export function follow(
  work: ProcessingJobSummary,
  options?: FollowOptions,
): Promise<Snapshot<ProcessingJob> | undefined>;
/** Follows a task that was just created, or is in a list. */
export function follow(
  work: UpscalingTaskSummary,
  options?: FollowOptions,
): Promise<Snapshot<UpscalingTask> | undefined>;
/** Follows all of one's work. */
export function follow(
  work: JobsStatusResponse,
  options?: FollowOptions,
): Promise<Snapshot<JobsStatusResponse> | undefined>;
export async function follow(
  work: unknown,
  options: FollowOptions = {},
): Promise<Snapshot<Work> | undefined> {
  const { signal, clock = systemClock, screen = screenAtHand(), map = true, interval } = options;
  signal?.throwIfAborted();
  const watch = watchToFollow(work, { interval });
  const stopped = abortError("Stopped watching");
  const stopping = new AbortController();
  const release = onStop(() => stopping.abort(stopped));
  const view = openView(watch.subject, { screen, clock, map: map && screen.pictures });
  let last: Snapshot<Work> | undefined;
  let end: End | undefined;
  let shown: Displayable | undefined;
  try {
    const bounded = watch.until(stopping.signal, view.trouble);
    for await (last of signal === undefined ? bounded : bounded.until(signal)) view.update(last);
  } catch (error) {
    end = signal?.aborted || isAbort(error) ? { kind: "stopped" } : { kind: "error", error };
    if (error !== stopped) throw error;
  } finally {
    shown = await view.close(end);
    release();
  }
  return last === undefined || shown === undefined ? undefined : showing(last, shown);
}

interface View {
  /** Is told of every snapshot. */
  update(snapshot: Snapshot<Work>): void;
  /** Is told what stands in the way, before there is a snapshot too. */
  trouble(problem: string | undefined): void;
  /** Shows the last frame, and hands it back. */
  close(end: End | undefined): Promise<Displayable>;
}

interface ViewOptions {
  readonly screen: Screen;
  readonly clock: Clock;
  readonly map: boolean;
}

/**
 * Shows frames: on change and every second, never more often, and the last one exactly once. A frame that cannot be
 * shown is none: what is followed does not depend on it.
 */
function openView(subject: WatchSubject, { screen, clock, map: wantsMap }: ViewOptions): View {
  const began = new Date(clock.now());
  const history = createHistory();
  const closing = new AbortController();
  const paint = createPainter();
  const news = new AbortController();
  let snapshot: Snapshot<Work> | undefined;
  let problem: string | undefined;
  let drawn: Work | undefined;
  let map: Block | undefined;

  const stateNow = (): FrameState => ({
    subject,
    began,
    now: new Date(clock.now()),
    history,
    snapshot,
    problem: snapshot === undefined ? problem : snapshot.problem,
    map,
  });
  const drawMap = async () => {
    if (!wantsMap || snapshot === undefined || snapshot.value === drawn) return;
    drawn = snapshot.value;
    const source = "processing_jobs" in drawn ? drawn.processing_jobs : drawn;
    map = await paint(source, { compact: true }) ?? map;
  };
  const show = async (state: FrameState) => {
    const view = displayable(() => frameBlocks(state));
    await attempt(() =>
      screen.show({
        view,
        lead: frameLead(state),
        line: frameLine(state),
        afterwords: frameAfterwords(state),
      })
    );
    return view;
  };
  const pause = (milliseconds: number, until: AbortSignal) =>
    clock.sleep(milliseconds, until).catch(() => {});

  const keepShowing = async () => {
    let shown: string | undefined;
    // The first frame waits a moment for something to tell; a log waits for news alone.
    await pause(TICK, news.signal);
    while (true) {
      await drawMap();
      // The last frame is shown by whoever closes the view.
      if (closing.signal.aborted || snapshot?.done) return;
      const state = stateNow();
      if (screen.redraws || frameKey(state) !== shown) await show(state);
      shown = frameKey(state);
      await pause(TICK, closing.signal);
    }
  };
  // A rejection in the background would end a script.
  const running = keepShowing().catch(() => {});

  return {
    update(next) {
      snapshot = next;
      history.learn(next.value, clock.now());
      news.abort(null);
    },
    trouble(now) {
      problem = now;
      news.abort(null);
    },
    async close(end) {
      closing.abort(null);
      news.abort(null);
      await running;
      await drawMap();
      const view = await show(end === undefined ? stateNow() : { ...stateNow(), end });
      await attempt(() => screen.close());
      return view;
    },
  };
}

/** Does what may fail without anybody being worse off. */
async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch {
    // A screen that is gone takes its frames with it, not the work that was followed.
  }
}

/** Whether an error says that somebody has had enough: the watch may have a signal of its own. */
function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** How soon a kernel shows what ends a cell, in milliseconds; whoever types a name in the next one takes longer. */
const SAME_CELL = 150;

/**
 * A snapshot that shows the last frame when it is typed in a cell, but not once more at the end of the cell that
 * followed: there the frame stands already. A kernel does not tell which cell it is; it shows the end of one at once.
 */
function showing<T>(snapshot: Snapshot<T>, frame: Displayable): Snapshot<T> {
  const handedOver = performance.now();
  let first = true;
  return Object.defineProperty({ ...snapshot }, jupyterDisplay, {
    configurable: true,
    value() {
      const isSameCell = first && performance.now() - handedOver < SAME_CELL;
      first = false;
      return isSameCell ? {} : frame[jupyterDisplay]();
    },
  });
}
