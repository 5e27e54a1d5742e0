// The one place that asks how this machine reaches itself: what goes to it must not pass through anybody else's hands.

/** Whether a host is this machine for certain: its own name, or an address that never leaves it (RFC 6890). */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname) ||
    // RFC 6761 makes every such name mean this machine; where we connect ourselves, it does.
    (hostname.endsWith(".localhost") && canConnectDirectly());
}

/** The machine's own `fetch`, in two ways. */
export interface Connections {
  /** Over connections that are kept open. */
  readonly kept: typeof fetch;
  /**
   * Over a connection of its own, where the runtime can do that: Deno sends a request without a body again when a
   * connection that was kept open drops before the answer.
   */
  readonly own: typeof fetch;
}

/**
 * How a service is reached, such that a request over plain `http:` to this machine stays on it, whatever proxy the
 * environment names: there a token in clear would be read by the proxy. Deno connects directly when told where to;
 * that costs a connection for each call, so it is done only where a proxy may be in the way, or where a name below
 * `localhost` may mean something else.
 */
export function connectionsTo(baseUrl: URL): Connections {
  const kept: typeof fetch = (input, init) => fetch(input, init);
  if (!canConnectDirectly()) return { kept, own: kept };
  const address = directAddress(baseUrl);
  if (address === undefined) return { kept, own: ownConnection({}) };
  const isName = baseUrl.hostname.endsWith(".localhost");
  const direct = ownConnection({ proxy: { transport: "tcp", ...address } });
  // Deno looks once, too.
  let needed: boolean | undefined;
  return {
    kept(input, init) {
      needed ??= isName || named(PROXY_VARIABLES) !== false;
      return needed ? direct(input, init) : fetch(input, init);
    },
    own: direct,
  };
}

/** Where to connect such that a request or a socket in clear to this machine stays on it; nothing for any other. */
export function directAddress(
  { protocol, hostname, port }: URL,
): { readonly hostname: string; readonly port: number } | undefined {
  const isClear = protocol === "http:" || protocol === "ws:";
  if (!isClear || !isLoopback(hostname)) return undefined;
  const isName = hostname.endsWith(".localhost");
  return {
    hostname: isName ? "localhost" : hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || 80,
  };
}

/** A `fetch` that makes a connection for each request, and keeps none. */
function ownConnection(options: Deno.CreateHttpClientOptions): typeof fetch {
  return async (input, init) => {
    const client = Deno.createHttpClient(options);
    try {
      return await fetch(input, { ...init, client });
    } finally {
      client.close();
    }
  };
}

/** What of a runtime decides whether a proxy is in the way. */
export interface Runtime {
  /** Whether it can be told to connect directly. */
  readonly direct: boolean;
  /** Whether it heeds the variables that name a proxy. */
  readonly heedsProxies: boolean;
  /** The environment, as far as it can be read. */
  readonly environment: Readonly<Record<string, unknown>>;
}

/**
 * What is wrong with a base URL on this machine where the runtime would send it through a proxy, and leaves no way
 * round it; nothing where it would not.
 */
export function proxyProblem(
  { protocol, hostname }: URL,
  { direct, heedsProxies, environment }: Runtime = thisRuntime(),
): string | undefined {
  if (protocol !== "http:" || !isLoopback(hostname) || direct || !heedsProxies) return undefined;
  const name = PROXY_VARIABLES.find((variable) => (environment[variable] ?? "") !== "");
  const spared = `${environment["NO_PROXY"] ?? environment["no_proxy"] ?? ""}`;
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (name === undefined || spared.split(/[\s,]+/).some((host) => host === "*" || host === bare)) {
    return undefined;
  }
  return `${hostname} would be reached through the proxy that ${name} names, which could read what is sent: ` +
    `add ${bare} to the environment variable NO_PROXY`;
}

/** The variables that name a proxy for `http:`, and those for `https:`. */
const PROXY_VARIABLES = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] as const;
const SECURE_PROXY_VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] as const;

function canConnectDirectly(): boolean {
  return typeof Deno !== "undefined" && typeof Deno.createHttpClient === "function";
}

/**
 * Whether Deno goes through a proxy to an address, as far as that can be told: nothing where the environment cannot be
 * looked at without asking, since nobody is asked for that. What the environment spares from it is not looked at.
 */
export function namesProxy({ protocol, hostname }: URL): boolean | undefined {
  if (isLoopback(hostname)) return false;
  const isSecure = protocol === "https:" || protocol === "wss:";
  return named(isSecure ? SECURE_PROXY_VARIABLES : PROXY_VARIABLES);
}

/** Whether one of some variables has a value, as far as Deno may look at them. */
function named(variables: readonly string[]): boolean | undefined {
  if (typeof Deno === "undefined") return false;
  const readable = variables.filter((variable) =>
    Deno.permissions.querySync({ name: "env", variable }).state === "granted"
  );
  if (readable.some((variable) => (Deno.env.get(variable) ?? "") !== "")) return true;
  return readable.length === variables.length ? false : undefined;
}

function thisRuntime(): Runtime {
  const direct = canConnectDirectly();
  const process: unknown = direct ? undefined : Reflect.get(globalThis, "process");
  if (typeof process !== "object" || process === null || !("env" in process)) {
    return { direct, heedsProxies: false, environment: {} };
  }
  const environment: Readonly<Record<string, unknown>> = { ...Object(process.env) };
  const flags: unknown = Reflect.get(process, "execArgv");
  const heedsProxies = "Bun" in globalThis || isTold(environment, flags);
  return { direct, heedsProxies, environment };
}

/** Whether Node.js was told to heed the variables that name a proxy: by one of its own, or by a flag. */
export function isTold(environment: Readonly<Record<string, unknown>>, flags: unknown): boolean {
  const options = `${environment["NODE_OPTIONS"] ?? ""} ${
    Array.isArray(flags) ? flags.join(" ") : ""
  }`;
  return environment["NODE_USE_ENV_PROXY"] === "1" ||
    /(?:^|\s)--use-env-proxy(?:\s|$)/.test(options);
}
