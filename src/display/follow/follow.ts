import { type Clock, systemClock } from "../../core/clock.ts";
import type { JobsStatusResponse } from "../../models/jobs_status.ts";
import type { ProcessingJob } from "../../models/jobs.ts";
import type { Snapshot, Watch, WatchSubject } from "../../models/snapshot.ts";
import type { UpscalingTask } from "../../models/upscaling.ts";
import { displayable, jupyterDisplay } from "../render/displayable.ts";
import type { Block } from "../render/document.ts";
import { frameBlocks, frameKey, frameLine, type FrameState, type Work } from "./frame.ts";
import { createPainter } from "../views/results/footprints.ts";
import { type Screen, screenAtHand } from "./screen.ts";
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

/** The shortest time from one frame to the next, in milliseconds; the last frame comes at once. */
const LEAST_PAUSE = 1_000;

/** After what time a frame is shown in which only the clock has moved, in milliseconds. */
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
  const { signal, clock = systemClock, screen = screenAtHand(), map = true } = options;
  signal?.throwIfAborted();
  const stopped = new DOMException("Stopped watching", "AbortError");
  const stopping = new AbortController();
  const release = onStop(() => stopping.abort(stopped));
  const view = openView(watch.subject, { screen, clock, map: map && screen.pictures });
  let last: Snapshot<T> | undefined;
  let end: FrameState["end"];
  try {
    const bounded = watch.until(stopping.signal);
    for await (last of signal === undefined ? bounded : bounded.until(signal)) view.update(last);
  } catch (error) {
    end = signal?.aborted || isAbort(error) ? { kind: "stopped" } : { kind: "error", error };
    if (error !== stopped) throw error;
  } finally {
    await view.close(end);
    release();
  }
  return last === undefined ? undefined : silent(last);
}

interface View {
  /** Is told of every snapshot. */
  update(snapshot: Snapshot<Work>): void;
  /** Shows the last frame. */
  close(end: FrameState["end"]): Promise<void>;
}

interface ViewOptions {
  readonly screen: Screen;
  readonly clock: Clock;
  readonly map: boolean;
}

/**
 * Shows frames: on change and at most once a second, now and then for the clock alone, and the last one exactly once. A
 * frame that cannot be shown is none: what is followed does not depend on it.
 */
function openView(subject: WatchSubject, { screen, clock, map: wantsMap }: ViewOptions): View {
  const began = new Date(clock.now());
  const states: { status: string; since: Date }[] = [];
  const closing = new AbortController();
  const paint = createPainter();
  let changed = new AbortController();
  let snapshot: Snapshot<Work> | undefined;
  let drawn: Work | undefined;
  let map: Block | undefined;

  const stateNow = (): FrameState => ({
    subject,
    began,
    now: new Date(clock.now()),
    states: [...states],
    snapshot,
    map,
  });
  const drawMap = async () => {
    if (!wantsMap || snapshot === undefined || snapshot.value === drawn) return;
    drawn = snapshot.value;
    map = await paint("processing_jobs" in drawn ? drawn.processing_jobs : drawn) ?? map;
  };
  const show = async (state: FrameState) => {
    const view = displayable(() => frameBlocks(state));
    await attempt(() => screen.show({ view, line: frameLine(state) }));
  };
  const pause = (milliseconds: number, until: AbortSignal) =>
    clock.sleep(Math.max(0, milliseconds), until).catch(() => {});

  const keepShowing = async () => {
    let shown: string | undefined;
    // The first frame waits a moment for something to tell.
    let patience = LEAST_PAUSE;
    while (true) {
      await pause(patience, changed.signal);
      changed = new AbortController();
      await drawMap();
      // The last frame is shown by whoever closes the view.
      if (closing.signal.aborted || snapshot?.done) return;
      const state = stateNow();
      patience = CLOCK_PAUSE;
      if (shown !== undefined && !screen.redraws && frameKey(state) === shown) continue;
      shown = frameKey(state);
      await show(state);
      await pause(LEAST_PAUSE, closing.signal);
      patience -= LEAST_PAUSE;
    }
  };
  // A rejection in the background would end a script.
  const running = keepShowing().catch(() => {});

  return {
    update(next) {
      snapshot = next;
      const { value } = next;
      if ("status" in value && value.status !== states.at(-1)?.status) {
        states.push({ status: value.status, since: new Date(clock.now()) });
      }
      changed.abort(null);
    },
    async close(end) {
      closing.abort(null);
      changed.abort(null);
      await running;
      await drawMap();
      await show(end === undefined ? stateNow() : { ...stateNow(), end });
      await attempt(() => screen.close());
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

/** A snapshot that shows nothing when it ends a cell: the frame above has shown it. */
function silent<T>(snapshot: Snapshot<T>): Snapshot<T> {
  return Object.defineProperty({ ...snapshot }, jupyterDisplay, { value: () => ({}) });
}
