/**
 * What the gallery shows: the views that people look at most, of work as they have it, the same at every run.
 *
 * @module
 */
import { frameBlocks } from "../../../src/display/follow/frame/frame.ts";
import type { End } from "../../../src/display/follow/frame/lead.ts";
import { createHistory } from "../../../src/display/follow/frame/work.ts";
import { type Displayable, displayable } from "../../../src/display/render/displayable.ts";
import { createPainter, footprints } from "../../../src/display/views/results/footprints.ts";
import { jobCard } from "../../../src/display/views/work/job.ts";
import { jobsTable } from "../../../src/display/views/work/jobs.ts";
import { oneService, realisticJob, thousandJobs, withDates } from "../../display/realistic.ts";
import { type Grid, gridTiles, mixedStatus } from "../../map/map_tiles.ts";
import type { UpscalingTask } from "../../../src/models/upscaling.ts";

const POLDERS: Grid = { corner: [3.2, 50.9], columns: 4, rows: 3, size: 20_000 };
const IBERIA: Grid = { corner: [-9.1, 37.1], columns: 50, rows: 40, size: 20_000 };
const NORTH_SEA: Grid = { corner: [2.9, 57.1], columns: 3, rows: 3, size: 20_000 };

const BEGAN = Date.UTC(2026, 10, 23, 15, 38, 21);

/** A task over a grid, so many jobs of which are of each status. */
function taskOver(grid: Grid, statusOf: (index: number, total: number) => string): UpscalingTask {
  const title = "Maximum NDVI composite, polders of the IJzer, summer 2025";
  const areas = gridTiles(grid);
  const jobs = areas.map((area, index) => {
    const job = realisticJob(8_001 + index, statusOf(index, areas.length));
    const parameters = { ...job.parameters, spatial_extent: area };
    return { ...job, title: `${title} - Processing Job ${index + 1}`, parameters };
  });
  const { label, service } = realisticJob(1, "running");
  const times = { created: new Date(BEGAN), updated: new Date(BEGAN) };
  return { id: 77, title, label, status: "running", service, ...times, jobs };
}

interface Moment {
  /** The task as it is. */
  readonly task: UpscalingTask;
  /** How long it has been followed, in milliseconds. */
  readonly after: number;
  /** Whether it has ended. */
  readonly done?: boolean;
  /** How following ended, if it did before. */
  readonly end?: End;
}

/** A frame of `follow` at a moment: a third of what has ended by then was seen to begin and to end. */
async function frameAt({ task, after, done = false, end }: Moment): Promise<Displayable> {
  const history = createHistory();
  const at = (status: (now: string) => string) => ({
    ...task,
    jobs: task.jobs.map((job) => ({ ...job, status: status(job.status) })),
  });
  history.learn(at(() => "queued"), BEGAN);
  history.learn(at((now) => now === "finished" ? "running" : "queued"), BEGAN + after / 3);
  history.learn(task, BEGAN + after * 0.9);
  const map = await createPainter()(task, { compact: true });
  const now = new Date(BEGAN + after);
  const expectedJobs = task.jobs.length;
  const snapshot = { value: task, at: now, via: "polling", done, expectedJobs } as const;
  const began = new Date(BEGAN);
  const subject = { kind: "task", id: task.id } as const;
  return displayable(() =>
    frameBlocks({ subject, snapshot, began, now, history, map, ...(end && { end }) })
  );
}

const twelve = (...statuses: readonly string[]) =>
  taskOver(POLDERS, (index) => statuses[index] ?? "queued");
const half = ["finished", "finished", "finished", "failed", "finished", "finished", "finished"];
const MIDDLE = twelve(...half, "running", "running", "running");
const ended = twelve(...half, ...Array.from({ length: 5 }, () => "finished"));
const THREE_MINUTES = 190_000;

/** The scenes by the ids of the gallery's cells. */
export const scenes: Readonly<Record<string, () => Displayable | Promise<Displayable>>> = {
  "middle": () => frameAt({ task: MIDDLE, after: THREE_MINUTES }),
  "end": () => frameAt({ task: ended, after: 2 * THREE_MINUTES, done: true }),
  "stopped": () => frameAt({ task: MIDDLE, after: THREE_MINUTES, end: { kind: "stopped" } }),
  "two-thousand": () => frameAt({ task: taskOver(IBERIA, mixedStatus), after: 60 * THREE_MINUTES }),
  "all-failed": () =>
    frameAt({ task: taskOver(POLDERS, () => "failed"), after: 20_000, done: true }),
  "thousand-jobs": () => jobsTable(thousandJobs()),
  "dated-jobs": () => jobsTable(oneService(25).map(withDates)),
  "one-job": () => jobsTable([withDates(realisticJob(4711, "failed"))]),
  "failed-job": () => jobCard(withDates(realisticJob(4711, "failed"))),
  "empty": () => jobsTable([]),
  "sea": () => footprints(taskOver(NORTH_SEA, () => "finished")),
  "inland": () => footprints(MIDDLE),
};
