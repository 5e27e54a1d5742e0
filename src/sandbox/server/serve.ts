import { systemClock } from "../../core/clock.ts";
import { bearerToken } from "../service/auth.ts";
import { makeDueJobs } from "../service/tasks.ts";
import type { StreamsOptions } from "../sockets/handshake.ts";
import { type Answer, type FaultyAnswer, rawAnswer, toResponse } from "./answer.ts";
import { applyFault, isCarriedOut } from "./faults.ts";
import type { Call } from "./handler.ts";
import { logRequest } from "./log.ts";

/** What every request passes through works with. */
export interface ServeOptions extends StreamsOptions {
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
export async function serve(
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
