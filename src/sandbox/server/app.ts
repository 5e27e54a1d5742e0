import { Hono } from "hono";
import { operations } from "../../api/operations.ts";
import { type Answer, rawAnswer } from "./answer.ts";
import { bearerToken } from "../service/auth.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { delay } from "./delay.ts";
import { frameworkError } from "./errors.ts";
import { applyFault, type FaultyAnswer, isCarriedOut } from "./faults.ts";
import type { Call } from "./handler.ts";
import { handlers } from "./handlers.ts";
import { isHandshake, serveHandshake, type StreamsOptions } from "../sockets/handshake.ts";
import { logRequest } from "./log.ts";
import { toResponse } from "./response.ts";
import { fileOf, isSigned } from "../platform/results.ts";
import { makeDueJobs } from "../service/tasks.ts";
import type { World } from "../service/world.ts";

/** What the routes work with. */
export interface AppOptions extends StreamsOptions {
  /** The origins whose pages may ask. */
  readonly origins: readonly string[];
}

/** One route: what it is called, the id in its path, and what it does. */
interface Route {
  readonly target: string | undefined;
  readonly pathId: string;
  readonly remotePort: number;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/** The sandbox as its server sees it. */
export interface App {
  /** Answers a request that came from a port of this machine. */
  serve(request: Request, remotePort: number): Response | Promise<Response>;
  /** Waits until the streams that are open by now have learned that their connections have ended. */
  streamsEnded(): Promise<void>;
}

/** The routes of the sandbox: those of `operations`, the files of results, and the streams. */
export function createApp(options: AppOptions): App {
  const { world } = options;
  const app = new Hono<{ Bindings: { readonly remotePort: number } }>();
  const byKey = new Map(Object.entries(handlers));
  for (const [key, operation] of Object.entries(operations)) {
    const handle = byKey.get(key);
    if (handle === undefined) throw new Error(`Cannot serve ${operation.name}: it has no handler`);
    app.on(
      operation.method,
      operation.path.replace(/\{\w+\}/, ":id"),
      (c) =>
        serve(c.req.raw, options, {
          target: operation.name,
          pathId: c.req.param("id") ?? "",
          remotePort: c.env.remotePort,
          // The router takes HEAD for GET; the service does not.
          run: (call) =>
            c.req.raw.method === "HEAD" ? methodNotAllowed(operation.method) : handle(call, world),
        }),
    );
  }
  app.get("/sandbox/assets/:id/:name", (c) =>
    serve(c.req.raw, options, {
      target: "assets",
      pathId: c.req.param("id"),
      remotePort: c.env.remotePort,
      run: (call) => serveFile(call, world, c.req.param("name")),
    }));
  app.notFound((c) =>
    serve(c.req.raw, options, {
      target: undefined,
      pathId: "",
      remotePort: c.env.remotePort,
      run: ({ request }) => unrouted(new URL(request.url)),
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

async function serve(request: Request, options: AppOptions, route: Route): Promise<Response> {
  const { world, faults, origins, signal } = options;
  const requestId = request.headers.get("x-correlation-id") ?? options.newId();
  const done = logRequest(world.state, { request, requestId, operation: route.target });
  makeDueJobs(world);
  const fault = route.target === undefined ? undefined : faults.take(route.target);
  if (fault?.latency !== undefined) await delay(fault.latency, { signal });
  const call: Call = {
    request,
    requestId,
    origin: new URL(request.url).origin,
    pathId: route.pathId,
    token: bearerToken(request.headers.get("authorization")),
  };
  const answer = async () => preflight(request, origins) ?? await route.run(call);
  const faulty: FaultyAnswer = fault === undefined
    ? { answer: await answer() }
    : applyFault(fault, isCarriedOut(fault) ? await answer() : undefined);
  if (faulty.broken === "before") {
    options.connections.drop(route.remotePort);
    return new Response(null);
  }
  done(faulty.answer.status);
  return toResponse(faulty, {
    ...corsHeaders(request.headers.get("origin"), origins),
    "x-correlation-id": requestId,
  });
}

/** A file of a job's results. The signature in its link is all it takes, and holds for an hour. */
async function serveFile(
  { request, origin, pathId }: Call,
  world: World,
  name: string,
): Promise<Answer> {
  const now = world.clock.now();
  const query = new URL(request.url).searchParams;
  const job = world.state.platformJobs.get(pathId);
  if (!await isSigned(query, { id: pathId, name, now })) {
    return storeError(403, "AccessDenied", "Request has expired or its signature does not match");
  }
  const file = job && await fileOf(job, name, { origin, now });
  return file === undefined
    ? storeError(404, "NoSuchKey", "The specified key does not exist.")
    : { ...rawAnswer(200, file.content, { "content-type": file.type }), bare: true };
}

/** A failure as object stores word it. */
function storeError(status: number, code: string, message: string): Answer {
  const xml =
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { ...rawAnswer(status, xml, { "content-type": "application/xml" }), bare: true };
}

/** What no route takes: another method, a slash too many, or nothing that is served. */
function unrouted({ pathname, search, origin }: URL): Answer {
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

function methodNotAllowed(allow: string): Answer {
  return frameworkError(405, "Method Not Allowed", { allow });
}
