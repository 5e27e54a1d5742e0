import { type Answer, rawAnswer } from "./answer.ts";

const METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY";

/** The answer to a preflight; none if the request is no preflight. It is given for any path. */
export function preflight(request: Request, origins: readonly string[]): Answer | undefined {
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
export function corsHeaders(
  origin: string | null,
  origins: readonly string[],
): Record<string, string> {
  return {
    vary: "Origin",
    ...(origin !== null && origins.includes(origin) && {
      "access-control-allow-credentials": "true",
      "access-control-allow-origin": origin,
    }),
  };
}
