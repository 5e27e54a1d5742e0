import { orDispatchError } from "../../core/dispatch_error.ts";
import { isObject } from "../../core/objects.ts";
import { redact, redactJson } from "../../core/redact.ts";
import { type Displayable, displayable, withData } from "../../display/render/displayable.ts";
import { code, type Column, strong } from "../../display/render/document.ts";
import type { BaseJobRequest, ProcessingJobSummary } from "../../models/jobs.ts";
import { describeValue, formatPath } from "../../models/schema/issue.ts";
import { shownTitle } from "../../models/title_token.ts";
import type { UpscalingTaskRequest } from "../../models/upscaling.ts";
import { canonical, type LedgerEntry } from "../journal/entry.ts";
import { LedgerError } from "../ledger_error.ts";
import { wordOf } from "../ledger_table.ts";

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

/** One thing in which two jobs differ. */
export interface Difference {
  /** Where, as one would type it: `parameters.spatial_extent.west`. */
  readonly path: string;
  /** What the first has there; nothing if it has nothing. */
  readonly one: unknown;
  /** What the second has there. */
  readonly other: unknown;
}

/** What two jobs differ in. It shows itself as a table. */
export interface Comparison extends Displayable {
  /** Each difference, the shortest path to it. */
  readonly differences: readonly Difference[];
}

const COLUMNS: readonly Column[] = [
  { title: "Where", max: 48 },
  { title: "First", max: 60, yields: true },
  { title: "Second", max: 60, yields: true },
];

/**
 * What two jobs differ in: what they were asked for, and what came of it. How a value is written makes no difference.
 *
 * @example
 * ```ts
 * import { compare } from "@apex-dispatch/client/ledger";
 * import { assertEquals } from "@std/assert";
 *
 * const job = (id: number, status: string, resolution: number) => ({
 *   id,
 *   status,
 *   title: "Fields",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { resolution, bands: ["B04"] },
 * });
 * const { differences } = compare(job(7, "finished", 10), job(8, "failed", 20));
 * assertEquals(differences, [
 *   { path: "status", one: "finished", other: "failed" },
 *   { path: "parameters.resolution", one: 10, other: 20 },
 * ]);
 * ```
 */
export function compare(one: MadeWork, other: MadeWork): Comparison {
  return orDispatchError("Cannot compare the two", () => comparison(one, other));
}

function comparison(one: MadeWork, other: MadeWork): Comparison {
  const differences = [...differing(valueOf(one), valueOf(other), [])];
  const shown = withData(
    displayable(() => [
      differences.length === 0
        ? { kind: "note", tone: "plain", lines: [`${nameOf(one)} and ${nameOf(other)} are alike`] }
        : {
          kind: "table",
          caption: [strong(`${nameOf(one)} and ${nameOf(other)}`), " differ"],
          columns: COLUMNS,
          rows: differences.map(({ path, one, other }) => [code(path), textOf(one), textOf(other)]),
        },
    ]),
    () => differences,
  );
  return Object.assign(shown, { differences });
}

function valueOf(work: MadeWork) {
  const status = "request" in work ? wordOf(work) : work.status;
  return { status, ...requestOf(work) };
}

function nameOf(work: MadeWork): string {
  return work.id === undefined ? "What was not sent" : `Job ${work.id}`;
}

function textOf(value: unknown): string {
  return value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);
}

function* differing(
  one: unknown,
  other: unknown,
  path: readonly PropertyKey[],
): Generator<Difference> {
  if (canonical(one) === canonical(other)) return;
  const bothLists = Array.isArray(one) && Array.isArray(other) && one.length === other.length;
  if (bothLists) {
    for (const [index, item] of one.entries()) {
      yield* differing(item, other[index], [...path, index]);
    }
  } else if (isObject(one) && isObject(other)) {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      yield* differing(one[name], other[name], [...path, name]);
    }
  } else yield { path: formatPath(path), one, other };
}
