import { isObject } from "../../core/objects.ts";
import { redact, redactJson } from "../../core/redact.ts";
import type { BaseJobRequest, ProcessingJobSummary } from "../../models/jobs.ts";
import { describeValue } from "../../models/schema/issue.ts";
import { shownTitle } from "../../models/titles/title_token.ts";
import type { UpscalingTaskRequest } from "../../models/upscaling.ts";
import { LedgerError } from "../ledger_error.ts";
import type { LedgerEntry } from "../journal/entry.ts";

/** A job, or what a ledger holds of one. */
export type MadeWork = LedgerEntry | ProcessingJobSummary;

/** What was asked for, as far as it is known: the service forgets the format. */
export type KnownRequest =
  & Omit<BaseJobRequest, "format" | "label">
  & { readonly label: string; readonly format?: string | undefined }
  & Partial<Pick<UpscalingTaskRequest, "dimension">>;

/** What was asked for, without secrets and without the mark in its title. */
export function requestOf(work: MadeWork, entries: readonly LedgerEntry[] = []): KnownRequest {
  const request: unknown = isObject(work) && "request" in work ? work.request : work;
  if (!isObject(request) || !isObject(request.service) || typeof request.title !== "string") {
    throw new LedgerError(
      `expected a job or an entry of a ledger, got ${describeValue(work)}`,
      { reason: "other", hint: "give what client.unitJobs.get(id) or ledger.entries brought" },
    );
  }
  if ("request" in work) return { ...work.request, title: shownTitle(work.request.title) };
  const entry = entries.find(({ kind, id }) => kind === "job" && id === work.id);
  const { title, label, service, parameters } = work;
  const clean = redactJson(parameters, []);
  const { namespace, ...place } = service;
  return {
    title: shownTitle(redact(title)),
    label,
    service: namespace === null || namespace === undefined ? place : { ...place, namespace },
    parameters: isObject(clean) ? clean : {},
    ...(entry === undefined ? {} : { format: entry.request.format }),
  };
}
