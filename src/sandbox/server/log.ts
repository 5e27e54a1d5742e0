import type { SandboxRequest, SandboxStream, State, StreamEnd } from "../service/state.ts";
import type { StreamTarget } from "../sockets/stream_faults.ts";

/** How many requests, and how many streams, are remembered. */
const MAX_ENTRIES = 1000;

/** A part of the log that is still to be written to. */
type Open<Entry, Late extends keyof Entry> =
  & Omit<Entry, Late>
  & { -readonly [key in Late]: Entry[key] };

/** Writes a request down; what comes back notes the status of its answer. */
export function logRequest(
  { requests }: State,
  { request, requestId, operation }: {
    readonly request: Request;
    readonly requestId: string;
    readonly operation: string | undefined;
  },
): (status: number) => void {
  const entry: Open<SandboxRequest, "status"> = {
    method: request.method,
    path: loggedPath(request),
    operation,
    correlationId: requestId,
    status: undefined,
  };
  append(requests, entry);
  return (status) => {
    entry.status = status;
  };
}

/** What is still to be noted of a stream. */
export interface StreamEntry {
  /** Notes a message that was sent. */
  sent(): void;
  /** Notes a message that the client sent. */
  received(): void;
  /** Notes how it ended. */
  end(end: StreamEnd): void;
}

/** Writes down that a stream has opened. */
export function logStream(
  { streams }: State,
  { target, path }: { readonly target: StreamTarget; readonly path: string },
): StreamEntry {
  const { promise: ended, resolve } = Promise.withResolvers<StreamEnd>();
  const entry: Open<SandboxStream, "sent" | "received" | "end"> = {
    target,
    path,
    sent: 0,
    received: 0,
    end: undefined,
    ended,
  };
  append(streams, entry);
  return {
    sent() {
      entry.sent++;
    },
    received() {
      entry.received++;
    },
    end(end) {
      entry.end = end;
      resolve(end);
    },
  };
}

/** The path and query of a request, without what is secret in it. */
export function loggedPath({ url }: { readonly url: string }): string {
  const { pathname, search } = new URL(url);
  return pathname + search.replace(/([?&]token=)[^&]*/g, "$1<token>");
}

function append<Entry>(entries: Entry[], entry: Entry): void {
  entries.push(entry);
  if (entries.length > MAX_ENTRIES) entries.shift();
}
