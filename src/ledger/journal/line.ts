import { isObject } from "../../core/objects.ts";
import type { LedgerAccount } from "../../api/known/job_ledger.ts";
import type { BaseJobRequest } from "../../models/jobs.ts";
import type { UpscalingTaskRequest } from "../../models/upscaling.ts";
import { LedgerError } from "../ledger_error.ts";

/** What a request asks for: a job, or a task of many. */
export type LedgerRequest = BaseJobRequest | UpscalingTaskRequest;

/** The first line: whose ledger it is. */
export interface HeaderLine {
  /** The version of the format. */
  readonly ledger: 1;
  /** When it was begun. */
  readonly at: string;
  /** Where the service is. */
  readonly service: string;
  /** In whose name it was sent; not there if the token did not say. */
  readonly account?: LedgerAccount | undefined;
}

/** What every other line has. */
interface Common {
  /** When it was written, in UTC. */
  readonly at: string;
  /** What it is about. */
  readonly key: string;
}

/** That something is to be sent. */
export interface IntentLine extends Common {
  /** Which line this is. */
  readonly state: "intent";
  /** A job, or a task. */
  readonly kind: "job" | "task";
  /** The digest of the request. */
  readonly fingerprint: string;
  /** What its title is marked with, if it is. */
  readonly token?: string | undefined;
  /** The highest number of one's own work that was known by then. */
  readonly watermark: number;
  /** The key of what it makes again. */
  readonly again?: string | undefined;
  /** The request, without secrets. */
  readonly request: LedgerRequest;
}

/** A job of a task. */
export interface ChildJob {
  /** Its number. */
  readonly id: number;
  /** How far it was when the task was last asked. */
  readonly status: string;
}

/** A line about something that is to be, or was, sent. */
export type EntryLine =
  | IntentLine
  | Common & { readonly state: "sent" | "absent" }
  | Common & {
    readonly state: "created" | "found";
    readonly id: number;
    readonly status?: string | undefined;
  }
  | Common & { readonly state: "refused" | "unknown"; readonly reason: string }
  | Common & { readonly state: "ambiguous"; readonly ids: readonly number[] }
  | Common & { readonly state: "children"; readonly jobs: readonly ChildJob[] }
  | Common & { readonly state: "status"; readonly status: string }
  | Common & { readonly state: "downloaded"; readonly folder: string };

/** A line as it stands in the file. */
export type JournalLine = HeaderLine | EntryLine;

/** What was read of a ledger's file. */
export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  /** How many bytes of it are whole lines: what is written next belongs there. */
  readonly end: number;
  /** Whether the last line lacks its end of line alone. */
  readonly open: boolean;
  /** What of it was passed over, in words. */
  readonly note?: string;
}

const NEWLINE = 10;

/** A line as text. */
export function encodeLine(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads the file of a ledger. A last line that was cut off is passed over and told: it was never flushed, so nothing was
 * sent on the strength of it.
 *
 * @throws {LedgerError} if a line before the last is damaged, or the file is no ledger.
 */
export function readJournal(bytes: Uint8Array, path: string): ReadJournal {
  const last = bytes.lastIndexOf(NEWLINE) + 1;
  const decoder = new TextDecoder();
  const texts = decoder.decode(bytes.subarray(0, last)).split("\n");
  const lines: JournalLine[] = [];
  let number = 0;
  for (const text of texts) {
    number++;
    if (text.trim() === "") continue;
    const line = readLine(text);
    if (line === undefined) throw damaged(path, number, lines.length === 0);
    if (line !== "newer") lines.push(line);
  }
  const rest = decoder.decode(bytes.subarray(last));
  if (rest === "") return { lines, end: last, open: false };
  const line = readLine(rest);
  if (line !== undefined && line !== "newer") {
    return { lines: [...lines, line], end: bytes.length, open: true };
  }
  const note = `the last line (${number}) was cut off and is passed over: it was being written ` +
    "when the program ended, and nothing was sent because of it";
  return { lines, end: last, open: false, note };
}

function damaged(path: string, number: number, isFirst: boolean): LedgerError {
  return new LedgerError(
    isFirst
      ? `Cannot read ${path}: it is no ledger (line ${number} is not one of a ledger's)`
      : `Cannot read ${path}: line ${number} is damaged`,
    {
      reason: "damaged",
      hint: isFirst
        ? "name another file; nothing was changed in this one"
        : `look at line ${number}: mend it from a copy, or remove it if you know what it told; nothing was changed`,
    },
  );
}

const TEXTS: ReadonlySet<string> = new Set(["refused", "unknown", "status", "downloaded"]);

/** Reads one line; one of a kind that a newer version writes is passed over. */
function readLine(text: string): JournalLine | "newer" | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || typeof value.at !== "string") return undefined;
  if ("ledger" in value) return isHeader(value) ? value : undefined;
  if (typeof value.key !== "string" || typeof value.state !== "string") return undefined;
  if (isEntryLine(value)) return value;
  return KNOWN.has(value.state) ? undefined : "newer";
}

const KNOWN: ReadonlySet<string> = new Set([
  ...TEXTS,
  ...["intent", "sent", "created", "found", "absent", "ambiguous", "children"],
]);

function isHeader(value: object): value is HeaderLine {
  const { ledger, service }: { ledger?: unknown; service?: unknown } = value;
  return ledger === 1 && typeof service === "string";
}

function isEntryLine(value: Readonly<Record<string, unknown>>): value is EntryLine & typeof value {
  switch (value.state) {
    case "intent":
      return (value.kind === "job" || value.kind === "task") && isObject(value.request) &&
        typeof value.fingerprint === "string" && typeof value.watermark === "number" &&
        typeof value.request.title === "string" && isObject(value.request.parameters);
    case "sent":
    case "absent":
      return true;
    case "created":
    case "found":
      return Number.isSafeInteger(value.id);
    case "refused":
    case "unknown":
      return typeof value.reason === "string";
    case "ambiguous":
      return Array.isArray(value.ids) && value.ids.every((id) => Number.isSafeInteger(id));
    case "children":
      return Array.isArray(value.jobs) &&
        value.jobs.every((job) => isObject(job) && Number.isSafeInteger(job.id));
    case "status":
      return typeof value.status === "string";
    case "downloaded":
      return typeof value.folder === "string";
    default:
      return false;
  }
}
