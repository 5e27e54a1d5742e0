import { count, formatBytes } from "../../core/units.ts";
import { ResultsError } from "../results_error.ts";

/** How a file is read piece by piece. */
export interface RangesOptions {
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** The most bytes that are read. */
  readonly maxBytes: number;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** Reads pieces of a file behind an address, as a GeoTIFF reader asks for them. */
export interface RangeClient {
  /** A name for it; never the address. */
  readonly url: string;
  /** Asks for a piece. */
  request(options?: RequestInit): Promise<RangeResponse>;
  /** How many requests were made. */
  readonly requests: number;
  /** How many bytes came. */
  readonly bytes: number;
  /** Why a piece did not come, where one did not. */
  readonly failure: ResultsError | undefined;
}

/** One piece. */
export interface RangeResponse {
  /** Whether it came. */
  readonly ok: boolean;
  readonly status: number;
  getHeader(name: string): string;
  /** The bytes. */
  getData(): Promise<ArrayBuffer>;
}

/**
 * Reads pieces of a file, within a budget. A host that takes no notice of ranges is let go before it sends the whole.
 * No message holds the address.
 */
export function rangeClient(address: string, options: RangesOptions): RangeClient {
  const { fetch: send, maxBytes, signal } = options;
  const host = URL.parse(address)?.host ?? "its host";
  let requests = 0, bytes = 0;
  let failure: ResultsError | undefined;
  const fail = (error: ResultsError) => failure ??= error;
  return {
    url: "raster",
    get requests() {
      return requests;
    },
    get bytes() {
      return bytes;
    },
    get failure() {
      return failure;
    },
    async request({ headers, signal: own } = {}) {
      signal?.throwIfAborted();
      requests++;
      const either = [signal, own ?? undefined].filter((one) => one !== undefined);
      let response: Response;
      try {
        response = await send(address, {
          headers: { ...Object.fromEntries(new Headers(headers)), "accept-encoding": "identity" },
          ...(either.length === 0 ? {} : { signal: AbortSignal.any(either) }),
        });
      } catch (error) {
        signal?.throwIfAborted();
        throw fail(unreachable(host, error));
      }
      if (response.status !== 206) {
        await response.body?.cancel().catch(() => {});
        throw fail(refusal(host, response.status));
      }
      const data = await readWithin(response, maxBytes - bytes);
      if (data === undefined) throw fail(tooMuch(maxBytes, requests));
      bytes += data.byteLength;
      return {
        ok: true,
        status: 206,
        getHeader: (name) => response.headers.get(name) ?? "",
        getData: () => Promise.resolve(data),
      };
    },
  };
}

/** The bytes of an answer; nothing where they are more than may be read. */
async function readWithin(response: Response, left: number): Promise<ArrayBuffer | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    size += next.value.length;
    if (size > left) {
      await reader?.cancel().catch(() => {});
      return undefined;
    }
    parts.push(next.value);
  }
  return await new Blob(parts).arrayBuffer();
}

function tooMuch(maxBytes: number, requests: number): ResultsError {
  return new ResultsError(
    `Cannot show the raster: reading it took more than ${formatBytes(maxBytes)} in ${
      count(requests, "request")
    }\n  What to do: allow more: { maxBytes: Infinity }, or download it`,
    { reason: "too-large" },
  );
}

function refusal(host: string, status: number): ResultsError {
  if (status === 200) {
    return new ResultsError(
      `Cannot read the raster in pieces: ${host} sends files as a whole only\n` +
        "  What to do: download it, and show the local file",
      { reason: "unsupported" },
    );
  }
  const ended = status === 410 || status === 403;
  return new ResultsError(
    `Cannot read the raster: ${host} answers ${status}\n  What to do: ${
      ended
        ? "its address may have ended: ask for the results again, client.unitJobs.results(job)"
        : "ask for the results again"
    }`,
    { reason: ended ? "expired" : "refused" },
  );
}

function unreachable(host: string, error: unknown): ResultsError {
  const missing = error instanceof Error && error.name === "NotCapable";
  return new ResultsError(
    missing
      ? `Cannot read the raster: Deno was started without the permission to reach ${host}\n  What to do: run with --allow-net=${host}`
      : `Cannot read the raster: ${host} cannot be reached\n  What to do: try again`,
    { reason: missing ? "permission" : "unreachable" },
  );
}
