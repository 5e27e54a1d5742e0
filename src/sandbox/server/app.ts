import { Hono } from "hono";
import { operations } from "../../api/operations.ts";
import { systemClock } from "../../core/waiting.ts";
import { catalogueRoutes } from "../catalogue/routes.ts";
import { identityRoutes } from "../identity/routes.ts";
import { fileRoutes } from "../platform/files.ts";
import { bearerToken } from "../service/auth.ts";
import { serviceRoutes } from "../service/routes.ts";
import { makeDueJobs } from "../service/tasks.ts";
import { isHandshake, serveHandshake, type StreamsOptions } from "../sockets/handshake.ts";
import { type Connections, listen, LOOPBACK, startRelay } from "../sockets/relay.ts";
import {
  type Answer,
  type FaultyAnswer,
  frameworkError,
  methodNotAllowed,
  rawAnswer,
  toResponse,
} from "./answers.ts";
import { applyFault, isCarriedOut } from "./faults.ts";
import type { Call } from "./handler.ts";
import { logRequest } from "./log.ts";

/** The sandbox as its server sees it. */
interface App {
  /** Answers a request that came from a port of this machine. */
  serve(request: Request, remotePort: number): Response | Promise<Response>;
  /** Waits until the streams that are open by now have learned that their connections have ended. */
  streamsEnded(): Promise<void>;
}

/** All that the sandbox serves: the service's operations and streams, and what stands around it. */
export function createApp(options: ServeOptions): App {
  const { world } = options;
  const app = new Hono<{ Bindings: { readonly remotePort: number } }>();
  for (
    const { method, path, target, run } of [
      ...serviceRoutes,
      ...fileRoutes,
      ...identityRoutes,
      ...catalogueRoutes,
    ]
  ) {
    app.on(method, path, (c) =>
      serve(c.req.raw, c.env.remotePort, {
        ...options,
        target,
        params: c.req.param(),
        run: (call) => run(call, world),
      }));
  }
  app.notFound((c) =>
    serve(c.req.raw, c.env.remotePort, {
      ...options,
      target: undefined,
      params: {},
      run: unrouted,
    })
  );
  return {
    serve: (request, remotePort) =>
      isHandshake(request)
        ? serveHandshake(request, remotePort, options)
        : app.fetch(request, { remotePort }),
    async streamsEnded() {
      await Promise.all(world.state.streams.map(({ ended }) => ended));
    },
  };
}

/** What no route takes: another method, a slash too many, or nothing that is served. */
function unrouted({ request }: Call): Answer {
  const { pathname, search, origin } = new URL(request.url);
  const operation = operationAt(pathname);
  if (operation !== undefined) return methodNotAllowed(operation.method);
  const shorter = pathname.replace(/\/$/, "");
  return shorter !== pathname && operationAt(shorter) !== undefined
    ? rawAnswer(307, null, { location: `${origin}${shorter}${search}` })
    : frameworkError(404, "Not Found");
}

/** Of several operations at a path, the first names the method that is allowed, as in the service. */
function operationAt(path: string): { readonly method: string } | undefined {
  return Object.values(operations).find((operation) =>
    new RegExp(`^${operation.path.replace(/\{\w+\}/, "[^/]+")}$`).test(path)
  );
}

/** A server and the relay before it. */
export interface Server {
  /** The port that clients come to. */
  readonly port: number;
  /** Drops every connection, and takes none for some milliseconds of real time. */
  restart(downtime: number): Promise<void>;
  /** Ends every connection and gives the port back. */
  close(): Promise<void>;
}

/** What an app learns from its server. */
export interface Serving {
  /** Aborts when all is over. */
  readonly signal: AbortSignal;
  /** The connections that requests come by. */
  readonly connections: Connections;
}

/**
 * Listens on a port, 0 for a free one, and serves an app.
 *
 * @throws {DispatchError} if the port is in use.
 */
