import type { FaultyAnswer } from "./faults.ts";

/** Statuses whose answers have no body. */
const BODILESS = new Set([101, 204, 205, 304]);

/** An answer as a `Response`, as much of it as is to arrive. */
export function toResponse(
  { answer, broken }: FaultyAnswer,
  layers: Readonly<Record<string, string>>,
): Response {
  const headers = new Headers({ ...(answer.bare === true ? {} : layers), ...answer.headers });
  const { status, payload } = answer;
  const body = BODILESS.has(status) ? null : payload;
  if (broken !== "midway" || body === null) return new Response(body, { status, headers });
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  headers.set("content-length", String(bytes.length));
  return new Response(ReadableStream.from([half]), { status, headers });
}
