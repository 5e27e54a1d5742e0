import { count, formatBytes, formatInstant } from "../../../core/units.ts";
import { STATUS_COLORS } from "../../../map/status.ts";
import type { Health } from "../../../models/monitoring.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, code, type Field, type Line, muted, strong } from "../../render/document.ts";
import { healthBadge } from "../../render/value.ts";

/** What a card needs of a whole answer. */
export interface WholeAnswer {
  /** Whether the call succeeded. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly content: Uint8Array;
  /** The correlation id of the call. */
  readonly requestId: string;
  /** Why the call failed, if it did. */
  readonly error?: unknown;
}

/** A card of a whole answer: its status, media type, size and correlation id; of a failure what went wrong. */
export function answerCard(answer: WholeAnswer): Displayable {
  return displayable(() => answerBlocks(answer));
}

function answerBlocks({ ok, status, headers, content, requestId, error }: WholeAnswer): Block[] {
  const mediaType = headers.get("Content-Type");
  const badge = ok
    ? { text: `✓ ${status}`, badge: STATUS_COLORS.green }
    : { text: `✗ ${status}`, badge: STATUS_COLORS.red };
  const fields: Field[] = [
    { label: "Media type", lines: [mediaType ?? muted("not told")] },
    { label: "Size", lines: [formatBytes(content.byteLength)] },
    ...(error === undefined ? [{ label: "Request id", lines: [code(requestId)] }] : []),
    ...(ok ? [{ label: "Body", lines: [[code("parsed"), " holds what it says"]] }] : []),
  ];
  return [
    { kind: "fields", caption: [strong("Answer"), "  ", badge], fields },
    ...(error === undefined ? [] : [errorBlock(error)]),
  ];
}

/** The most lines of an error's message that are shown. */
const MAX_LINES = 20;

/** An error by its message alone. */
export function errorCard(error: unknown): Displayable {
  return displayable(() => [errorBlock(error)]);
}

function errorBlock(error: unknown): Block {
  const words = error instanceof Error ? error.message || error.name : String(error);
  const lines = words.split("\n").filter((line) => line.trim() !== "").slice(0, MAX_LINES);
  return { kind: "note", tone: "error", lines: lines.length > 0 ? lines : ["It failed"] };
}

/** A card of what a call brought that has nothing of its own to show, such as a deletion. */
export function doneCard(status: number): Displayable {
  return displayable(() => [{
    kind: "note",
    tone: "plain",
    lines: [[
      { text: "✓ done", badge: STATUS_COLORS.green },
      { text: "  " },
      muted(`the service says ${status}`),
    ]],
  }]);
}

/** What a card needs of a result that a platform sent. */
export interface RawResult {
  /** Which kind of result this is. */
  readonly kind: "json" | "bytes" | "stream";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result. */
  readonly data: unknown;
}

/** A card of a result as a platform sent it: what it is, how large, and where it is in the value. */
export function rawResultCard(result: RawResult): Displayable {
  return displayable(() => [{
    kind: "fields",
    caption: strong("Result"),
    fields: [
      { label: "Media type", lines: [result.mediaType ?? muted("not told")] },
      { label: "Holds", lines: [holdingsOf(result)] },
      {
        label: "Next",
        lines: [
          result.kind === "stream"
            ? [code("data"), " is read once, into a file or by a loop"]
            : [code("data"), " holds it"],
        ],
      },
    ],
  }]);
}

function holdingsOf({ data }: RawResult): string {
  if (data instanceof Uint8Array) return formatBytes(data.byteLength);
  if (data instanceof ReadableStream) return "a stream that is read once";
  if (Array.isArray(data)) return count(data.length, "item");
  if (typeof data !== "object" || data === null) return JSON.stringify(data).slice(0, 80);
  const names = Object.keys(data);
  const isSeries = names.length > 0 && names.every((name) => /^\d{4}-\d\d-\d\d/.test(name));
  if (!isSeries) return `${count(names.length, "field")}: ${names.slice(0, 8).join(", ")}`;
  const [first = "", last = first] = [names.toSorted()[0], names.toSorted().at(-1)];
  return `a time series of ${count(names.length, "date")}, ${first.slice(0, 10)} → ${
    last.slice(0, 10)
  }`;
}

/** What a card tells of a client. */
export interface ClientFacts {
  /** The service's address. */
  readonly baseUrl: string;
  /** In whose name it acts. */
  readonly account: Account;
  /** What it can do: each call and what that is for. */
  readonly calls: readonly CallWords[];
}

/** In whose name a client acts, as far as that can be told without asking anybody. */
export type Account =
  | { readonly kind: "none" }
  | { readonly kind: "asked" }
  | {
    readonly kind: "token";
    readonly user: string | undefined;
    readonly expires: Date | undefined;
  };

/** A call as it is typed, and what it is for. */
export type CallWords = readonly [call: string, purpose: string];

/** A card of a client: where it leads, who is signed in, what it can do. */
export function clientCard({ baseUrl, account, calls }: ClientFacts): Displayable {
  return displayable(() => [{
    kind: "fields",
    caption: [strong("Dispatch client"), "  ", baseUrl],
    fields: [
      { label: "Signed in", lines: [accountLine(account)] },
      ...callFields(calls),
    ],
  }]);
}

/** A card of a part of a client: what it can do. */
export function resourceCard(name: string, calls: readonly CallWords[]): Displayable {
  return displayable((): readonly Block[] => [{
    kind: "fields",
    caption: strong(name),
    fields: callFields(calls),
  }]);
}

function callFields(calls: readonly CallWords[]) {
  return calls.map(([call, purpose]) => ({ label: call, lines: [purpose] }));
}

function accountLine(account: Account): Line {
  switch (account.kind) {
    case "none":
      return muted("nobody: these calls need no account");
    case "asked":
      return "by a function, which is asked for a token when one is needed";
    case "token": {
      const { user, expires } = account;
      const until = expires === undefined
        ? muted(" that does not say until when")
        : [muted(" until "), formatInstant(expires)];
      return [user === undefined ? "with a token" : code(user), ...[until].flat()];
    }
  }
}

/**
 * A card of how the service and its database are.
 *
 * @example
 * ```ts
 * import { healthCard } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const health = { status: "error", database: { status: "error", message: "no connection" } };
 * assertEquals(String(healthCard(health)).split("\n"), [
 *   "Dispatch service  ✗ error",
 *   "Database  ✗ error  no connection",
 * ]);
 * ```
 */
export function healthCard(health: Health): Displayable {
  return displayable(() => healthBlocks(health));
}

/** The blocks of a card of the service's health. */
export function healthBlocks({ status, database }: Health): readonly Block[] {
  const line: Line = database.message
    ? [healthBadge(database.status), "  ", database.message]
    : healthBadge(database.status);
  return [{
    kind: "fields",
    caption: [strong("Dispatch service"), "  ", healthBadge(status)],
    fields: [{ label: "Database", lines: [line] }],
  }];
}
