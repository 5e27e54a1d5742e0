import type { CallOptions, HttpConfig } from "./config.ts";
import type { Call } from "./send.ts";

/**
 * The headers of a call, all but the token's, by their names in lower case. A plain record: `Headers` would
 * be built and read anew at every step, which costs more than the rest of a call.
 */
export function requestHeaders(
  config: HttpConfig,
  call: Call,
  options: CallOptions,
): Record<string, string> {
  const headers: Record<string, string> = {
    "accept": call.accept ?? "application/json",
    ...lowerCase(config.headers),
    ...lowerCase(options.headers),
  };
  headers["x-correlation-id"] ||= crypto.randomUUID();
  if (call.body !== undefined) headers["content-type"] = "application/json";
  if (config.cookie !== undefined) headers["cookie"] = config.cookie;
  return headers;
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) lower[name.toLowerCase()] = value;
  }
  return lower;
}
