import type { CallOptions, HttpConfig } from "../config.ts";
import type { WireCall } from "../wire.ts";

/** The version of this package, as `deno.json` has it. */
export const VERSION = "0.1.0";

/**
 * The headers of a call, all but the token's, by their names in lower case. A plain record: `Headers` would
 * be built and read anew at every step, which costs more than the rest of a call.
 */
export function requestHeaders(
  config: HttpConfig,
  call: WireCall,
  options: CallOptions,
): Record<string, string> {
  const headers: Record<string, string> = { "accept": call.accept ?? "application/json" };
  if (USER_AGENT !== undefined) headers["user-agent"] = USER_AGENT;
  addLowerCase(headers, config.headers);
  addLowerCase(headers, options.headers);
  headers["x-correlation-id"] ||= crypto.randomUUID();
  if (call.body !== undefined) headers["content-type"] = "application/json";
  if (config.cookie !== undefined) headers["cookie"] = config.cookie;
  return headers;
}

function addLowerCase(
  headers: Record<string, string>,
  added: Readonly<Record<string, string>> | undefined,
): void {
  for (const name in added) {
    const value = added[name];
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
}

const USER_AGENT = ownUserAgent();

/**
 * What a service reads in its log of who asked ([RFC 9110, section 10.1.5](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5)):
 * this package, then the runtime. None in a browser, which has its own and would ask for leave to send another.
 */
function ownUserAgent(): string | undefined {
  const runtime = globalThis.navigator?.userAgent;
  return runtime === undefined || !/^(?:Deno|Node\.js|Bun)\//.test(runtime)
    ? undefined
    : `apex-dispatch-client/${VERSION} ${runtime}`;
}
