import { readBody } from "../../../http/attempt/body.ts";
import { ResultsError } from "../../results_error.ts";

/** How a document is asked for. */
export interface ReadDocumentOptions {
  /** What sends the request. */
  readonly fetch: typeof fetch;
  /** Gives up at once when it aborts. */
  readonly signal: AbortSignal;
}

/** How a document is read: 16 MiB of it at the most, by whatever `fetch` it came. */
const BODY = { limit: 16_777_216, native: false };

/** Reads a JSON document of a result, such as an item. No message holds its address. */
export async function readDocument(
  address: string,
  { fetch: send, signal }: ReadDocumentOptions,
): Promise<unknown> {
  const host = URL.parse(address)?.host ?? "its host";
  const fail = (what: string, reason: "refused" | "unreachable" | "invalid") =>
    new ResultsError(`Cannot read an item of the results at ${host}: ${what}`, { reason });
  let response: Response;
  try {
    response = await send(address, {
      signal,
      headers: { accept: "application/geo+json, application/json" },
    });
  } catch {
    signal.throwIfAborted();
    throw fail("it cannot be reached", "unreachable");
  }
  if (response.status === 401 || response.status === 403) {
    await response.body?.cancel();
    throw fail(
      "it wants a token of the platform, which this client does not have\n  What to do: take the files from the platform itself, or give { resolve }",
      "refused",
    );
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    throw fail(`the answer was ${response.status}`, "unreachable");
  }
  const { content, cut } = await readBody(response, { ...BODY, signal }).catch(() => {
    signal.throwIfAborted();
    throw fail("its answer was cut off", "unreachable");
  });
  if (cut) throw fail("it is larger than 16 MiB", "invalid");
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    throw fail("it is not JSON", "invalid");
  }
}
