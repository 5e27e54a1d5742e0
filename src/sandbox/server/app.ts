import { Hono } from "hono";
import { operations } from "../../api/operations.ts";
import { catalogueRoutes } from "../catalogue/routes.ts";
import { fileRoutes } from "../platform/files.ts";
import { identityRoutes } from "../identity/routes.ts";
import { isHandshake, serveHandshake } from "../sockets/handshake.ts";
import { serviceRoutes } from "../service/routes.ts";
import { type Answer, rawAnswer } from "./answer.ts";
import { frameworkError, methodNotAllowed } from "./errors.ts";
import type { Call } from "./handler.ts";
import { serve, type ServeOptions } from "./serve.ts";

/** The sandbox as its server sees it. */
export interface App {
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
