import type { ProcessingJobSummary } from "../../../models/jobs.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Column, MAX_ROWS, type Piece } from "../../render/document.ts";
import { captionOf, select } from "./select.ts";
import { serviceName } from "./service.ts";
import { statusBadge } from "../../render/status.ts";
import { fieldsPiece, formatValue } from "../../render/value.ts";

/** How a table of jobs is made. */
export interface JobsTableOptions {
  /**
   * The most rows to show.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
  /**
   * What to call the table.
   *
   * @default the number of jobs
   */
  readonly caption?: string | undefined;
}

const JOB: Column = { title: "Job", max: 16 };
const STATUS: Column = { title: "Status", max: 26 };
const TITLE: Column = { title: "Title", max: 60, yields: true };
const SERVICE: Column = { title: "Service", max: 36, yields: true };
const PARAMETERS: Column = { title: "Parameters", max: 64, yields: true };

/**
 * A table of jobs: failed ones first, then running ones, then the newest, at most twenty, with the
 * counts by status of all.
 *
 * @example
 * ```ts
 * import { jobsTable, type ProcessingJobSummary } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const job: ProcessingJobSummary = {
 *   id: 42,
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   status: "running",
 *   service: { endpoint: "https://processes.example.test", application: "/processes/vegetation-index" },
 *   parameters: { resolution: 10 },
 * };
 * assertEquals(String(jobsTable([job])).split("\n"), [
 *   "1 job · 1 running",
 *   "Job  Status     Title             Service           Parameters",
 *   "───  ─────────  ────────────────  ────────────────  ──────────────",
 *   "42   ◐ running  Vegetation index  vegetation-index  resolution: 10",
 * ]);
 * ```
 */
export function jobsTable(
  jobs: readonly ProcessingJobSummary[],
  options: JobsTableOptions = {},
): Displayable {
  return displayable(() => [jobsBlock(jobs, options)]);
}

/** The block of a table of jobs. */
export function jobsBlock(
  jobs: readonly ProcessingJobSummary[],
  { rows = MAX_ROWS, caption }: JobsTableOptions = {},
): Block {
  if (jobs.length === 0) {
    const words = caption === undefined ? "No jobs" : `${caption}: no jobs`;
    return { kind: "note", tone: "plain", lines: [words] };
  }
  const selection = select(jobs, rows);
  return {
    kind: "table",
    caption: captionOf(selection, "job", caption),
    columns: [JOB, STATUS, TITLE, SERVICE, PARAMETERS],
    rows: selection.shown.map((job) => [
      String(job.id),
      statusBadge(job.status),
      job.title,
      serviceName(job.service),
      { ...fieldsPiece(job.parameters), style: "muted" },
    ]),
  };
}

/**
 * The block of the jobs of a task: all run the same service, their titles begin with the task's, and
 * what matters of their parameters is what differs.
 */
export function taskJobsBlock(
  task: { readonly title: string; readonly jobs: readonly ProcessingJobSummary[] },
  rows: number = MAX_ROWS,
): Block {
  const selection = select(task.jobs, rows);
  const names = differingParameters(selection.shown);
  return {
    kind: "table",
    caption: captionOf(selection, "job"),
    columns: [JOB, STATUS, TITLE, PARAMETERS],
    rows: selection.shown.map((job) => [
      String(job.id),
      statusBadge(job.status),
      shortTitle(job.title, task.title),
      {
        ...fieldsPiece(Object.fromEntries(
          Object.entries(job.parameters).filter(([name]) => names.has(name)),
        )),
        style: "muted",
      },
    ]),
  };
}

/** The service calls a task's jobs `{title} - Processing Job {n}`. */
function shortTitle(title: string, taskTitle: string): Piece {
  const prefix = `${taskTitle} - `;
  return title.startsWith(prefix) && title.length > prefix.length
    ? { text: title.slice(prefix.length), whole: title }
    : { text: title };
}

function differingParameters(jobs: readonly ProcessingJobSummary[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const differing = new Set<string>();
  for (const [index, { parameters }] of jobs.entries()) {
    for (const [name, value] of Object.entries(parameters)) {
      const text = formatValue(value);
      if (index > 0 && first.get(name) !== text) differing.add(name);
      first.set(name, text);
    }
  }
  return differing.size > 0 ? differing : new Set(first.keys());
}
