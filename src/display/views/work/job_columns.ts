import { shownTitle } from "../../../models/titles/title_token.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../../../models/jobs.ts";
import type { Column, Line } from "../../render/document.ts";
import { locate } from "../../render/link.ts";
import { statusBadge } from "../../render/status.ts";
import { serviceName } from "./service.ts";
import { parameterColumn, parametersColumn } from "./traits.ts";

/** A column with its cells, one for each row. */
export interface JobColumn {
  readonly column: Column;
  readonly cells: readonly Line[];
}

/** Whether it is known when a job was created. */
export function hasDates(job: ProcessingJobSummary): job is ProcessingJob {
  return "created" in job && job.created instanceof Date;
}

function timeOf(job: ProcessingJobSummary, field: "created" | "updated"): Line {
  const time = hasDates(job) ? job[field] : undefined;
  if (!(time instanceof Date) || Number.isNaN(time.getTime())) return { text: "–", style: "muted" };
  const text = time.toISOString();
  return { text: `${text.slice(0, 10)} ${text.slice(11, 16)}`, whole: text };
}

/** The columns that can be asked for by name. */
const NAMED: Readonly<
  Record<string, { readonly column: Column; cell(job: ProcessingJobSummary): Line }>
> = {
  id: { column: { title: "Job", max: 16, align: "right" }, cell: ({ id }) => String(id) },
  status: { column: { title: "Status", max: 26 }, cell: ({ status }) => statusBadge(status) },
  title: {
    column: { title: "Title", max: 60, yields: true },
    cell: ({ title }) => shownTitle(title),
  },
  service: {
    column: { title: "Service", max: 36, yields: true, folds: 1 },
    cell: ({ service }) => serviceName(service),
  },
  host: {
    column: { title: "Host", max: 36, yields: true, folds: 8 },
    cell: ({ service: { endpoint } }) => {
      const { host, shown } = locate(endpoint);
      return host === undefined ? shown : { text: host, whole: shown };
    },
  },
  label: { column: { title: "Label", max: 20, folds: 7 }, cell: ({ label }) => label },
  created: {
    column: { title: "Created (UTC)", max: 16, folds: 6 },
    cell: (job) => timeOf(job, "created"),
  },
  updated: {
    column: { title: "Updated (UTC)", max: 16, folds: 7 },
    cell: (job) => timeOf(job, "updated"),
  },
};

/** The column that is asked for by name: a field of jobs, or one of their parameters. */
export function namedColumn(name: string, jobs: readonly ProcessingJobSummary[]): JobColumn {
  if (name === "parameters") return parametersColumn(jobs);
  const known = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  return known === undefined
    ? parameterColumn(jobs, name)
    : { column: known.column, cells: jobs.map((job) => known.cell(job)) };
}