export function startServer(port: number, makeApp: (serving: Serving) => App): Server {
  const listener = listen(port);
  const ending = new AbortController();
  const server = Deno.serve(
    { hostname: LOOPBACK, port: 0, onListen() {} },
    (request, { remoteAddr }) => app.serve(request, remoteAddr.port),
  );
  const relay = startRelay(listener, server.addr.port);
  const app = makeApp({ signal: ending.signal, connections: relay });
  return {
    port: listener.addr.port,
    async restart(downtime) {
      const ended = app.streamsEnded();
      await relay.restart(downtime);
      await ended;
    },
    async close() {
      ending.abort();
      await relay.close();
      await app.streamsEnded();
      await server.shutdown();
    },
  };
}

/** What every request passes through works with. */
interface ServeOptions extends StreamsOptions {
  /** The origins whose pages may ask. */
  readonly origins: readonly string[];
}

/** What a request is for. */
export interface Errand {
  /** What faults and the log call it; none for a path that is not served. */
  readonly target: string | undefined;
  /** The parts of the path that its route names. */
  readonly params: Readonly<Record<string, string>>;
  /** Does it. */
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/**
 * Takes a request through the layers that all of them pass: the log, what goes wrong, CORS, the
 * correlation id.
 */
async function serve(
  request: Request,
  remotePort: number,
  { target, params, run, ...options }: ServeOptions & Errand,
): Promise<Response> {
  const { world, faults, origins, signal } = options;
  const requestId = request.headers.get("x-correlation-id") ?? options.newId();
  const done = logRequest(world.state, { request, requestId, operation: target });
  makeDueJobs(world);
  const fault = target === undefined ? undefined : faults.take(target);
  const { life } = world.state;
  if (fault?.latency !== undefined) {
    await systemClock.sleep(fault.latency, signal).catch(() => {});
  }
  // What waited when the service was killed died with it.
  if (life !== world.state.life) return new Response(null);
  const call: Call = {
    request,
    requestId,
    origin: new URL(request.url).origin,
    params,
    token: bearerToken(request.headers.get("authorization")),
    commitAfter: fault?.commitAfter,
  };
  const answer = async () => preflight(request, origins) ?? await run(call);
  const faulty: FaultyAnswer = fault === undefined
    ? { answer: await answer() }
    : applyFault(fault, isCarriedOut(fault) ? await answer() : undefined);
  if (faulty.broken === "before") {
    options.connections.drop(remotePort);
    return new Response(null);
  }
  done(faulty.answer.status);
  return toResponse(faulty, {
    ...corsHeaders(request.headers.get("origin"), origins),
    "x-correlation-id": requestId,
  });
}

const METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY";

/** The answer to a preflight; none if the request is no preflight. It is given for any path. */
function preflight(request: Request, origins: readonly string[]): Answer | undefined {
  const origin = request.headers.get("origin");
  if (request.method !== "OPTIONS" || origin === null) return undefined;
  if (!request.headers.has("access-control-request-method")) return undefined;
  const asked = request.headers.get("access-control-request-headers");
  const headers = {
    vary:
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network",
    "access-control-allow-methods": METHODS,
    "access-control-max-age": "600",
    "access-control-allow-credentials": "true",
    "content-type": "text/plain; charset=utf-8",
    ...(asked !== null && { "access-control-allow-headers": asked }),
  };
  return origins.includes(origin)
    ? rawAnswer(200, "OK", { ...headers, "access-control-allow-origin": origin })
    : rawAnswer(400, "Disallowed CORS origin", headers);
}

/** The headers that every answer carries on account of the page that asks. */
function corsHeaders(origin: string | null, origins: readonly string[]): Record<string, string> {
  return {
    vary: "Origin",
    ...(origin !== null && origins.includes(origin) && {
      "access-control-allow-credentials": "true",
      "access-control-allow-origin": origin,
    }),
  };
}
