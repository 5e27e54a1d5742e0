import { Hono } from "hono";
import { operations } from "../api/operations.ts";
import { type Answer, rawAnswer } from "./answer.ts";
import { bearerToken } from "./auth.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { delay } from "./delay.ts";
import { frameworkError } from "./errors.ts";
import { applyFault, type FaultBox, type FaultyAnswer, isCarriedOut } from "./faults.ts";
import type { Call } from "./handler.ts";
import { handlers } from "./handlers.ts";
import { toResponse } from "./response.ts";
import { fileOf, isSigned } from "./results.ts";
import type { SandboxRequest } from "./state.ts";
import { makeDueJobs } from "./tasks.ts";
import type { World } from "./world.ts";

/** How many requests are remembered. */
const MAX_REQUESTS = 1000;

/** What the routes work with. */
export interface AppOptions {
  /** Everything behind the routes. */
  readonly world: World;
  /** What goes wrong. */
  readonly faults: FaultBox;
  /** The origins whose pages may ask. */
  readonly origins: readonly string[];
  /** Makes up a correlation id. */
  readonly newId: () => string;
  /** Ends every wait. */
  readonly signal: AbortSignal;
  /** Drops the connection that a request came by. */
  readonly drop: (remotePort: number) => void;
}

/** One route: what it is called, the id in its path, and what it does. */
interface Route {
  readonly target: string | undefined;
  readonly pathId: string;
  readonly remotePort: number;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/** Answers a request that came from a port of this machine. */
export type App = (request: Request, remotePort: number) => Response | Promise<Response>;

/** The routes of the sandbox: those of `operations`, and the files of results. */
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
  return (request, remotePort) => app.fetch(request, { remotePort });
}

async function serve(request: Request, options: AppOptions, route: Route): Promise<Response> {
  const { world, faults, origins, signal } = options;
  const requestId = request.headers.get("x-correlation-id") ?? options.newId();
  const done = remember(world, { request, requestId, operation: route.target });
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
    options.drop(route.remotePort);
    return new Response(null);
  }
  done(faulty.answer.status);
  return toResponse(faulty, {
    ...corsHeaders(request.headers.get("origin"), origins),
    "x-correlation-id": requestId,
  });
}

/** A request whose status is still to be noted. */
type LoggedRequest = Omit<SandboxRequest, "status"> & { status: SandboxRequest["status"] };

/** Writes a request down; what comes back notes the status of its answer. */
function remember(
  { state: { requests } }: World,
  { request, requestId, operation }: {
    readonly request: Request;
    readonly requestId: string;
    readonly operation: string | undefined;
  },
): (status: number) => void {
  const { pathname, search } = new URL(request.url);
  const entry: LoggedRequest = {
    method: request.method,
    path: pathname + search.replace(/([?&]token=)[^&]*/g, "$1<token>"),
    operation,
    correlationId: requestId,
    status: undefined,
  };
  requests.push(entry);
  if (requests.length > MAX_REQUESTS) requests.shift();
  return (status) => {
    entry.status = status;
  };
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
