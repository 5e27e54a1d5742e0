import { count, formatInstant } from "../../../core/units.ts";
import { STATUS_ORDER } from "../../../map/status.ts";
import type { PublicStatisticsResponse } from "../../../models/monitoring.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Line, MAX_ROWS, muted, strong } from "../../render/document.ts";
import { statusBadge } from "../../render/value.ts";

/** How a table of statistics is made. */
export interface StatisticsTableOptions {
  /**
   * The most services and interfaces to show of each, those with the most work first.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
}

/**
 * What the service has done for all its users: jobs and upscaling tasks, counted by status, by interface and by
 * service.
 *
 * @example
 * ```ts
 * import { statisticsTable } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const table = statisticsTable({
 *   generated_at: new Date("2026-11-23T15:38:21Z"),
 *   processing_jobs: {
 *     total: 97,
 *     by_status: { finished: 90, failed: 7 },
 *     by_interface: { openeo: 97 },
 *     by_service: { ndvi: 97 },
 *   },
 *   upscaling_tasks: {
 *     total: 2,
 *     by_status: { finished: 2 },
 *     by_interface: { openeo: 2 },
 *     by_service: { ndvi: 2 },
 *     average_processing_jobs_per_upscaling_task: 12.5,
 *   },
 * });
 * assertEquals(
 *   String(table).split("\n")[0],
 *   "Dispatch service · 97 jobs · 2 upscaling tasks of about 12.5 jobs each · 2026-11-23 15:38 UTC",
 * );
 * ```
 */
export function statisticsTable(
  statistics: PublicStatisticsResponse,
  options: StatisticsTableOptions = {},
): Displayable {
  return displayable(() => statisticsBlocks(statistics, options));
}

export function statisticsBlocks(
  { generated_at: generated, processing_jobs: jobs, upscaling_tasks: tasks }:
    PublicStatisticsResponse,
  { rows = MAX_ROWS }: StatisticsTableOptions = {},
): readonly Block[] {
  const average = tasks.average_processing_jobs_per_upscaling_task;
  const facts = [
    count(jobs.total, "job"),
    count(tasks.total, "upscaling task") +
    (tasks.total > 0 ? ` of about ${count(rounded(average), "job")} each` : ""),
    formatInstant(generated).replace(/:\d\d UTC$/, " UTC"),
  ];
  const caption: Line = [strong("Dispatch service"), muted(` · ${facts.join(" · ")}`)];
  if (jobs.total + tasks.total === 0) return [{ kind: "note", tone: "plain", lines: [caption] }];
  const statuses = namesIn(jobs.by_status, tasks.by_status)
    .sort((a, b) => placeOf(a) - placeOf(b));
  return [
    table("Status", statuses, jobs.by_status, tasks.by_status, { caption, cell: statusBadge }),
    ...([
      ["Interface", jobs.by_interface, tasks.by_interface],
      ["Service", jobs.by_service, tasks.by_service],
    ] as const).flatMap(([title, ofJobs, ofTasks]) => {
      const names = namesIn(ofJobs, ofTasks);
      if (names.length === 0) return [];
      const shown = names.slice(0, rows);
      const part = shown.length < names.length ? ` · ${shown.length} of ${names.length} shown` : "";
      const by: Line = [strong(`By ${title.toLowerCase()}`), muted(part)];
      return [table(title, shown, ofJobs, ofTasks, { caption: by, cell: (name) => name })];
    }),
  ];
}

type Counts = Readonly<Record<string, number>>;

function table(
  title: string,
  names: readonly string[],
  jobs: Counts,
  tasks: Counts,
  { caption, cell }: { readonly caption: Line; readonly cell: (name: string) => Line },
): Block {
  return {
    kind: "table",
    caption,
    columns: [
      { title, max: 60, yields: true },
      { title: "Jobs", max: 16 },
      { title: "Upscaling tasks", max: 16 },
    ],
    rows: names.map((name) => [cell(name), amount(jobs, name), amount(tasks, name)]),
  };
}

/** The names of both, those with the most work first. */
function namesIn(jobs: Counts, tasks: Counts): string[] {
  const work = (name: string) => countOf(jobs, name) + countOf(tasks, name);
  return [...new Set([...Object.keys(jobs), ...Object.keys(tasks)])]
    .sort((a, b) => work(b) - work(a) || (a < b ? -1 : 1));
}

function amount(counts: Counts, name: string): Line {
  const value = countOf(counts, name);
  return value === 0 ? muted("–") : String(value);
}

function countOf(counts: Counts, name: string): number {
  return Object.hasOwn(counts, name) ? counts[name] ?? 0 : 0;
}

/** The place of a status, those that are not known last. */
function placeOf(status: string): number {
  const place = STATUS_ORDER.indexOf(status);
  return place < 0 ? STATUS_ORDER.length : place;
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
