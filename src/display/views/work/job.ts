import { shownTitle } from "../../../models/titles/title_token.ts";
import type { ProcessingJob, ProcessingJobSummary } from "../../../models/jobs.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import {
  type Block,
  command,
  type Field,
  type Line,
  MAX_ROWS,
  muted,
  type Piece,
  strong,
} from "../../render/document.ts";
import { platformLine, serviceLine } from "./service.ts";
import { statusBadge } from "../../render/status.ts";
import { formatInstant } from "../../../core/units.ts";
import { fieldPiece } from "../../render/value.ts";

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
