import { formatInstant } from "../../../core/units.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../../../models/jobs.ts";
import type { ServiceDetails } from "../../../models/service.ts";
import { shownTitle } from "../../../models/title_token.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import {
  type Block,
  type Column,
  command,
  type Field,
  type Line,
  MAX_ROWS,
  muted,
  type Piece,
  strong,
} from "../../render/document.ts";
import { locate } from "../../render/link.ts";
import { fieldPiece, statusBadge } from "../../render/value.ts";
import { parameterColumn, parametersColumn } from "./traits.ts";

/** What a service is called in a table: the last part of its path or URL; all of it in the tooltip. */
export function serviceName({ endpoint, namespace, application }: ServiceDetails): Piece {
  const shown = locate(application).shown;
  const name = shown.replace(/(?<!\/)\/+$/, "").split("/").at(-1)?.replace(/\.json$/i, "") ?? "";
  const parts = [shown, namespace ?? "", locate(endpoint).shown];
  return {
    text: name === "" ? shown : name,
    whole: parts.filter((part) => part !== "").join(" · "),
  };
}

/** What a service is: its name, and where it is described if it is on the web; the whole address in the tooltip. */
export function serviceLine(service: ServiceDetails): Piece[] {
  const { href, host, shown } = locate(service.application);
  if (href === undefined || host === undefined) return [{ text: shown, style: "code" }];
  const { text } = serviceName(service);
  return [{ text, href, whole: shown }, {
    text: `, described at ${host}`,
    style: "muted",
    whole: "",
  }];
}

/** Where a service runs, and by which protocol. */
export function platformLine({ endpoint, namespace }: ServiceDetails, label: string): Piece[] {
  return [
    { text: locate(endpoint).shown, style: "code" },
    ...(namespace
      ? [
        { text: " namespace ", style: "muted" } as const,
        { text: namespace, style: "code" } as const,
      ]
      : []),
    { text: ` · ${label}`, style: "muted" },
  ];
}

/**
 * A card of one job: how far it is, what it runs and with what, and what to do next. Of a job that
 * failed it says what is known and what to look at.
 *
 * @example
 * ```ts
 * import { jobCard, type ProcessingJob } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const job: ProcessingJob = {
 *   id: 42,
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   status: "finished",
 *   service: { endpoint: "https://processes.example.test", application: "/processes/vegetation-index" },
 *   parameters: { resolution: 10 },
 *   created: new Date("2026-11-23T15:38:21Z"),
 *   updated: new Date("2026-11-23T15:40:02Z"),
 * };
 * assertStringIncludes(String(jobCard(job)), "Created     2026-11-23 15:38:21 UTC");
 * ```
 */
export function jobCard(job: ProcessingJobSummary | ProcessingJob): Displayable {
  return displayable(() => jobBlocks(job));
}

/** How the blocks of a card are made. */
export interface JobBlocksOptions {
  /**
   * Whether it says what to do next, which makes no sense while somebody does it.
   *
   * @default {true}
   */
  readonly advice?: boolean | undefined;
}

/** The blocks of a card of one job. */
export function jobBlocks(
  job: ProcessingJobSummary | ProcessingJob,
  { advice = true }: JobBlocksOptions = {},
): readonly Block[] {
  const next = advice ? nextStep(job) : undefined;
  return [
    {
      kind: "fields",
      caption: [
        strong(`Job ${job.id}`),
        "  ",
        statusBadge(job.status),
        "  ",
        shownTitle(job.title),
      ],
      fields: [
        { label: "Service", lines: [serviceLine(job.service)] },
        { label: "Platform", lines: [platformLine(job.service, job.label)] },
        { label: "Parameters", lines: parameterLines(job.parameters) },
        ...("created" in job ? timeFields(job) : []),
        ...(next === undefined ? [] : [{ label: "Next", lines: [next] }]),
      ],
    },
    ...remarksOn(job),
  ];
}

/** When something was created and when it was last heard of. */
export function timeFields(
  { created, updated }: { readonly created: Date; readonly updated: Date },
): Field[] {
  return [
    { label: "Created", lines: [formatInstant(created)] },
    { label: "Updated", lines: [formatInstant(updated)] },
  ];
}

function parameterLines(parameters: Readonly<Record<string, unknown>>): readonly Line[] {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return [muted("none")];
  const lines: Line[] = entries.slice(0, MAX_ROWS).map(([name, value]) => [
    muted(`${name}: `),
    fieldPiece(name, value),
  ]);
  if (entries.length > lines.length) lines.push(muted(`and ${entries.length - lines.length} more`));
  return lines;
}

/** What to do next with a job; of a failed one there is more to say than fits a line. */
export function nextStep({ status, id }: ProcessingJobSummary): Line | undefined {
  switch (status) {
    case "finished":
      return [call("results", id), " gets its files"];
    case "failed":
      return undefined;
    case "canceled":
      return "create it again if it is still wanted: it was stopped at the platform";
    case "unknown":
      return [
        "the platform could not be asked, the job may well be running; ",
        call("get", id),
        " asks again",
      ];
    default:
      return [
        command(`await follow(client.unitJobs.watch(${idText(id)}))`),
        " shows it until it ends",
      ];
  }
}

/** What more there is to say of a job in this state. */
export function remarksOn({ status, label }: ProcessingJobSummary): Block[] {
  if (status === "failed") {
    return [{
      kind: "note",
      tone: "error",
      lines: [
        "The platform says that this job failed. The service passes on no reason.",
        "Look at the platform's own log of the job, and whether your account is linked to the platform. ",
        [
          command("await client.unitJobs.parameters({ label, service })"),
          " tells which parameters the service takes.",
        ],
      ],
    }];
  }
  if (status === "unknown" && label === "openeo") {
    return [{
      kind: "note",
      tone: "plain",
      lines: ["An openEO job that was canceled can stay unknown for good."],
    }];
  }
  return [];
}

function call(name: string, id: number): Piece {
  return command(`await client.unitJobs.${name}(${idText(id)})`);
}

function idText(id: number): string {
  return Number.isSafeInteger(id) ? String(id) : "job";
}

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
