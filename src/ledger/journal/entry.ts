import { createHash } from "node:crypto";
import { isObject } from "../../core/objects.ts";
import type { ChildJob, EntryLine, LedgerRequest } from "./line.ts";

/** A value as text that is the same however it was written: the order of names means nothing, what is not there neither. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(
        Object.entries(inner).filter(([, each]) => each !== undefined)
          .sort(([one], [other]) => one < other ? -1 : 1),
      )
      : inner) ?? "null";
}

/** What identifies a request: the same for requests that ask for the same. */
export function fingerprintOf(request: object): string {
  const { service, ...rest }: { service?: unknown } = { ...request };
  const plain = { ...rest, service: plainService(service) };
  return createHash("sha256").update(canonical(plain)).digest("hex").slice(0, 32);
}

/** A service without a namespace that says nothing. */
export function plainService(service: unknown): unknown {
  if (!isObject(service)) return service;
  const { namespace, ...rest } = service;
  return namespace === null || namespace === undefined ? rest : { ...rest, namespace };
}

/**
 * What is known of something that was to be sent: `intent`, nothing has left yet; `sent`, it may have; `created`, the
 * service said so; `refused`, nothing was made; `unknown`, the answer was lost; `found` in the list afterwards; `absent`
 * from it after the time that a record may take; `ambiguous`, several can be it.
 */
export type LedgerState =
  | "intent"
  | "sent"
  | "created"
  | "refused"
  | "unknown"
  | "found"
  | "absent"
  | "ambiguous";

/** One thing in a ledger: what was asked for, and what came of it. */
export interface LedgerEntry {
  /** What it is called in the ledger. */
  readonly key: string;
  /** A job, or a task. */
  readonly kind: "job" | "task";
  /** What was asked for, without secrets. */
  readonly request: LedgerRequest;
  /** The digest of the request. */
  readonly fingerprint: string;
  /** What the title is marked with at the service. */
  readonly token?: string | undefined;
  /** The highest number of one's own work that was known when it was to be sent. */
  readonly watermark: number;
  /** What is known of it. */
  readonly state: LedgerState;
  /** When that was learned. */
  readonly at: Date;
  /** When it was to be sent. */
  readonly since: Date;
  /** Its number at the service, where that is known. */
  readonly id?: number | undefined;
  /** How far it was when the service was last asked. */
  readonly status?: string | undefined;
  /** Why it was refused, or why nobody knows. */
  readonly reason?: string | undefined;
  /** The numbers of those that can be it. */
  readonly candidates?: readonly number[] | undefined;
  /** Where its results were put. */
  readonly folder?: string | undefined;
  /** The key of what it makes again. */
  readonly again?: string | undefined;
  /** The jobs of a task, as they were when it was last asked. */
  readonly children?: readonly ChildJob[] | undefined;
}

/** An entry as it is after one more line about it; nothing where a line is about what nobody meant to send. */
export function withLine(entry: LedgerEntry | undefined, line: EntryLine): LedgerEntry | undefined {
  const at = new Date(line.at);
  if (line.state === "intent") {
    const { key, kind, request, fingerprint, token, watermark, again } = line;
    return {
      ...{ key, kind, request, fingerprint, token, watermark, again, state: line.state, at },
      since: entry?.since ?? at,
    };
  }
  if (entry === undefined) return undefined;
  switch (line.state) {
    case "sent":
    case "absent":
      return { ...entry, state: line.state, at };
    case "created":
    case "found":
      return {
        ...entry,
        ...{ state: line.state, at, id: line.id, status: line.status ?? "created" },
        ...{ reason: undefined, candidates: undefined },
      };
    case "refused":
    case "unknown":
      return { ...entry, state: line.state, at, reason: line.reason };
    case "ambiguous":
      return { ...entry, state: line.state, at, candidates: line.ids };
    case "status":
      return { ...entry, status: line.status };
    case "children":
      return { ...entry, children: line.jobs };
    case "downloaded":
      return { ...entry, folder: line.folder };
  }
}

/** Whether it is known that something exists at the service. */
export function isMade(entry: LedgerEntry): entry is LedgerEntry & { readonly id: number } {
  return entry.id !== undefined && (entry.state === "created" || entry.state === "found");
}

/** Whether something may have been made of which nobody knows. */
export function isOpen({ state }: LedgerEntry): boolean {
  return state === "sent" || state === "unknown";
}

/** Whether the ledger holds all of a request: secrets are left out. */
export function isComplete({ request, fingerprint }: LedgerEntry): boolean {
  return fingerprintOf(request) === fingerprint;
}
